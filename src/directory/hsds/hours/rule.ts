import { type Weekday, weekdays } from './weekdays.js';

/** When something is open: days of the week (or "2TU": the second Tuesday of a month) and from when to when. */
export interface OpeningRule {
  freq: 'WEEKLY' | 'MONTHLY';
  /** RRULE's BYDAY: "MO,WE" when weekly, "2TU,-1FR" when monthly. Sorted, no repeats. */
  byday: string;
  /** HH:MM. */
  opensAt: string;
  /** HH:MM; not after `opensAt` means the next day. Round the clock is 00:00 to 23:59, as HSDS has it. */
  closesAt: string;
}

/** One day of a rule: its place in the month (1 to 5, -1 the last; 0 every week) and the weekday. */
export interface Day {
  ordinal: number;
  weekday: Weekday;
}

/** Opening and closing in minutes after midnight; closing is above 1440 when it is on the next day. */
export interface Span {
  opens: number;
  closes: number;
}

function clock(minutes: number): string {
  const m = minutes % 1440;
  return `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
}

const rank = (day: Day) => weekdays.indexOf(day.weekday) * 10 + (day.ordinal < 0 ? 6 : day.ordinal);

function writeByday(days: readonly Day[]): string {
  const sorted = [...days].sort((a, b) => rank(a) - rank(b));
  return [...new Set(sorted.map((d) => `${d.ordinal || ''}${d.weekday}`))].join(',');
}

export function readByday(byday: string): Day[] {
  return byday.split(',').flatMap((part) => {
    const [, ordinal, weekday] = /^(-?\d)?([A-Z]{2})$/.exec(part) ?? [];
    return weekday ? [{ ordinal: Number(ordinal ?? 0), weekday: weekday as Weekday }] : [];
  });
}

/** Days with the same hours put into one rule each, in a fixed order. Undefined when hours of one day overlap. */
export function toRules(openings: readonly { day: Day; span: Span }[]): OpeningRule[] | undefined {
  const groups = new Map<string, { days: Day[]; span: Span }>();
  const perDay = new Map<string, Span[]>();
  for (const { day, span } of openings) {
    const name = `${day.ordinal}${day.weekday}`;
    const spans = perDay.get(name) ?? [];
    if (spans.some((s) => s.opens === span.opens && s.closes === span.closes)) continue;
    if (spans.some((s) => s.opens < span.closes && span.opens < s.closes)) return undefined;
    perDay.set(name, [...spans, span]);
    const key = `${day.ordinal === 0} ${span.opens} ${span.closes}`;
    const group = groups.get(key) ?? { days: [], span };
    group.days.push(day);
    groups.set(key, group);
  }
  const first = (days: readonly Day[]) => Math.min(...days.map(rank));
  return [...groups.values()]
    .sort((a, b) => first(a.days) - first(b.days) || a.span.opens - b.span.opens || a.span.closes - b.span.closes)
    .map(({ days, span }) => ({
      freq: days.every((d) => d.ordinal === 0) ? 'WEEKLY' : 'MONTHLY',
      byday: writeByday(days),
      opensAt: clock(span.opens),
      closesAt: clock(span.closes),
    }));
}

import { type Day, WEEKDAYS, dayOf, parseDay, partsOf, weekdayOf } from './calendar-day.js';

/** The fields of an HSDS schedule that say on which days it holds. Dates are YYYY-MM-DD. */
export interface RecurrenceRow {
  freq?: string | null;
  interval?: number | null;
  byday?: string | null;
  bymonthday?: string | null;
  byweekno?: string | null;
  byyearday?: string | null;
  wkst?: string | null;
  dtstart?: string | null;
  until?: string | null;
  count?: number | null;
  validFrom?: string | null;
  validTo?: string | null;
}

/** The days of a row, or why they cannot be told. */
export type Recurrence = { occursOn: (day: Day) => boolean } | { problem: string };

/** A weekday, or the nth of its month (-1 = last). */
export interface ByDay {
  weekday: number;
  ordinal: number | null;
}

/** With a count and no nearer end, days are counted for at most twenty years. */
const COUNT_HORIZON_DAYS = 20 * 366;

/** Reads `MO,2TU,-1FR`; null when a part is not a weekday. */
export function parseByday(byday: string | null | undefined): ByDay[] | null {
  const parts = (byday ?? '')
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((part) => part !== '');
  const read = parts.map((part) => {
    const [, ordinal, name] = /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.exec(part) ?? [];
    const weekday = WEEKDAYS.findIndex((one) => one === name);
    return weekday === -1 ? null : { weekday, ordinal: ordinal ? Number(ordinal) : null };
  });
  return read.every((one) => one !== null) ? read : null;
}

/** Reads `1,15,-1`; null when a part is not a whole number within ±most, other than 0. */
export function parseNumbers(list: string | null | undefined, most: number): number[] | null {
  const parts = (list ?? '')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  return parts.every((n) => Number.isInteger(n) && n !== 0 && Math.abs(n) <= most) ? parts : null;
}

/** How often a row comes. Without `freq` its other fields tell: ordinals or month days are monthly, weekdays weekly, else each day. */
export function frequencyOf(row: RecurrenceRow): 'WEEKLY' | 'MONTHLY' | 'DAILY' {
  if (row.freq === 'WEEKLY' || row.freq === 'MONTHLY') return row.freq;
  const byday = parseByday(row.byday) ?? [];
  if (byday.some((one) => one.ordinal !== null) || row.bymonthday?.trim()) return 'MONTHLY';
  return byday.length > 0 ? 'WEEKLY' : 'DAILY';
}

/** Reads a row's recurrence as RFC 5545 does; the valid range bounds it. */
export function recurrenceOf(row: RecurrenceRow): Recurrence {
  const byday = parseByday(row.byday);
  if (!byday) return { problem: `byday "${row.byday}" is not a list such as MO,TU or 2MO` };
  const monthDays = parseNumbers(row.bymonthday, 31);
  if (!monthDays) return { problem: `bymonthday "${row.bymonthday}" is not a list such as 1,15 or -1` };
  const weeks = parseNumbers(row.byweekno, 53);
  const yearDays = parseNumbers(row.byyearday, 366);
  if (!weeks || !yearDays) return { problem: 'byweekno or byyearday is not a list of numbers' };
  const [start, end] = [parseDay(row.dtstart), parseDay(row.until)];
  const [from, to] = [parseDay(row.validFrom), parseDay(row.validTo)];
  const anchor = start ?? from;
  const every = row.interval ?? 1;
  const frequency = frequencyOf(row);
  if (every > 1 && frequency !== 'DAILY' && anchor === null) return { problem: `interval ${every} needs dtstart` };
  if (row.count && anchor === null) return { problem: 'count needs dtstart' };
  const fixed = byday.length > 0 || monthDays.length > 0 || weeks.length > 0 || yearDays.length > 0;
  if (frequency !== 'DAILY' && !fixed && start === null) {
    return { problem: `freq ${frequency} needs byday, bymonthday or dtstart` };
  }
  const onceOnly = frequency === 'DAILY' && start !== null && (from ?? to ?? end) === null;

  const matches = (day: Day): boolean => {
    if (start !== null && (day < start || (onceOnly && day > start))) return false;
    if (end !== null && day > end) return false;
    if (!fixed && start !== null && !sameByDefault(frequency, day, start)) return false;
    if (byday.length > 0 && !byday.some((one) => isByday(day, one))) return false;
    if (monthDays.length > 0 && !isMonthDay(day, monthDays)) return false;
    if (weeks.length > 0 && !weeks.includes(isoWeek(day))) return false;
    if (yearDays.length > 0 && !isYearDay(day, yearDays)) return false;
    return every === 1 || anchor === null || stepsFrom(anchor, day, frequency, row.wkst) % every === 0;
  };
  const last = row.count && anchor !== null ? lastCounted(anchor, row.count, matches) : Infinity;
  return {
    occursOn: (day) => day <= last && (from === null || day >= from) && (to === null || day <= to) && matches(day),
  };
}

function sameByDefault(frequency: 'WEEKLY' | 'MONTHLY' | 'DAILY', day: Day, start: Day): boolean {
  if (frequency === 'WEEKLY') return weekdayOf(day) === weekdayOf(start);
  return frequency === 'DAILY' || partsOf(day).dayOfMonth === partsOf(start).dayOfMonth;
}

function isByday(day: Day, { weekday, ordinal }: ByDay): boolean {
  if (weekdayOf(day) !== weekday) return false;
  if (ordinal === null) return true;
  const { dayOfMonth, length } = partsOf(day);
  return ordinal > 0 ? Math.ceil(dayOfMonth / 7) === ordinal : Math.ceil((length - dayOfMonth + 1) / 7) === -ordinal;
}

function isMonthDay(day: Day, list: number[]): boolean {
  const { dayOfMonth, length } = partsOf(day);
  return list.includes(dayOfMonth) || list.includes(dayOfMonth - length - 1);
}

function isYearDay(day: Day, list: number[]): boolean {
  const { year } = partsOf(day);
  return list.includes(day - dayOf(year, 1, 1) + 1) || list.includes(day - dayOf(year + 1, 1, 1));
}

function isoWeek(day: Day): number {
  const thursday = day - weekdayOf(day) + 3;
  return Math.floor((thursday - dayOf(partsOf(thursday).year, 1, 1)) / 7) + 1;
}

/** Weeks (from the week's first day, Monday unless wkst says otherwise) or months between two days. */
function stepsFrom(anchor: Day, day: Day, frequency: 'WEEKLY' | 'MONTHLY' | 'DAILY', wkst?: string | null): number {
  if (frequency === 'DAILY') return day - anchor;
  if (frequency === 'MONTHLY') {
    const [a, b] = [partsOf(anchor), partsOf(day)];
    return (b.year - a.year) * 12 + b.month - a.month;
  }
  const first = Math.max(
    0,
    WEEKDAYS.findIndex((one) => one === wkst),
  );
  const weekStart = (of: Day) => of - ((weekdayOf(of) - first + 7) % 7);
  return (weekStart(day) - weekStart(anchor)) / 7;
}

function lastCounted(anchor: Day, count: number, matches: (day: Day) => boolean): Day {
  let left = count;
  for (let day = anchor; day < anchor + COUNT_HORIZON_DAYS; day += 1) {
    if (matches(day)) left -= 1;
    if (left === 0) return day;
  }
  return anchor + COUNT_HORIZON_DAYS;
}

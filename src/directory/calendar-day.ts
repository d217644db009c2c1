import { DateTime } from 'luxon';

/** Weekdays as HSDS and RRULE write them; the index is 0 = Monday. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A local calendar day as the number of days since 1970-01-01: plain arithmetic, no zone. */
export type Day = number;

const DAY_MS = 86_400_000;
const MINUTES_A_DAY = 1440;

/** The day of an ISO date (YYYY-MM-DD, a time behind it is ignored), or null. */
export function parseDay(date: string | null | undefined): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date ?? '');
  if (!match) return null;
  const [, year, month, day] = match.map(Number);
  return dayOf(year ?? 0, month ?? 0, day ?? 0);
}

/** The day of a year, a month (1–12) and a day of the month. */
export const dayOf = (year: number, month: number, day: number): Day => Date.UTC(year, month - 1, day) / DAY_MS;

/** YYYY-MM-DD. */
export const isoDate = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** 0 = Monday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

/** Year, month (1–12), day of the month and the month's length. */
export function partsOf(day: Day): { year: number; month: number; dayOfMonth: number; length: number } {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return { year, month, dayOfMonth: date.getUTCDate(), length: new Date(Date.UTC(year, month, 0)).getUTCDate() };
}

/**
 * Whether a listing is open asks for the same few moments again and again, and luxon takes 30 µs for each (a page of
 * twenty results asked three hundred times): what was worked out is kept, so much of it.
 */
const KEPT_AT_MOST = 20_000;
const kept = new Map<string, number>();

function workedOut(key: string, work: () => number): number {
  const known = kept.get(key);
  if (known !== undefined) return known;
  const found = work();
  if (kept.size >= KEPT_AT_MOST) kept.clear();
  kept.set(key, found);
  return found;
}

/** The local day of an instant in an IANA zone. Days begin on the minute everywhere. */
export function dayIn(zone: string, instant: Date): Day {
  return workedOut(`${zone} ${Math.floor(instant.getTime() / 60_000)}`, () => {
    const { year, month, day } = inZone(zone, instant);
    return dayOf(year, month, day);
  });
}

/** The local day and minute of an instant, and whether the zone's offset is the same two days before and after. */
export function wallClockIn(zone: string, instant: Date): { day: Day; minute: number; steady: boolean } {
  const local = inZone(zone, instant);
  const offset = (days: number): number => local.plus({ days }).offset;
  const steady = offset(-2) === local.offset && offset(2) === local.offset;
  return { day: dayOf(local.year, local.month, local.day), minute: local.hour * 60 + local.minute, steady };
}

function inZone(zone: string, instant: Date): DateTime {
  const local = DateTime.fromJSDate(instant, { zone });
  if (!local.isValid) throw new RangeError(`"${zone}" is not a time zone, or the instant is not a date`);
  return local;
}

/**
 * The instant of a wall-clock time, in minutes after the start of a day (may pass 24:00).
 * A time that the clocks skip is the moment they skip it. Of a time that comes twice, `which` is taken.
 */
export function instantOf(zone: string, day: Day, minutes: number, which: 'first' | 'last'): Date {
  return new Date(workedOut(`${zone} ${day} ${minutes} ${which}`, () => momentOf(zone, day, minutes, which)));
}

function momentOf(zone: string, day: Day, minutes: number, which: 'first' | 'last'): number {
  const date = partsOf(day + Math.floor(minutes / MINUTES_A_DAY));
  const [hour, minute] = [Math.floor((minutes % MINUTES_A_DAY) / 60), minutes % 60];
  const wall = { year: date.year, month: date.month, day: date.dayOfMonth, hour, minute };
  const local = DateTime.fromObject(wall, { zone });
  if (!local.isValid) throw new RangeError(`"${zone}" is not a time zone`);
  if (local.hour !== hour || local.minute !== minute) return skippedAt(local).getTime();
  const twice = local.getPossibleOffsets().map((each) => each.toMillis());
  return which === 'first' ? Math.min(...twice) : Math.max(...twice);
}

/** luxon moves a skipped time forward past the gap: walk back to where the offset changed. */
function skippedAt(after: DateTime): Date {
  let at = after;
  while (at.minus({ minutes: 1 }).offset === after.offset) at = at.minus({ minutes: 1 });
  return at.startOf('minute').toJSDate();
}

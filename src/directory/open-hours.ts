import { type Day, dayIn, instantOf, isoDate, parseDay } from './calendar-day.js';
import { type RecurrenceRow, recurrenceOf } from './recurrence.js';

/** What of an HSDS schedule tells opening hours. Times are HH:MM on the wall clock; an offset behind them is ignored. */
export interface ScheduleRow extends RecurrenceRow {
  opensAt?: string | null;
  closesAt?: string | null;
}

/** One stretch of opening that begins on a local day. */
export interface OpenInterval {
  /** YYYY-MM-DD, the local day it begins on. */
  date: string;
  /** HH:MM on the wall clock; closesAt 24:00 is midnight. */
  opensAt: string;
  closesAt: string;
  /** It ends on the next day. */
  overnight: boolean;
  opens: Date;
  /** The first instant at which it is closed again. */
  closes: Date;
}

/** Minutes after the day's start; `to` may pass 1440. */
export interface Stretch {
  from: number;
  to: number;
}

const MIDNIGHT = 1440;
/** A row valid for at most this long is a special period (a holiday, a closure): it rules every day of its range. A longer
 * one is a season: it rules only the days it recurs on, so that "Saturdays in tax season" leaves the other days alone. */
const SPECIAL_PERIOD_DAYS = 31;
/** How far ahead the next opening is looked for: yearly rows are found, dead rows cost little. */
const LOOK_AHEAD_DAYS = 400;
/** A chain of touching openings longer than this never closes, for people's purposes. */
const ALWAYS_OPEN_DAYS = 14;

/** `HH:MM` (seconds and an offset may follow) in minutes, or null. */
export function minutesOf(time: string | null | undefined): number | null {
  const match = /^\s*(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?\s*$/.exec(time ?? '');
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes <= MIDNIGHT && Number(match[2]) < 60 ? minutes : null;
}

/** HSDS writes 24 hours as 00:00–23:59, so 23:59 closes at midnight; a closing at or before the opening is the next day's. */
export function stretchOf(row: ScheduleRow): Stretch | null {
  const [from, closes] = [minutesOf(row.opensAt), minutesOf(row.closesAt)];
  if (from === null || from === MIDNIGHT || closes === null) return null;
  const to = closes === MIDNIGHT - 1 ? MIDNIGHT : closes;
  return { from, to: to > from ? to : to + MIDNIGHT };
}

const isBounded = (row: ScheduleRow): boolean => parseDay(row.validFrom) !== null && parseDay(row.validTo) !== null;

/** A row for a stated period that names no opening says that it is closed then. */
const saysClosed = (row: ScheduleRow): boolean => isBounded(row) && !row.opensAt?.trim();

/** A holiday or a closure: a stated period short enough to rule every day of its range. */
export function isSpecialPeriod(row: ScheduleRow): boolean {
  const [from, to] = [parseDay(row.validFrom), parseDay(row.validTo)];
  return from !== null && to !== null && to - from + 1 <= SPECIAL_PERIOD_DAYS;
}

/** Why a row cannot be read, or null. Rows of prose alone (no times, no period) are unreadable too. */
export function rowProblem(row: ScheduleRow): string | null {
  const recurrence = recurrenceOf(row);
  if ('problem' in recurrence) return recurrence.problem;
  if (saysClosed(row) || stretchOf(row)) return null;
  return row.opensAt?.trim() ? 'opens_at and closes_at are not two times such as 09:00 and 17:00' : 'it names no times';
}

/** Whether anything can be said of opening at all; without, a place is not closed but unknown. */
export const knowsHours = (schedules: readonly ScheduleRow[]): boolean =>
  schedules.some((row) => rowProblem(row) === null && stretchOf(row) !== null);

/** A schedule as it was read. */
interface Rule {
  occursOn: (day: Day) => boolean;
  from: Day;
  to: Day;
  /** null = closed. */
  stretch: Stretch | null;
}

function rulesOf(schedules: readonly ScheduleRow[]): Rule[] {
  return schedules.flatMap((row): Rule[] => {
    const recurrence = recurrenceOf(row);
    const stretch = stretchOf(row);
    if ('problem' in recurrence || (!stretch && !saysClosed(row))) return [];
    const [from, to] = isBounded(row) ? [parseDay(row.validFrom), parseDay(row.validTo)] : [null, null];
    return [{ occursOn: recurrence.occursOn, from: from ?? -Infinity, to: to ?? Infinity, stretch }];
  });
}

const spanOf = (rule: Rule): number => rule.to - rule.from + 1;

/** The rules that decide a day: the narrowest special period around it, else a season that names it, else the usual hours. */
function rulesFor(rules: readonly Rule[], day: Day): Rule[] {
  const special = rules.filter((rule) => spanOf(rule) <= SPECIAL_PERIOD_DAYS && rule.from <= day && day <= rule.to);
  const narrowest = Math.min(...special.map(spanOf));
  if (special.length > 0) return special.filter((rule) => spanOf(rule) === narrowest && rule.occursOn(day));
  const holding = rules.filter((rule) => spanOf(rule) > SPECIAL_PERIOD_DAYS && rule.occursOn(day));
  const season = holding.filter((rule) => spanOf(rule) < Infinity);
  return season.length > 0 ? season : holding;
}

function stretchesOn(rules: readonly Rule[], day: Day): Stretch[] {
  const deciding = rulesFor(rules, day);
  if (deciding.some((rule) => !rule.stretch)) return [];
  return merged(deciding.flatMap((rule) => (rule.stretch ? [rule.stretch] : [])));
}

/** Overlapping and touching stretches in one, in order. */
export function merged(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}

/** HH:MM of minutes after a day's start; midnight at the end is 24:00. */
export function clock(minutes: number): string {
  const within = minutes > MIDNIGHT ? minutes - MIDNIGHT : minutes;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
}

/** A stretch that passes the clock change begins at the first and ends at the last of a doubled hour: an open reading is open. */
function intervalsOn(rules: readonly Rule[], zone: string, day: Day): OpenInterval[] {
  return stretchesOn(rules, day).map(({ from, to }) => ({
    date: isoDate(day),
    opensAt: clock(from),
    closesAt: clock(to),
    overnight: to > MIDNIGHT,
    opens: instantOf(zone, day, from, 'first'),
    closes: instantOf(zone, day, to, 'last'),
  }));
}

/** The openings that begin on a local date (YYYY-MM-DD) in an IANA zone; none = closed, or not known (see knowsHours). */
export function hoursOn(schedules: readonly ScheduleRow[], zone: string, localDate: string): OpenInterval[] {
  const day = parseDay(localDate);
  if (day === null) throw new RangeError(`"${localDate}" is not a date such as 2026-11-22`);
  return intervalsOn(rulesOf(schedules), zone, day);
}

/** Whether it is open at an instant; an opening of the day before may still last. */
export function isOpenAt(schedules: readonly ScheduleRow[], zone: string, instant: Date): boolean {
  return openAt(rulesOf(schedules), zone, instant) !== null;
}

/** Opening hours, read once to be asked often. */
export type ReadHours = readonly Rule[];
export const readHours: (schedules: readonly ScheduleRow[]) => ReadHours = rulesOf;

/** What the clocks of a zone show at an instant; `steady` when they are not changed within two days of it. */
export interface WallClock {
  zone: string;
  instant: Date;
  day: Day;
  minute: number;
  steady: boolean;
}

/**
 * {@link isOpenAt} for many places at one instant: while no clock is changed nearby, the wall clock alone decides, at a
 * thousandth of the cost.
 */
export function isOpenBy(hours: ReadHours, clock: WallClock): boolean {
  const { zone, instant, day, minute, steady } = clock;
  if (!steady) return openAt(hours, zone, instant) !== null;
  return (
    stretchesOn(hours, day).some(({ from, to }) => from <= minute && minute < to) ||
    stretchesOn(hours, day - 1).some(({ to }) => minute + MIDNIGHT < to)
  );
}

/** The closing instant of the openings that hold an instant, the latest of them. */
function openAt(rules: readonly Rule[], zone: string, instant: Date): Date | null {
  const today = dayIn(zone, instant);
  const holding = [today - 1, today]
    .flatMap((day) => intervalsOn(rules, zone, day))
    .filter(({ opens, closes }) => opens <= instant && instant < closes)
    .map(({ closes }) => closes.getTime());
  return holding.length > 0 ? new Date(Math.max(...holding)) : null;
}

/** When the opening that holds now ends; null when closed, or when it never ends (24 hours, every day). */
export function openUntil(schedules: readonly ScheduleRow[], zone: string, instant: Date): Date | null {
  const rules = rulesOf(schedules);
  const limit = instant.getTime() + ALWAYS_OPEN_DAYS * 86_400_000;
  let end = openAt(rules, zone, instant);
  while (end && end.getTime() <= limit) {
    const later = openAt(rules, zone, end);
    if (!later) return end;
    end = later;
  }
  return null;
}

/** The next instant after this one at which it turns from closed to open; null when there is none within 400 days. */
export function nextOpening(schedules: readonly ScheduleRow[], zone: string, instant: Date): Date | null {
  const rules = rulesOf(schedules);
  if (rules.length === 0) return null;
  const today = dayIn(zone, instant);
  for (let day = today; day <= today + LOOK_AHEAD_DAYS; day += 1) {
    const next = intervalsOn(rules, zone, day)
      .filter(({ opens }) => opens > instant && !openAt(rules, zone, new Date(opens.getTime() - 1)))
      .at(0);
    if (next) return next.opens;
  }
  return null;
}

/** Open or closed now, or not known, and until when. */
export interface OpenNow {
  state: 'OPEN' | 'CLOSED' | 'UNKNOWN';
  /** Of an open place; null when it never closes. */
  closesAt: Date | null;
  /** Of a closed place: when it opens next; null when that is not known. */
  opensAt: Date | null;
  today: OpenInterval[];
}

/** What to show beside a place at an instant. */
export function openNow(schedules: readonly ScheduleRow[], zone: string, instant: Date): OpenNow {
  if (!knowsHours(schedules)) return { state: 'UNKNOWN', closesAt: null, opensAt: null, today: [] };
  const today = hoursOn(schedules, zone, isoDate(dayIn(zone, instant)));
  return isOpenAt(schedules, zone, instant)
    ? { state: 'OPEN', closesAt: openUntil(schedules, zone, instant), opensAt: null, today }
    : { state: 'CLOSED', closesAt: null, opensAt: nextOpening(schedules, zone, instant), today };
}

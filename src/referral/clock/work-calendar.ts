import { dayIn, instantOf, isoDate, weekdayOf, type Day } from '../../directory/index.js';
import { isFederalHoliday } from './federal-holidays.js';

/** A stretch of work that begins on a weekday: 0 is Monday, minutes after midnight; `to` may pass 1440. */
export interface WorkStretch {
  day: number;
  from: number;
  to: number;
}

/** When an agency works. */
export interface WorkingTimes {
  /** IANA. */
  zone: string;
  week: readonly WorkStretch[];
  federalHolidays: boolean;
  /** Local days (YYYY-MM-DD) on which no work begins. */
  closedOn: readonly string[];
}

/** Monday to Friday, 9 to 5: what holds until an agency says more. */
export const USUAL_WEEK: readonly WorkStretch[] = [0, 1, 2, 3, 4].map((day) => ({ day, from: 540, to: 1020 }));

/** Two instants in milliseconds. */
interface Span {
  from: number;
  to: number;
}

export const HOUR_MS = 3_600_000;
/** Who is closed for longer than this has no working time to count in. */
const LOOK_AHEAD_DAYS = 800;
const QUARTER_MS = HOUR_MS / 4;
const MOST_QUARTERS = 20_000;
/** Less than this left of the day is too little to answer on the same day. */
const ENOUGH_OF_A_DAY_MS = 2 * HOUR_MS;

/** Working time of one agency, as stretches of real time; each local day is worked out once. */
export class WorkCalendar {
  readonly #days = new Map<Day, readonly Span[]>();
  /** Local days by quarter of an hour: no zone is off by less, and asking for one is the dearest part of a clock. */
  readonly #today = new Map<number, Day>();
  readonly #closed: ReadonlySet<string>;

  constructor(readonly times: WorkingTimes) {
    this.#closed = new Set(times.closedOn);
  }

  /** The stretches that begin on a local day, in order. A stretch that the clocks skip is none. */
  #spansOf(day: Day): readonly Span[] {
    let spans = this.#days.get(day);
    if (!spans) {
      spans = this.#isClosed(day) ? [] : this.#open(day);
      this.#days.set(day, spans);
    }
    return spans;
  }

  #isClosed(day: Day): boolean {
    return this.#closed.has(isoDate(day)) || (this.times.federalHolidays && isFederalHoliday(day));
  }

  #open(day: Day): Span[] {
    const { zone, week } = this.times;
    const at = (minutes: number): number => instantOf(zone, day, minutes, 'first').getTime();
    const spans = week
      .filter((stretch) => stretch.day === weekdayOf(day))
      .map(({ from, to }) => ({ from: at(from), to: at(to) }));
    return spans.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
  }

  #dayIn(instant: number): Day {
    const quarter = Math.floor(instant / QUARTER_MS);
    let day = this.#today.get(quarter);
    if (day === undefined) {
      if (this.#today.size >= MOST_QUARTERS) this.#today.clear();
      day = dayIn(this.times.zone, new Date(instant));
      this.#today.set(quarter, day);
    }
    return day;
  }

  /** The first working day that has not ended at an instant; one that began the evening before counts. */
  #dayAt(instant: number): Day {
    const today = this.#dayIn(instant);
    for (let day = today - 1; day < today + LOOK_AHEAD_DAYS; day += 1) if (this.#endOf(day) > instant) return day;
    return today + LOOK_AHEAD_DAYS;
  }

  /** The working day after, or the farthest that is looked for. */
  #after(day: Day): Day {
    for (let next = day + 1; next < day + LOOK_AHEAD_DAYS; next += 1) if (this.#spansOf(next).length > 0) return next;
    return day + LOOK_AHEAD_DAYS;
  }

  #endOf(day: Day): number {
    return this.#spansOf(day).at(-1)?.to ?? -Infinity;
  }

  /** The end of a working day; of one that is too far away the evening itself, so that every clock ends. */
  #close(day: Day): Date {
    const end = this.#endOf(day);
    return end === -Infinity ? instantOf(this.times.zone, day, 1020, 'first') : new Date(end);
  }

  /** Stretches from an instant on; the first is cut where the instant lies in it. */
  *#from(instant: number): Generator<Span> {
    const first = this.#dayAt(instant);
    for (let day = first; day < first + LOOK_AHEAD_DAYS; day += 1) {
      for (const { from, to } of this.#spansOf(day)) if (to > instant) yield { from: Math.max(from, instant), to };
    }
  }

  /** The instant at which so much working time has passed. */
  add(start: Date, ms: number): Date {
    let left = ms;
    for (const { from, to } of this.#from(start.getTime())) {
      if (left <= to - from) return new Date(from + left);
      left -= to - from;
    }
    return new Date(start.getTime() + LOOK_AHEAD_DAYS * 24 * HOUR_MS + left);
  }

  /**
   * For whoever waits between two instants: the moment from which on nobody works for longer than so long, the first one
   * before `end`; null when there is none.
   */
  closesFor(longest: number, start: Date, end: Date): Date | null {
    let last = start.getTime();
    for (const { from, to } of this.#from(last)) {
      if (from - last > longest) return new Date(last);
      if (to >= end.getTime()) return null;
      last = to;
    }
    return last < end.getTime() ? new Date(last) : null;
  }

  /** How much working time lies between two instants. */
  between(start: Date, end: Date): number {
    const until = end.getTime();
    let sum = 0;
    for (const { from, to } of this.#from(start.getTime())) {
      if (from >= until) break;
      sum += Math.min(to, until) - from;
    }
    return sum;
  }

  /**
   * The end of the working day that is `days` working days after this one. What arrives outside working time counts
   * from the next working day; for the same day (0) enough of it must be left, else it is the next.
   */
  endOfWorkingDay(start: Date, days: number): Date {
    let day = this.#dayAt(start.getTime());
    let left = days;
    if (left === 0 && this.#leftOf(day, start) < Math.min(ENOUGH_OF_A_DAY_MS, this.#lengthOf(day))) left = 1;
    for (; left > 0; left -= 1) day = this.#after(day);
    return this.#close(day);
  }

  /** The end of the first working day at or after `days` days of the calendar. */
  endOfCalendarDay(start: Date, days: number): Date {
    const today = this.#dayIn(start.getTime());
    const day = this.#spansOf(today + days).length > 0 ? today + days : this.#after(today + days);
    // Of work that began on the evening before, the next working day.
    return this.#endOf(day) > start.getTime() ? this.#close(day) : this.#close(this.#after(day));
  }

  /** Whether somebody works at an instant; the moment of closing still counts. */
  works(instant: Date): boolean {
    const at = instant.getTime();
    const today = this.#dayIn(at);
    return [today - 1, today].some((day) => this.#spansOf(day).some(({ from, to }) => from <= at && at <= to));
  }

  #leftOf(day: Day, start: Date): number {
    const at = start.getTime();
    return this.#spansOf(day).reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, at)), 0);
  }

  #lengthOf(day: Day): number {
    return this.#spansOf(day).reduce((sum, { from, to }) => sum + to - from, 0);
  }
}

const calendars = new Map<string, WorkCalendar>();
const MOST_KEPT = 500;

/** The calendar of these times; asked for again, the same one, with the days it has worked out. */
export function calendarOf(times: WorkingTimes): WorkCalendar {
  const key = JSON.stringify(times);
  const known = calendars.get(key);
  if (known) return known;
  const calendar = new WorkCalendar(times);
  const [oldest] = calendars.keys();
  if (calendars.size >= MOST_KEPT && oldest !== undefined) calendars.delete(oldest);
  calendars.set(key, calendar);
  return calendar;
}

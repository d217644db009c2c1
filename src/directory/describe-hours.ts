import { WEEKDAYS, type Weekday, parseDay } from './calendar-day.js';
import { type ScheduleRow, type Stretch, clock, isSpecialPeriod, merged, rowProblem, stretchOf } from './open-hours.js';
import { frequencyOf, parseByday, parseNumbers } from './recurrence.js';

/** Opening and closing on the wall clock, HH:MM; closesAt 24:00 is midnight. */
export interface Hours {
  opensAt: string;
  closesAt: string;
  /** From midnight to midnight. */
  allDay: boolean;
  /** It closes on the next day. */
  overnight: boolean;
}

/** Days of the week with the same hours, and the runs to show them by: Monday–Friday is one run. */
export interface WeekPart {
  days: Weekday[];
  runs: { from: Weekday; to: Weekday }[];
  hours: Hours[];
}

/** Hours that do not come every week: of each nth week or month, by ordinals (2nd Monday, -1 = last) or days of the month. */
export interface IrregularPart {
  every: { count: number; unit: 'WEEK' | 'MONTH' };
  days: { day: Weekday; ordinal: number | null }[];
  monthDays: number[];
  hours: Hours[];
}

/** Hours of a stated period; no hours = closed. */
export interface PeriodPart {
  from: string;
  to: string;
  days: Weekday[];
  hours: Hours[];
}

/** Opening hours in parts, for a client to put into words. */
export interface DescribedHours {
  week: WeekPart[];
  irregular: IrregularPart[];
  periods: PeriodPart[];
  /** Prose of rows that name no times. */
  notes: string[];
}

/** A described row may carry prose. */
export interface DescribedRow extends ScheduleRow {
  description?: string | null;
  notes?: string | null;
}

/** Describes the schedules as they stand on a local date (YYYY-MM-DD): the usual week, what is irregular, and periods not yet over. */
export function describeHours(schedules: readonly DescribedRow[], on: string): DescribedHours {
  const today = parseDay(on) ?? 0;
  const current = schedules.filter((row) => {
    const ends = Math.min(parseDay(row.validTo) ?? Infinity, parseDay(row.until) ?? Infinity);
    return ends >= today;
  });
  const readable = current.filter((row) => rowProblem(row) === null);
  const holds = (row: ScheduleRow) => (parseDay(row.validFrom) ?? -Infinity) <= today;
  const isSeasonNow = (row: ScheduleRow) => !isSpecialPeriod(row) && holds(row) && stretchOf(row) !== null;
  const isPeriod = (row: ScheduleRow) =>
    parseDay(row.validFrom) !== null && parseDay(row.validTo) !== null && !isSeasonNow(row);
  const usual = readable.filter((row) => !isPeriod(row) && holds(row));
  return {
    week: weekOf(usual.filter(isWeekly)),
    irregular: usual.filter((row) => !isWeekly(row)).map(irregularOf),
    periods: readable
      .filter(isPeriod)
      .map(periodOf)
      .sort((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to)),
    notes: current
      .filter((row) => rowProblem(row) !== null)
      .flatMap((row) => [row.description, row.notes])
      .flatMap((text) => (text?.trim() ? [text.trim()] : [])),
  };
}

function isWeekly(row: ScheduleRow): boolean {
  return (
    frequencyOf(row) !== 'MONTHLY' && (row.interval ?? 1) === 1 && daysOf(row).every((day) => day.ordinal === null)
  );
}

const daysOf = (row: ScheduleRow) => parseByday(row.byday) ?? [];

function weekOf(rows: readonly ScheduleRow[]): WeekPart[] {
  const groups = new Map<string, { weekdays: number[]; stretches: Stretch[] }>();
  WEEKDAYS.forEach((_, weekday) => {
    const holding = rows.filter((row) => isOn(row, weekday));
    const stretches = merged(holding.flatMap((row) => stretchOf(row) ?? []));
    if (stretches.length === 0) return;
    const key = JSON.stringify(stretches);
    const group = groups.get(key) ?? { weekdays: [], stretches };
    group.weekdays.push(weekday);
    groups.set(key, group);
  });
  return [...groups.values()].map(({ weekdays, stretches }) => ({
    days: weekdays.map(nameOf),
    runs: runsOf(weekdays),
    hours: stretches.map(hoursOf),
  }));
}

function isOn(row: ScheduleRow, weekday: number): boolean {
  const days = daysOf(row);
  if (days.length > 0) return days.some((day) => day.weekday === weekday);
  const start = parseDay(row.dtstart);
  return frequencyOf(row) === 'DAILY' || (start !== null && (((start + 3) % 7) + 7) % 7 === weekday);
}

function nameOf(weekday: number): Weekday {
  return WEEKDAYS[weekday] ?? 'MO';
}

function runsOf(weekdays: readonly number[]): WeekPart['runs'] {
  const runs: number[][] = [];
  for (const weekday of weekdays) {
    const run = runs.at(-1);
    if (run && run.at(-1) === weekday - 1) run.push(weekday);
    else runs.push([weekday]);
  }
  return runs.map((run) => ({ from: nameOf(run[0] ?? 0), to: nameOf(run.at(-1) ?? 0) }));
}

function hoursOf({ from, to }: Stretch): Hours {
  return { opensAt: clock(from), closesAt: clock(to), allDay: from === 0 && to === 1440, overnight: to > 1440 };
}

const rowHours = (row: ScheduleRow): Hours[] => {
  const stretch = stretchOf(row);
  return stretch ? [hoursOf(stretch)] : [];
};

function irregularOf(row: ScheduleRow): IrregularPart {
  const unit = frequencyOf(row) === 'MONTHLY' || daysOf(row).some((day) => day.ordinal !== null) ? 'MONTH' : 'WEEK';
  return {
    every: { count: row.interval ?? 1, unit },
    days: daysOf(row).map(({ weekday, ordinal }) => ({ day: nameOf(weekday), ordinal })),
    monthDays: parseNumbers(row.bymonthday, 31) ?? [],
    hours: rowHours(row),
  };
}

function periodOf(row: ScheduleRow): PeriodPart {
  return {
    from: row.validFrom?.slice(0, 10) ?? '',
    to: row.validTo?.slice(0, 10) ?? '',
    days: daysOf(row).map(({ weekday }) => nameOf(weekday)),
    hours: rowHours(row),
  };
}

import { dayNumber, weekdayOf, type Day } from '../../directory/index.js';

const MONDAY = 0;
const THURSDAY = 3;
const SATURDAY = 5;
const SUNDAY = 6;

/** The nth weekday of a month, such as the third Monday of January. */
function nth(year: number, month: number, weekday: number, n: number): Day {
  const first = dayNumber(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7;
}

function lastMonday(year: number, month: number): Day {
  const last = dayNumber(year, month + 1, 1) - 1;
  return last - ((weekdayOf(last) - MONDAY + 7) % 7);
}

/** A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after (5 U.S.C. 6103). */
function observed(day: Day): Day {
  if (weekdayOf(day) === SATURDAY) return day - 1;
  return weekdayOf(day) === SUNDAY ? day + 1 : day;
}

/** The eleven federal holidays of the United States in a year, each on its day and on the day it is kept. */
function holidaysOf(year: number): Day[] {
  const fixed = [
    dayNumber(year, 1, 1),
    dayNumber(year, 6, 19),
    dayNumber(year, 7, 4),
    dayNumber(year, 11, 11),
    dayNumber(year, 12, 25),
  ];
  return [
    ...fixed,
    ...fixed.map(observed),
    // New Year's Day of the next year may be kept on the last day of this one.
    observed(dayNumber(year + 1, 1, 1)),
    nth(year, 1, MONDAY, 3),
    nth(year, 2, MONDAY, 3),
    lastMonday(year, 5),
    nth(year, 9, MONDAY, 1),
    nth(year, 10, MONDAY, 2),
    nth(year, 11, THURSDAY, 4),
  ];
}

const known = new Map<number, ReadonlySet<Day>>();

/** Whether a local day is a federal holiday, or the weekday on which one is kept. */
export function isFederalHoliday(day: Day): boolean {
  const year = new Date(day * 86_400_000).getUTCFullYear();
  const days = known.get(year) ?? new Set(holidaysOf(year));
  known.set(year, days);
  return days.has(day);
}

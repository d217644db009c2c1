import { stretchOf, WEEKDAYS, type Weekday } from '../../directory/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { WorkHours } from './answering-times.types.js';
import type { WorkStretch } from './work-calendar.js';

const DAY = 1440;
const WEEK = 7 * DAY;
/** Less work than this in a week leaves no time to count in. */
const LEAST_MINUTES = 120;
const MOST_STRETCHES = 42;

/** Hours as people give them, as stretches of a week; refused when they cannot be read or overlap. */
export function weekOf(hours: readonly WorkHours[]): WorkStretch[] {
  const week = hours.flatMap(({ days, opensAt, closesAt }) => {
    const stretch = stretchOf({ opensAt, closesAt });
    if (!stretch) return refuse('HOURS_UNREADABLE', 'Give hours as two times, such as 09:00 and 17:00.', 'hours');
    return [...new Set(days)].map((day) => ({ day: WEEKDAYS.indexOf(day), ...stretch }));
  });
  const sorted = week.sort((a, b) => a.day - b.day || a.from - b.from);
  if (sorted.length > MOST_STRETCHES || overlaps(sorted)) {
    refuse('HOURS_OVERLAP', 'These hours overlap. Give each time of the week once.', 'hours');
  }
  if (sorted.reduce((sum, { from, to }) => sum + to - from, 0) < LEAST_MINUTES) {
    refuse('HOURS_TOO_FEW', 'Give at least two hours a week in which somebody can answer.', 'hours');
  }
  return sorted;
}

/** Whether one begins before another has ended, Sunday night into Monday included. */
function overlaps(week: readonly WorkStretch[]): boolean {
  return week.some(({ day, to }, index) => {
    const next = week[(index + 1) % week.length];
    const begins = next ? next.day * DAY + next.from + (index + 1 === week.length ? WEEK : 0) : Infinity;
    return day * DAY + to > begins;
  });
}

const timeOf = (minutes: number): string => {
  const within = minutes % DAY;
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`;
};

/** The stretches of a week as people read them, days with the same hours together. */
export function hoursOf(week: readonly WorkStretch[]): WorkHours[] {
  const lines = new Map<string, WorkHours>();
  for (const { day, from, to } of week) {
    const line = lines.get(`${from}-${to}`) ?? { days: [], opensAt: timeOf(from), closesAt: timeOf(to) };
    const weekday: Weekday | undefined = WEEKDAYS[day];
    if (weekday) line.days.push(weekday);
    lines.set(`${from}-${to}`, line);
  }
  return [...lines.values()];
}

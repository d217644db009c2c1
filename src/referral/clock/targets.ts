import type { Priority } from '../referral.enums.js';
import type { WorkCalendar } from './work-calendar.js';
import { HOUR_MS } from './work-calendar.js';

/** What an agency is given time for: to open a referral, to answer it, to reach the person, to say what came of it. */
export const CLOCKS = ['SEE', 'ANSWER', 'CONTACT', 'OUTCOME'] as const;
export type Clock = (typeof CLOCKS)[number];

export const CLOCK_UNITS = ['WORKING_HOURS', 'WORKING_DAYS', 'DAYS'] as const;
export type ClockUnit = (typeof CLOCK_UNITS)[number];

/** So much time; 0 working days is the same working day. */
export interface Target {
  amount: number;
  unit: ClockUnit;
}
export type Targets = Record<Priority, Record<Clock, Target>>;

/** What holds until an agency sets its own: contact and outcome count from the moment it accepts. */
export const USUAL_TARGETS: Targets = {
  URGENT: {
    SEE: { amount: 2, unit: 'WORKING_HOURS' },
    ANSWER: { amount: 0, unit: 'WORKING_DAYS' },
    CONTACT: { amount: 1, unit: 'WORKING_DAYS' },
    OUTCOME: { amount: 14, unit: 'DAYS' },
  },
  ROUTINE: {
    SEE: { amount: 1, unit: 'WORKING_DAYS' },
    ANSWER: { amount: 2, unit: 'WORKING_DAYS' },
    CONTACT: { amount: 3, unit: 'WORKING_DAYS' },
    OUTCOME: { amount: 14, unit: 'DAYS' },
  },
};

/** The longest an agency may take, by unit: what is asked of it stays worth asking. */
export const LONGEST: Record<Clock, Record<ClockUnit, number>> = {
  SEE: { WORKING_HOURS: 24, WORKING_DAYS: 3, DAYS: 5 },
  ANSWER: { WORKING_HOURS: 80, WORKING_DAYS: 10, DAYS: 14 },
  CONTACT: { WORKING_HOURS: 80, WORKING_DAYS: 10, DAYS: 14 },
  OUTCOME: { WORKING_HOURS: 200, WORKING_DAYS: 65, DAYS: 92 },
};

/** When a clock that starts now runs out. */
export function dueAt(calendar: WorkCalendar, start: Date, { amount, unit }: Target): Date {
  if (unit === 'WORKING_HOURS') return calendar.add(start, amount * HOUR_MS);
  return unit === 'WORKING_DAYS' ? calendar.endOfWorkingDay(start, amount) : calendar.endOfCalendarDay(start, amount);
}

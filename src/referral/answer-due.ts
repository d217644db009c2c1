import { DateTime } from 'luxon';
import type { Priority, Status } from './referral.enums.js';

/** The working day that a clock counts in, until agencies set their own hours: Monday to Friday, 9 to 17. */
const OPENS = 9;
const CLOSES = 17;
/** An urgent referral that comes in after this hour is answered on the next working day. */
const SAME_DAY_UNTIL = 15;
const ROUTINE_DAYS = 2;

const isWorkday = (day: DateTime): boolean => day.weekday <= 5;

function nextWorkday(day: DateTime): DateTime {
  let next: DateTime = day.plus({ days: 1 });
  while (!isWorkday(next)) next = next.plus({ days: 1 });
  return next;
}

/**
 * When an answer is due, in the agency's zone: urgent by the close of the same working day, routine after two working
 * days. What arrives outside working time counts from the next working morning.
 */
export function answerDueAt(sentAt: Date, timeZone: string, priority: Priority): Date {
  let day: DateTime = DateTime.fromJSDate(sentAt, { zone: timeZone });
  const cutoff = priority === 'URGENT' ? SAME_DAY_UNTIL : CLOSES;
  if (!isWorkday(day) || day.hour >= cutoff) day = nextWorkday(day).set({ hour: OPENS });
  if (priority === 'ROUTINE') for (let i = 0; i < ROUTINE_DAYS; i += 1) day = nextWorkday(day);
  return day.set({ hour: CLOSES, minute: 0, second: 0, millisecond: 0 }).toJSDate();
}

/** Whether an answer is late: it was due before now and nobody has answered. */
export function isLate({ status, answerDueAt }: { status: Status; answerDueAt?: Date | null }, now: Date): boolean {
  return status === 'REQUESTED' && answerDueAt instanceof Date && answerDueAt < now;
}

import { dueAt, USUAL_TARGETS } from './clock/targets.js';
import { calendarOf, USUAL_WEEK } from './clock/work-calendar.js';
import type { Priority, Status } from './referral.enums.js';

/** When an answer is due to an agency that has said nothing of its own: Monday to Friday, 9 to 5, federal holidays. */
export function answerDueAt(sentAt: Date, timeZone: string, priority: Priority): Date {
  const calendar = calendarOf({ zone: timeZone, week: USUAL_WEEK, federalHolidays: true, closedOn: [] });
  return dueAt(calendar, sentAt, USUAL_TARGETS[priority].ANSWER);
}

interface Waiting {
  status: Status;
  answerDueAt?: Date | null;
  clockPausedAt?: Date | null;
}

/** Whether an answer is late: it was due before now, nobody has answered, and nobody waits for the sender. */
export function isLate({ status, answerDueAt, clockPausedAt }: Waiting, now: Date): boolean {
  return status === 'REQUESTED' && answerDueAt instanceof Date && answerDueAt < now && !clockPausedAt;
}

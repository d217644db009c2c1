import type { EntityManager } from '@mikro-orm/postgresql';
import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { isTerminal } from '../machine.js';
import type { Referral } from '../referral.entity.js';
import type { Priority, Status } from '../referral.enums.js';
import { firstLook } from './plan.js';
import { dueAt } from './targets.js';
import { clockOfService, clocksOfServices, type AnsweringClock } from './times-of-service.js';
import { HOUR_MS } from './work-calendar.js';

/** Who waited for somebody else has at least this much working time left when it is their turn again. */
const LEAST_LEFT_MS = 4 * HOUR_MS;

type Clocks = Pick<
  Referral,
  'seeDueAt' | 'answerDueAt' | 'contactDueAt' | 'outcomeDueAt' | 'clockPausedAt' | 'nextClockAt' | 'stalledAt'
>;

/** When a referral that is sent now is to be seen and answered. */
export function firstClocks({ calendar, targets }: AnsweringClock, now: Date, priority: Priority) {
  const answer = dueAt(calendar, now, targets[priority].ANSWER);
  const see = dueAt(calendar, now, targets[priority].SEE);
  const seeDueAt = see < answer ? see : answer;
  return { seeDueAt, answerDueAt: answer, nextClockAt: firstLook(seeDueAt, now, priority) };
}

/** A due time after a pause: what was left of it when the pause began, of working time, from now on. */
export function resumed({ calendar }: AnsweringClock, due: Date, pausedAt: Date, now: Date): Date {
  return calendar.add(now, Math.max(LEAST_LEFT_MS, calendar.between(pausedAt, due)));
}

/** What a step does to the clocks: accepting starts two, a pause stops them, an end ends them. */
export function clocksAfter(
  clock: AnsweringClock,
  referral: Pick<Referral, 'priority' | 'answerDueAt' | 'contactDueAt' | 'outcomeDueAt' | 'clockPausedAt'>,
  to: Status,
  now: Date,
): Partial<Clocks> {
  if (isTerminal(to)) return { clockPausedAt: null, nextClockAt: null, stalledAt: null };
  if (to === 'ON_HOLD') return { clockPausedAt: now, nextClockAt: null, stalledAt: null };
  if (to === 'ACCEPTED') {
    const { CONTACT, OUTCOME } = clock.targets[referral.priority];
    const contactDueAt = dueAt(clock.calendar, now, CONTACT);
    const started = { contactDueAt, outcomeDueAt: dueAt(clock.calendar, now, OUTCOME) };
    const nextClockAt = firstLook(contactDueAt, now, referral.priority);
    return { ...started, clockPausedAt: null, nextClockAt, stalledAt: null };
  }
  const { clockPausedAt, contactDueAt, outcomeDueAt } = referral;
  if (to !== 'IN_PROGRESS' || !clockPausedAt) return { nextClockAt: now, stalledAt: null };
  const after = (due: Date | null | undefined) => due && resumed(clock, due, clockPausedAt, now);
  return {
    contactDueAt: after(contactDueAt),
    outcomeDueAt: after(outcomeDueAt),
    clockPausedAt: null,
    nextClockAt: now,
    stalledAt: null,
  };
}

/** Sets the clocks of a referral that moves to a status; they are written with it. */
export async function keepClocks(ctx: HubContext, referral: Referral, to: Status, now: Date): Promise<void> {
  const clock = (await clockOfService(ctx, referral.serviceId)) ?? fail.notFound('Service');
  Object.assign(referral, clocksAfter(clock, referral, to, now));
}

/** The agency waits for the sender: until the sender has given what was asked for, nothing is due. */
export function pauseClocks(referral: Referral, now: Date): void {
  if (isTerminal(referral.status) || referral.clockPausedAt) return;
  Object.assign(referral, { clockPausedAt: now, nextClockAt: null, stalledAt: null });
}

/** The sender gave what was asked for: the agency has what was left of its time. */
export async function resumeClocks(em: EntityManager, referral: Referral, now: Date): Promise<void> {
  const { status, clockPausedAt, answerDueAt, contactDueAt, outcomeDueAt } = referral;
  if (!clockPausedAt || status === 'ON_HOLD' || isTerminal(status)) return;
  const clock = (await clocksOfServices(em, [referral.serviceId])).get(referral.serviceId) ?? fail.notFound('Service');
  const after = (due: Date | null | undefined) => due && resumed(clock, due, clockPausedAt, now);
  if (status === 'REQUESTED') referral.answerDueAt = after(answerDueAt);
  else Object.assign(referral, { contactDueAt: after(contactDueAt), outcomeDueAt: after(outcomeDueAt) });
  Object.assign(referral, { clockPausedAt: null, nextClockAt: now });
}

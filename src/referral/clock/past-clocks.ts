import type { Priority, Status } from '../referral.enums.js';
import { clocksAfter, firstClocks } from './keep-clocks.js';
import { ESCALATIONS, FOR_THE_SENDER, nextStep, REMINDERS, type ClockFacts, type ClockStep } from './plan.js';
import type { AnsweringClock } from './times-of-service.js';

/** A referral that was sent before there were clocks, or before this hub: how it went, and who saw it when. */
export interface Past {
  priority: Priority;
  /** From REQUESTED on, in order. */
  steps: readonly { to: Status; at: Date }[];
  seenAt: Date | null;
  /** When the person was first reached. */
  contactAt: Date | null;
}

/** The clocks of a referral as they stand now, and what they did until now, as if the tick had always run. */
export function pastClocks(clock: AnsweringClock, past: Past, now: Date) {
  const { priority, seenAt, contactAt } = past;
  const [sent, ...later] = past.steps;
  if (!sent) throw new Error('A referral was sent');
  const taken: Partial<Record<ClockStep, Date>> = {};
  const first = firstClocks(clock, sent.at, priority);
  let standing = { ...first, contactDueAt: null as Date | null, outcomeDueAt: null as Date | null, clockPausedAt: null as Date | null }; // prettier-ignore
  let stalledAt = null as Date | null;
  let nextClockAt = null as Date | null;
  const run = (status: Status, from: Date, until: Date): void => {
    const facts: ClockFacts = {
      ...standing,
      runsFrom: from,
      status,
      priority,
      sentAt: sent.at,
      seenAt: seenAt && seenAt <= first.seeDueAt ? seenAt : null,
      contactAt,
      pausedAt: standing.clockPausedAt,
      taken,
    };
    let next = nextStep(facts, clock.calendar, from);
    for (; next && next.at <= until; next = nextStep(facts, clock.calendar, next.at)) {
      taken[next.step] = next.at;
      if (FOR_THE_SENDER.includes(next.step)) stalledAt ??= next.at;
    }
    nextClockAt = next?.at ?? null;
  };
  for (const [index, { to, at }] of past.steps.entries()) {
    if (index > 0) {
      const { stalledAt: _stalled, nextClockAt: _next, ...changed } = clocksAfter(clock, { priority, ...standing }, to, at); // prettier-ignore
      standing = { ...standing, ...(changed as Partial<typeof standing>) };
      stalledAt = null;
    }
    run(to, at, later[index]?.at ?? now);
  }
  const last = (steps: readonly ClockStep[]): Date | null =>
    steps.reduce<Date | null>((latest, step) => {
      const at = taken[step];
      return at && (!latest || at > latest) ? at : latest;
    }, null);
  return { ...standing, nextClockAt, stalledAt, remindedAt: last(REMINDERS), escalatedAt: last(ESCALATIONS), taken };
}

import type { Actor } from './actors.js';
import type { TestHub } from './hub.js';
import { pair, send, take, type Pair } from './referral-factories.js';

const why = { reasonCode: 'OTHER', reason: 'x' };

/** A Monday morning in New York. */
export const MONDAY = '2026-11-16T15:00:00Z';

/** One referral in every state that a queue tells apart, by name; the clock ends on Thursday morning. */
export async function everyState(hub: TestHub, between: Pair) {
  const { agency, sender } = between;
  const made = async (steps: [Actor, string, object?][], given: object = {}) => {
    const id = await send(await pair(hub, between), { ...given });
    for (const [actor, mutation, input] of steps) {
      const { refused } = await take(actor, mutation, id, { ...input });
      if (refused.length > 0) throw new Error(refused.join());
    }
    hub.clock.advance({ minutes: 1 });
    return id;
  };
  hub.clock.set(MONDAY);
  const accept: [Actor, string] = [agency, 'acceptReferral'];
  const complete: [Actor, string, object] = [agency, 'completeReferral', { outcome: 'HELP_RECEIVED' }];
  const states = {
    late: await made([]),
    accepted: await made([accept]),
    started: await made([accept, [agency, 'startReferral']]),
    held: await made([accept, [agency, 'holdReferral', why]]),
    completed: await made([accept, complete]),
    confirmed: await made([
      accept,
      complete,
      [sender, 'confirmReferralOutcome', { confirmation: 'HELPED', needMet: true }],
    ]),
    declined: await made([[agency, 'declineReferral', why]]),
    failed: await made([accept, [agency, 'failReferral', why]]),
    cancelled: await made([[sender, 'cancelReferral', why]]),
    mistaken: await made([[sender, 'withdrawReferralInError', { reason: 'x' }]]),
    urgentLate: await made([], { priority: 'URGENT' }),
  };
  hub.clock.set('2026-11-19T14:00:00Z');
  const fresh = { new: await made([]) };
  await hub.runJobs();
  return { ...states, ...fresh };
}

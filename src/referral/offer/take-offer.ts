import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { Referral } from '../referral.entity.js';

/**
 * The first agency that accepts takes the offer. Of two at the same moment the second one waits here for the first, and
 * then learns no more than that somebody was faster; its own referral is withdrawn by the job that follows.
 */
export async function takeOffer(ctx: HubContext, referral: Referral): Promise<void> {
  if (referral.status !== 'REQUESTED') return;
  const em = await ctx.db.em();
  const [row] = await em.execute<{ taken: boolean }[]>('select hub.take_offer(?, ?) as taken', [
    referral.id,
    ctx.clock.now().toISOString(),
  ]);
  if (row?.taken) return;
  const words = 'Another agency was faster and is helping now. Thank you: you need do nothing more.';
  refuse('ACCEPTED_ELSEWHERE', words, undefined, { referral });
}

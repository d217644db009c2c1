import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { Referral } from '../referral.entity.js';
import { ReferralOffer } from './offer.entity.js';

/**
 * The first agency that accepts takes the offer. Of two at the same moment the second one waits here for the first, and
 * then learns no more than that somebody was faster; its own referral is withdrawn by the job that follows.
 */
export async function takeOffer(ctx: HubContext, referral: Referral, toldAt?: Date): Promise<void> {
  if (referral.status !== 'REQUESTED') return;
  const em = await ctx.db.em();
  if (toldAt) return takeForAgency(em, referral, toldAt);
  const [row] = await em.execute<{ taken: boolean }[]>('select hub.take_offer(?, ?) as taken', [
    referral.id,
    ctx.clock.now().toISOString(),
  ]);
  if (row?.taken) return;
  const words = 'Another agency was faster and is helping now. Thank you: you need do nothing more.';
  refuse('ACCEPTED_ELSEWHERE', words, undefined, { referral });
}

/** The sender was told that this agency helps, and reads the offer itself; locked behind the referral, as an agency takes it. */
async function takeForAgency(em: EntityManager, referral: Referral, toldAt: Date): Promise<void> {
  const offer = await em.findOneOrFail(
    ReferralOffer,
    { id: referral.offerId ?? '', fromOrgId: referral.fromOrgId },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  if (offer.takenBy === referral.id) return;
  if (offer.takenBy) {
    refuse('TAKEN_ALREADY', 'Another agency has accepted this already. Call this one to say so.', undefined, {
      referral,
    });
  }
  Object.assign(offer, { status: 'TAKEN', takenBy: referral.id, closedAt: toldAt });
}

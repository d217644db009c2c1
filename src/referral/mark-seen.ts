import type { HubContext } from '../access/index.js';
import { tellBothSides } from './announce.js';
import { auditReferral } from './audit-referral.js';
import type { Referral } from './referral.entity.js';
import { lockReferral } from './take-step.js';

/**
 * Notes that somebody at the agency has opened a referral; the first time counts. It is no change of the referral, so
 * its version stays: whoever has it on the screen may still answer what they see.
 */
export async function markSeen(ctx: HubContext, id: string): Promise<Referral> {
  const referral = await lockReferral(ctx, id, 'answer');
  auditReferral(ctx, referral, 'referral.seen');
  if (referral.seenAt) return referral;
  const em = await ctx.db.em();
  const seenAt = ctx.clock.now();
  await em.execute('update hub.referral set seen_at = ? where id = ? and to_org_id = ?', [
    seenAt.toISOString(),
    referral.id,
    referral.toOrgId,
  ]);
  await em.refresh(referral);
  await tellBothSides(em, referral);
  return referral;
}

import type { HubContext } from '../access/index.js';
import { emit } from '../platform/events.js';
import { tellBothSides } from './announce.js';
import { keptText } from './answered.js';
import { auditReferral } from './audit-referral.js';
import type { Referral } from './referral.entity.js';
import type { ConfirmReferralOutcomeInput } from './referral.inputs.js';
import { ReferralNeed } from './referral-history.entity.js';
import { settleNeedsAs } from './settle-needs-as.js';
import { demandVersion, lockReferral, refuseAsItStands } from './take-step.js';

/** Records what the patient says, and closes the needs or leaves them open. */
export async function confirmOutcome(ctx: HubContext, input: ConfirmReferralOutcomeInput): Promise<Referral> {
  const note = keptText(input.note, 1000, 'note');
  const referral = await lockReferral(ctx, input.id, 'send');
  auditReferral(ctx, referral, 'referral.confirm-outcome');
  demandVersion(referral, input.expectedVersion);
  if (referral.status === 'DRAFT' || referral.status === 'ENTERED_IN_ERROR') {
    refuseAsItStands(referral, 'NOTHING_TO_CONFIRM', 'There is nothing to confirm on this referral.');
  }
  const now = ctx.clock.now();
  referral.patientConfirmation = input.confirmation;
  referral.patientConfirmedAt = now;
  referral.patientConfirmedBy = ctx.caller?.userId ?? null;
  referral.updatedAt = now;
  const em = await ctx.db.em();
  if (typeof input.needMet === 'boolean') {
    const links = await em.find(ReferralNeed, { referralId: referral.id, fromOrgId: referral.fromOrgId });
    const ids = links.map((link) => link.needId);
    await settleNeedsAs(ctx, ids, { met: input.needMet, besides: referral.id, note });
  }
  await em.flush();
  await tellBothSides(em, referral);
  await emit(em, 'referral.confirmed', { referralId: referral.id, patientId: referral.patientId });
  return referral;
}

import type { HubContext } from '../access/context.js';
import { emit } from '../platform/events.js';
import { refuse } from '../platform/graphql/refusal.js';
import { Need, resolveNeedAs } from '../screening/index.js';
import { refuseLong } from './answered.js';
import { Referral } from './referral.entity.js';
import { ReferralNeed } from './referral-history.entity.js';
import type { ConfirmReferralOutcomeInput } from './referral.inputs.js';
import { auditReferral, lockReferral, tellBothSides } from './take-step.js';

/** Records what the patient says, and closes the needs or leaves them open. */
export async function confirmOutcome(ctx: HubContext, input: ConfirmReferralOutcomeInput): Promise<Referral> {
  refuseLong(input.note, 1000, 'note');
  const referral = await lockReferral(ctx, input.id, 'send');
  if (input.expectedVersion != null && input.expectedVersion !== referral.version) {
    refuse(
      'CHANGED_MEANWHILE',
      'This referral changed while you were looking at it. Here is how it stands now.',
      undefined,
      { referral },
    );
  }
  if (referral.status === 'DRAFT' || referral.status === 'ENTERED_IN_ERROR') {
    refuse('NOTHING_TO_CONFIRM', 'There is nothing to confirm on this referral.', undefined, { referral });
  }
  const now = ctx.clock.now();
  referral.patientConfirmation = input.confirmation;
  referral.patientConfirmedAt = now;
  referral.patientConfirmedBy = ctx.caller?.userId ?? null;
  referral.updatedAt = now;
  const em = await ctx.db.em();
  if (input.needMet != null) {
    const links = await em.find(ReferralNeed, { referralId: referral.id });
    const needs = await em.find(Need, { id: { $in: links.map((link) => link.needId) } });
    for (const need of needs) resolveNeedAs(need, input.needMet ? 'MET' : 'OPEN', now, input.note ?? null);
  }
  await em.flush();
  await tellBothSides(ctx, referral);
  await emit(em, 'referral.confirmed', { referralId: referral.id, patientId: referral.patientId });
  auditReferral(ctx, referral, 'referral.confirm-outcome');
  return referral;
}

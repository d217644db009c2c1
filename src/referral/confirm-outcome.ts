import { LockMode } from '@mikro-orm/postgresql';
import { where, type HubContext } from '../access/index.js';
import { emit } from '../platform/events.js';
import { Need, resolveNeedAs } from '../screening/index.js';
import { tellBothSides } from './announce.js';
import { keptText } from './answered.js';
import { auditReferral } from './audit-referral.js';
import type { Referral } from './referral.entity.js';
import type { ConfirmReferralOutcomeInput } from './referral.inputs.js';
import { ReferralNeed } from './referral-history.entity.js';
import { needsUnderWay } from './needs-under-way.js';
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
  if (typeof input.needMet === 'boolean') await settleNeeds(ctx, referral, input.needMet, note);
  const em = await ctx.db.em();
  await em.flush();
  await tellBothSides(em, referral);
  await emit(em, 'referral.confirmed', { referralId: referral.id, patientId: referral.patientId });
  return referral;
}

/** Met needs end. The others wait for help again, unless another referral for them is still under way. */
async function settleNeeds(ctx: HubContext, referral: Referral, met: boolean, note: string | null): Promise<void> {
  const em = await ctx.db.em();
  const links = await em.find(ReferralNeed, { referralId: referral.id, fromOrgId: referral.fromOrgId });
  const ids = links.map((link) => link.needId);
  const needs = await em.find(
    Need,
    { $and: [{ id: { $in: ids } }, where(ctx, Need, 'update')] },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  const elsewhere = met ? new Set<string>() : await needsUnderWay(em, ids, referral.id);
  for (const need of needs) {
    if (elsewhere.has(need.id)) continue;
    resolveNeedAs(need, met ? 'MET' : 'OPEN', ctx.clock.now(), note);
    await em.flush();
    await emit(em, 'need.changed', { needId: need.id, patientId: need.patientId });
  }
}

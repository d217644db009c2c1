import type { HubContext } from '../../access/index.js';
import { keptText } from '../answered.js';
import { auditReferral } from '../audit-referral.js';
import type { Referral } from '../referral.entity.js';
import { demandVersion, lockReferral, refuseAsItStands, takeStep } from '../take-step.js';
import type { RecallReferralInput } from './follow.inputs.js';

/**
 * Takes a referral back that nobody has accepted yet. Unlike cancelling it never ends what an agency has begun: when the
 * agency was faster, the sender sees that and decides anew.
 */
export async function recall(ctx: HubContext, input: RecallReferralInput): Promise<Referral> {
  keptText(input.reason, 1000, 'reason');
  const referral = await lockReferral(ctx, input.id, 'send');
  auditReferral(ctx, referral, 'referral.recall');
  if (referral.status === 'ACCEPTED' || referral.status === 'IN_PROGRESS' || referral.status === 'ON_HOLD') {
    refuseAsItStands(
      referral,
      'ACCEPTED_MEANWHILE',
      'The agency has accepted it meanwhile. Write to them, or cancel it if help must stop.',
    );
  }
  demandVersion(referral, input.expectedVersion);
  const { id, reasonCode, reason } = input;
  return takeStep(ctx, { id, reasonCode, reason: reason ?? null }, 'CANCELLED', 'cancel');
}

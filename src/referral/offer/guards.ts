import type { HubContext } from '../../access/index.js';
import { factsOfPatient } from '../../caseload/index.js';
import { capacityOf, fitOf, type Capacity, type Fit } from '../../directory/index.js';
import { Refusal } from '../../platform/graphql/refusal.js';
import { prepare, type Prepared } from '../prepare-referral.js';
import type { PreviewReferralInput } from '../referral.inputs.js';
import type { SkipReason } from './offer.enums.js';

/** What a referral to a service would be, and why the hub would not send it by itself. */
export interface Judged {
  prepared: Prepared | null;
  capacity: Capacity | null;
  fit: Fit | null;
  skip: SkipReason | null;
}

const REFUSED: Record<string, SkipReason> = {
  NEED_NOT_CONFIRMED: 'NEED_SETTLED',
  PATIENT_NOT_ACTIVE: 'PATIENT_NOT_ACTIVE',
};

/**
 * Whether a referral may be sent without a person deciding, at this moment: a consent covers the agency, the service is
 * offered and takes referrals, the person qualifies for sure, and it has room for sure.
 */
export async function judge(
  ctx: HubContext,
  input: PreviewReferralInput,
  mode: 'looked at' | 'locked' = 'looked at',
): Promise<Judged> {
  const nothing = { prepared: null, capacity: null, fit: null };
  const prepared = await prepare(ctx, input, mode).catch((error: unknown) => {
    if (error instanceof Refusal) return REFUSED[error.code] ?? ('NOT_OFFERED' as const);
    throw error;
  });
  if (typeof prepared === 'string') return { ...nothing, skip: prepared };
  const capacity = capacityOf(prepared.service, ctx.clock.now());
  const fit = await fitOf(ctx, prepared.service, await factsOfPatient(ctx, prepared.patient.id));
  return { prepared, capacity, fit, skip: skipFor(prepared, capacity, fit) };
}

function skipFor({ consent }: Prepared, { status }: Capacity, fit: Fit | null): SkipReason | null {
  if (!consent) return 'CONSENT';
  if (fit?.verdict === 'NO_MATCH') return 'NO_FIT';
  if (status === 'NO_CAPACITY' || status === 'WAITLIST') return 'NO_ROOM';
  if (fit?.verdict !== 'MATCH') return 'FIT_UNKNOWN';
  return status === 'UNKNOWN' ? 'ROOM_UNKNOWN' : null;
}

import type { HubContext } from '../../access/index.js';
import { factsOfPatient } from '../../caseload/index.js';
import { capacityOf, fitOf, type Capacity, type Fit } from '../../directory/index.js';
import { Refusal } from '../../platform/graphql/refusal.js';
import { closedUntil } from '../clock/closed-until.js';
import { prepare, type About, type Prepared } from '../prepare-referral.js';
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

/** Why nothing can be sent, of what was refused; other errors go on. */
export function skipRefused(error: unknown): SkipReason {
  if (error instanceof Refusal) return REFUSED[error.code] ?? 'NOT_OFFERED';
  throw error;
}

/**
 * Whether a referral may be sent without a person deciding, at this moment: a consent covers the agency, the service is
 * offered and takes referrals, the person qualifies for sure, it has room for sure, and its agency is not closed for long.
 */
export async function judge(
  ctx: HubContext,
  input: PreviewReferralInput,
  mode: 'looked at' | 'locked' = 'looked at',
  known?: About & { fit: Fit | null },
): Promise<Judged> {
  const nothing = { prepared: null, capacity: null, fit: null };
  const prepared = await prepare(ctx, input, mode, known).catch(skipRefused);
  if (typeof prepared === 'string') return { ...nothing, skip: prepared };
  const capacity = capacityOf(prepared.service, ctx.clock.now());
  const fit = known ? known.fit : await fitOf(ctx, prepared.service, await factsOfPatient(ctx, prepared.patient.id));
  const closed = closedUntil(prepared.clock, ctx.clock.now()) !== null;
  return { prepared, capacity, fit, skip: skipFor(prepared, capacity, fit, closed) };
}

/** What rules it out for everybody who decides stands before what is only not known. */
function skipFor({ consent }: Prepared, { status }: Capacity, fit: Fit | null, closed: boolean): SkipReason | null {
  if (!consent) return 'CONSENT';
  if (fit?.verdict === 'NO_MATCH') return 'NO_FIT';
  if (status === 'NO_CAPACITY' || status === 'WAITLIST') return 'NO_ROOM';
  if (closed) return 'CLOSED';
  if (fit?.verdict !== 'MATCH') return 'FIT_UNKNOWN';
  return status === 'UNKNOWN' ? 'ROOM_UNKNOWN' : null;
}

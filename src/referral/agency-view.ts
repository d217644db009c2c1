import type { Referral } from './referral.entity.js';
import type { Side } from './referral.enums.js';

/** A list row or an entity. */
type Standing = Pick<Referral, 'status' | 'answeredAt'>;

/** How a person is called on a referral that should never have been sent. */
export const NOBODY = '—';

/**
 * Whether a side may read what was shared about the person, and what was asked for. The agency may until it declines or
 * the referral is withdrawn before an answer; it keeps the fact of the referral, for its own records.
 */
export function mayReadPerson(side: Side, { status, answeredAt }: Standing): boolean {
  if (side === 'REQUESTER') return true;
  if (status === 'REJECTED' || status === 'ENTERED_IN_ERROR') return false;
  return status !== 'CANCELLED' || Boolean(answeredAt);
}

/** Whether a side may know whom the referral is about, and read what was written about it. */
export function mayKnowWhom(side: Side, { status }: Pick<Standing, 'status'>): boolean {
  return side === 'REQUESTER' || status !== 'ENTERED_IN_ERROR';
}

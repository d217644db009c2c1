import { isTerminal } from './machine.js';
import type { Referral } from './referral.entity.js';

/** A list row or an entity. */
type Standing = Pick<Referral, 'status'> & Partial<Pick<Referral, 'consentEndedAt' | 'consentUntil'>>;

/** When the consent of a referral ended while it was open: as it is written down, or by its date before any job said so. */
export function consentEndOf({ status, consentEndedAt, consentUntil }: Standing, now: Date): Date | null {
  if (consentEndedAt) return consentEndedAt;
  return consentUntil && consentUntil <= now && status !== 'DRAFT' && !isTerminal(status) ? consentUntil : null;
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { ListingSignal } from '../directory/index.js';
import { emit } from '../platform/events.js';
import type { Status } from './machine.js';

/** Ends of a referral that say something of the listing it went to, not of the person. */
const SIGNALS: Partial<Record<Status, Partial<Record<string, ListingSignal>>>> = {
  REJECTED: {
    NO_CAPACITY: 'NO_ROOM',
    NOT_ELIGIBLE: 'WRONG_ELIGIBILITY',
    OUT_OF_AREA: 'WRONG_AREA',
    WRONG_SERVICE: 'NO_LONGER_OFFERED',
  },
  FAILED: { NOT_ELIGIBLE: 'WRONG_ELIGIBILITY', NO_CAPACITY: 'NO_ROOM', NO_FUNDS: 'NO_ROOM' },
};

/** Tells the directory what a step means for the listing, once the transaction commits; changes nothing by itself. */
export async function signalListing(
  em: EntityManager,
  referral: { id: string; serviceId: string },
  to: Status,
  reasonCode: string | null,
): Promise<void> {
  const { id: referralId, serviceId } = referral;
  if (to === 'REQUESTED') await emit(em, 'listing.sent', { serviceId });
  const signal = reasonCode === null ? undefined : SIGNALS[to]?.[reasonCode];
  if (!signal) return;
  await emit(em, 'listing.signal', { serviceId, signal, source: to === 'FAILED' ? 'FAILED' : 'DECLINED', referralId });
}

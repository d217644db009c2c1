import { isTerminal, type Status } from '../machine.js';
import type { FollowHow } from './follow.enums.js';

/** What of the older referral decides whether another one may follow it. */
export interface Older {
  status: Status;
  patientId: string;
  fromOrgId: string;
  serviceId: string;
}

export type NoFollow = 'STILL_OPEN' | 'NEVER_WAS' | 'OTHER_PERSON' | 'OTHER_SERVICE' | 'SAME_SERVICE';

/**
 * Why a referral of a patient to a service may not follow an older one; null when it may. A new try is made at the same
 * service once the old one has ended; what is passed on goes to another service, whether or not the old one is open.
 */
export function whyNotFollow(older: Older, next: Omit<Older, 'status'>, how: FollowHow): NoFollow | null {
  if (older.patientId !== next.patientId || older.fromOrgId !== next.fromOrgId) return 'OTHER_PERSON';
  if (older.status === 'DRAFT' || older.status === 'ENTERED_IN_ERROR') return 'NEVER_WAS';
  if (how === 'REOPENED') {
    if (!isTerminal(older.status)) return 'STILL_OPEN';
    return older.serviceId === next.serviceId ? null : 'OTHER_SERVICE';
  }
  return older.serviceId === next.serviceId ? 'SAME_SERVICE' : null;
}

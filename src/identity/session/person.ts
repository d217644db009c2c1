import type { HubContext, Role } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';

/** A caller who is a person in a session, not software with a key. */
export interface Person {
  userId: string;
  sessionId: string;
  organizationId: string;
  roles: readonly Role[];
  mfa: boolean;
}

/** The person who calls. Throws UNAUTHENTICATED without one, and FORBIDDEN for software: keys do not manage accounts. */
export function personOf({ caller }: Pick<HubContext, 'caller'>): Person {
  if (!caller) return fail.unauthenticated();
  const { via, userId, credentialId, organizationId, roles, mfa } = caller;
  if (via !== 'SESSION' || !userId || !credentialId) {
    return fail.forbidden('Only a person who is signed in may do this.');
  }
  return { userId, sessionId: credentialId, organizationId, roles, mfa };
}

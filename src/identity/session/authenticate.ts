import { callerOf, type Caller } from '../../access/caller.js';
import { apiKeyPrefix, findApiKey } from '../api-key/find-api-key.js';
import { findPageReader, pagePrefix } from '../link/page-session.js';
import type { Db } from '../transaction.js';
import { findSession, type Session } from './session.js';

/** The name of the session's cookie, as the cookie jar of a request knows it. */
export const sessionCookie = 'session';

/** What a request brings to say who calls. */
export interface Credentials {
  cookie?: string | undefined;
  /** The token of `Authorization: Bearer …`. Wins over the cookie. */
  bearer?: string | undefined;
}

/** The one token of a request that may belong to a session; undefined for none and for an API key. */
export function sessionTokenOf({ cookie, bearer }: Credentials): string | undefined {
  const token = bearer ?? cookie;
  return token && /^[\w-]{43}$/.test(token) ? token : undefined;
}

/**
 * Who is behind these credentials; null for nobody, for a session that waits for its code, and for all that has ended.
 * One statement. `touch` makes it a sign of life, which prolongs the session.
 */
export async function authenticate(db: Db, credentials: Credentials, now: Date, touch = true): Promise<Caller | null> {
  const { bearer } = credentials;
  // A key only ever comes in the header: in a cookie it would be a browser's.
  if (bearer?.startsWith(apiKeyPrefix)) {
    const key = await findApiKey(db, bearer, now, touch);
    if (!key || key.roles.length === 0) return null;
    const { id, organizationId, roles } = key;
    return callerOf({ userId: null, organizationId, roles, via: 'API_KEY', credentialId: id });
  }
  if (bearer?.startsWith(pagePrefix)) return findPageReader(db, bearer, now);
  const token = sessionTokenOf(credentials);
  return token ? callerIn(await findSession(db, token, now, touch)) : null;
}

/** The caller of a session, in the organization they work in at the moment. */
export function callerIn(session: Session | null): Caller | null {
  if (session?.stage !== 'OPEN') return null;
  const current = session.memberships.find(({ id }) => id === session.membershipId);
  if (!current) return null;
  return callerOf({
    userId: session.userId,
    organizationId: current.organizationId,
    memberships: session.memberships,
    roles: current.roles,
    via: 'SESSION',
    mfa: session.mfa,
    credentialId: session.id,
    locale: session.locale,
  });
}

import { refuse } from '../../platform/graphql/refusal.js';
import type { Account } from '../account/account.js';
import { auditDoor } from '../audit.js';
import { sessionCookie } from '../session/authenticate.js';
import { endSession, openSession } from '../session/session.js';
import { inTransaction } from '../transaction.js';
import type { Door } from './door.js';

/** How far somebody has come in. */
export interface Arrival {
  step: 'SIGNED_IN' | 'TOTP_REQUIRED';
  /** The session that was opened; half-open when the code of the app is still to come. */
  sessionId: string;
}

/** What has been shown so far. */
export interface Proof {
  by: 'password' | 'code' | 'oidc' | 'invitation';
  /** Whether a second factor was part of it. */
  mfa: boolean;
}

/**
 * Opens a session for somebody who has shown who they are, under a new token, and ends the one the browser came with:
 * nobody can be led into a session that somebody else began. With an authenticator app and no second factor yet, the
 * session is half-open. Refuses people who belong to no organization.
 */
export async function arrive(door: Door, account: Account, proof: Proof): Promise<Arrival> {
  const { authPool, clock } = door.platform;
  const { membershipId, organizationId, roles } = account;
  if (!membershipId || !organizationId || !roles) {
    return refuse(
      'NO_ORGANIZATION',
      'You belong to no organization at the moment. Ask an administrator there to invite you.',
    );
  }
  const halfOpen = account.totpConfirmedAt !== null && !proof.mfa;
  const { ip, userAgent, cookies } = door.request;
  const session = await inTransaction(authPool, async (db) => {
    const before = cookies.get(sessionCookie);
    if (before) await endSession(db, before);
    const stage = halfOpen ? 'TOTP' : 'OPEN';
    const opened = await openSession(
      db,
      { userId: account.id, membershipId, stage, mfa: proof.mfa, ip, userAgent },
      clock.now(),
    );
    if (!halfOpen) {
      const detail = { by: proof.by, mfa: proof.mfa };
      const requestId = door.request.id;
      await auditDoor(db, { action: 'session.sign-in', organizationId, userId: account.id, roles, requestId, detail });
    }
    return opened;
  });
  cookies.set(sessionCookie, session.token);
  return { step: halfOpen ? 'TOTP_REQUIRED' : 'SIGNED_IN', sessionId: session.id };
}

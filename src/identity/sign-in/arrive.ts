import { refuse } from '../../platform/graphql/refusal.js';
import type { Account } from '../account/account.js';
import { auditDoor } from '../audit.js';
import { demandsSecondFactor } from '../second-factor/demanded.js';
import { sessionCookie } from '../session/authenticate.js';
import { endSession, openSession, type Session } from '../session/session.js';
import { inTransaction } from '../transaction.js';
import type { Door } from './door.js';

/** How far somebody has come in. */
export interface Arrival {
  step: 'SIGNED_IN' | 'TOTP_REQUIRED' | 'TOTP_SETUP_REQUIRED';
  /** The session that was opened; half-open when the code of the app, or the app, is still to come. */
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
 * nobody can be led into a session that somebody else began. With an authenticator app and no second factor yet, or
 * without an app in a role that asks for one, the session is half-open. Refuses people who belong to no organization.
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
  const stage = stageOf(door, account, proof);
  const { ip, userAgent, cookies } = door.request;
  const session = await inTransaction(authPool, async (db) => {
    const before = cookies.get(sessionCookie);
    if (before) await endSession(db, before);
    const opened = await openSession(
      db,
      { userId: account.id, membershipId, stage, mfa: proof.mfa, ip, userAgent },
      clock.now(),
    );
    if (stage === 'OPEN') {
      const detail = { by: proof.by, mfa: proof.mfa };
      const requestId = door.request.id;
      await auditDoor(db, { action: 'session.sign-in', organizationId, userId: account.id, roles, requestId, detail });
    }
    return opened;
  });
  cookies.set(sessionCookie, session.token);
  return { step: steps[stage], sessionId: session.id };
}

const steps = { OPEN: 'SIGNED_IN', TOTP: 'TOTP_REQUIRED', SETUP: 'TOTP_SETUP_REQUIRED' } as const;

/** How far in somebody is. Of all their organizations the strictest counts: the session may switch between them. */
function stageOf({ platform }: Door, { totpConfirmedAt, everyRole }: Account, { mfa }: Proof): Session['stage'] {
  if (mfa) return 'OPEN';
  if (totpConfirmedAt) return 'TOTP';
  return demandsSecondFactor(platform.config, everyRole) ? 'SETUP' : 'OPEN';
}

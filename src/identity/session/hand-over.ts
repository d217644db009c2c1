import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { accountById } from '../account/account.js';
import { isPassword } from '../account/password.js';
import { auditDoor } from '../audit.js';
import { afterRightPassword, afterWrongPassword, beforePassword } from '../sign-in/attempts.js';
import type { Door } from '../sign-in/door.js';
import { inTransaction } from '../transaction.js';
import { sessionCookie } from './authenticate.js';
import { personOf } from './person.js';
import { endSession, openSession } from './session.js';

/** Whose device was handed over, and what they had shown by then. */
export interface HandedOver {
  userId: string;
  membershipId: string;
  mfa: boolean;
}

/** What is remembered of the person whose session a device holds. Only people hand over a device, not software. */
export function holderOf(ctx: HubContext): HandedOver {
  const { userId, organizationId, mfa } = personOf(ctx);
  const membership = ctx.caller?.memberships.find((one) => one.organizationId === organizationId);
  return { userId, membershipId: membership?.id ?? fail.forbidden(), mfa };
}

/** Somebody else gets the device: the session on it ends for good, not only on the screen. */
export async function handOver(ctx: HubContext): Promise<void> {
  const { userId, organizationId, roles, sessionId } = personOf(ctx);
  const { request, platform } = ctx;
  request.cookies.clear(sessionCookie);
  await inTransaction(platform.authPool, async (db) => {
    await db.query('delete from hub.session where id = $1', [sessionId]);
    await auditDoor(db, { action: 'session.hand-over', organizationId, userId, roles, requestId: request.id });
  });
}

/** The person takes their device back with their password. What they had shown beside it before still counts. */
export async function takeBack(door: Door, { userId, membershipId, mfa }: HandedOver, password: string): Promise<void> {
  const { authPool, clock } = door.platform;
  const account = await accountById(authPool, userId);
  const email = account?.email ?? userId;
  await beforePassword(door, email);
  const right = await isPassword(account?.passwordHash, password);
  if (!account || !right || account.disabled || !account.organizationId) {
    await afterWrongPassword(door, email);
    return refuse('WRONG_PASSWORD', 'This is not the password of the person who handed the device over.', 'password');
  }
  await afterRightPassword(door, email);
  const { ip, userAgent, cookies, id: requestId } = door.request;
  const { organizationId, roles } = account;
  const session = await inTransaction(authPool, async (db) => {
    const before = cookies.get(sessionCookie);
    if (before) await endSession(db, before);
    const stage = account.totpConfirmedAt && !mfa ? 'TOTP' : 'OPEN';
    const opened = await openSession(db, { userId, membershipId, stage, mfa, ip, userAgent }, clock.now());
    await auditDoor(db, { action: 'session.take-back', organizationId, userId, roles: roles ?? [], requestId });
    return opened;
  });
  cookies.set(sessionCookie, session.token);
}

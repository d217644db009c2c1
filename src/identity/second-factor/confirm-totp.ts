import { refuse } from '../../platform/graphql/refusal.js';
import { accountById } from '../account/account.js';
import { auditDoor } from '../audit.js';
import { sessionCookie } from '../session/authenticate.js';
import { endSession, findSession } from '../session/session.js';
import { arrive, type Arrival } from '../sign-in/arrive.js';
import { beforeCode, forgetFailures, mayTryCode } from '../sign-in/attempts.js';
import type { Door } from '../sign-in/door.js';
import { takeCode } from './take-code.js';

/** The second step of a sign-in: a code of the app, or a recovery code, turns a half-open session into an open one. */
export async function confirmTotp(door: Door, code: string): Promise<Arrival> {
  const { authPool, clock } = door.platform;
  const token = door.request.cookies.get(sessionCookie);
  const session = token ? await findSession(authPool, token, clock.now(), false) : null;
  if (!token || session?.stage !== 'TOTP') return startOver(door);
  if (!(await mayTryCode(door, session.id))) {
    await endSession(authPool, token);
    return startOver(door);
  }
  await beforeCode(door, session.userId);
  const account = await accountById(authPool, session.userId);
  if (!account || account.disabled) return startOver(door);
  const { id: userId, organizationId } = account;
  if (!(await takeCode(door, account, code))) {
    const roles = account.roles ?? [];
    const requestId = door.request.id;
    const detail = { by: 'code' };
    await auditDoor(authPool, {
      action: 'session.sign-in',
      outcome: 'REFUSED',
      organizationId,
      userId,
      roles,
      requestId,
      detail,
    });
    return refuse('WRONG_CODE', 'This code is not right, or it was used already. Wait for the next one.', 'code');
  }
  await forgetFailures(door, userId, account.email);
  // Sets a new token and ends the half-open session.
  return arrive(door, account, { by: 'code', mfa: true });
}

function startOver(door: Door): never {
  door.request.cookies.clear(sessionCookie);
  return refuse('START_OVER', 'Too much time has passed, or too many codes were wrong. Sign in again.');
}

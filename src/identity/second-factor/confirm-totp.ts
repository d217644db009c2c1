import { refuse } from '../../platform/graphql/refusal.js';
import { accountById, type Account } from '../account/account.js';
import { auditDoor } from '../audit.js';
import { sessionCookie } from '../session/authenticate.js';
import { endSession, findSession } from '../session/session.js';
import { arrive, type Arrival } from '../sign-in/arrive.js';
import { beforeCode, forgetFailures, mayTryCode } from '../sign-in/attempts.js';
import type { Door } from '../sign-in/door.js';
import { hashRecoveryCode } from './recovery-codes.js';
import { openSecret, stepOf } from './totp.js';

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
  const by = await provedBy(door, account, code);
  const { id: userId, organizationId } = account;
  if (!by) {
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

async function provedBy(door: Door, account: Account, code: string): Promise<'app' | 'recovery code' | null> {
  if (await useAppCode(door, account, code)) return 'app';
  return (await useRecoveryCode(door, account.id, code)) ? 'recovery code' : null;
}

/** Takes a code of the app. Each step is taken once, so a code that was seen over a shoulder is worth nothing. */
async function useAppCode(door: Door, { id, totpSecret }: Account, code: string): Promise<boolean> {
  const { authPool, clock, config } = door.platform;
  const step = totpSecret && stepOf(openSecret(config.secret, id, totpSecret), code, clock.now());
  if (step === null) return false;
  const { rowCount } = await authPool.query(
    'update hub.user_account set totp_last_step = $2 where id = $1 and totp_last_step < $2',
    [id, step],
  );
  return rowCount === 1;
}

async function useRecoveryCode(door: Door, userId: string, code: string): Promise<boolean> {
  const { authPool, clock, config } = door.platform;
  const hash = hashRecoveryCode(config.secret, userId, code);
  if (!hash) return false;
  const { rowCount } = await authPool.query(
    'update hub.recovery_code set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null',
    [userId, hash, clock.now()],
  );
  return rowCount === 1;
}

import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { accountByEmail, type Account } from '../account/account.js';
import { hashPassword, isOutdated, isPassword } from '../account/password.js';
import { auditDoor } from '../audit.js';
import { arrive, type Arrival } from './arrive.js';
import { afterRightPassword, afterWrongPassword, beforePassword } from './attempts.js';
import type { Door } from './door.js';

/** Signs in by e-mail address and password. An unknown address and a wrong password cost and say the same. */
export async function signIn(door: Door, email: string, password: string): Promise<Arrival> {
  const account = await provePassword(door, email, password);
  if (!account) return refuse('WRONG_SIGN_IN', 'The e-mail address or the password is not right.');
  return arrive(door, account, { by: 'password', mfa: false });
}

/** The account, if the password is right; counts the attempt either way. Throws RATE_LIMITED. */
export async function provePassword(door: Door, email: string, password: string): Promise<Account | null> {
  const { authPool } = door.platform;
  await beforePassword(door, email);
  const account = await accountByEmail(authPool, email.trim());
  const right = await isPassword(account?.passwordHash, password);
  if (!account || !right || account.disabled) {
    await afterWrongPassword(door, email);
    await noteFailure(door, account);
    return null;
  }
  await afterRightPassword(door, email);
  if (account.passwordHash && isOutdated(account.passwordHash)) {
    await authPool.query('update hub.user_account set password_hash = $2 where id = $1', [
      account.id,
      await hashPassword(password),
    ]);
  }
  return account;
}

/**
 * Into the audit of the organization, or, for somebody who is nobody's member, into the log, without the address. The
 * same statements either way: the time must not tell a known address from an unknown one.
 */
async function noteFailure(door: Door, account: Account | null): Promise<void> {
  const { authPool, log } = door.platform;
  await auditDoor(authPool, {
    action: 'session.sign-in',
    outcome: 'REFUSED',
    organizationId: account?.organizationId ?? null,
    userId: account?.id ?? newId(),
    roles: account?.roles ?? [],
    requestId: door.request.id,
    detail: { by: 'password', disabled: account?.disabled ?? false },
  });
  if (!account?.organizationId) log.info({ requestId: door.request.id }, 'sign-in failed: nobody’s member');
}

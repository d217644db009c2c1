import type { Account } from '../account/account.js';
import type { Door } from '../sign-in/door.js';
import { hashRecoveryCode } from './recovery-codes.js';
import { openSecret, stepOf } from './totp.js';

/** Uses up a code of the app or a recovery code; false when it is none, or was used already. */
export async function takeCode(door: Door, account: Account, code: string): Promise<boolean> {
  return (await takeAppCode(door, account, code)) || takeRecoveryCode(door, account.id, code);
}

/** Takes a code of the app. Each step is taken once, so a code that was seen over a shoulder is worth nothing. */
async function takeAppCode(door: Door, { id, totpSecret }: Account, code: string): Promise<boolean> {
  const { authPool, clock, config } = door.platform;
  const step = totpSecret && stepOf(openSecret(config.secret, id, totpSecret), code, clock.now());
  if (step === null) return false;
  const { rowCount } = await authPool.query(
    'update hub.user_account set totp_last_step = $2 where id = $1 and totp_last_step < $2',
    [id, step],
  );
  return rowCount === 1;
}

async function takeRecoveryCode(door: Door, userId: string, code: string): Promise<boolean> {
  const { authPool, clock, config } = door.platform;
  const hash = hashRecoveryCode(config.secret, userId, code);
  if (!hash) return false;
  const { rowCount } = await authPool.query(
    'update hub.recovery_code set used_at = $3 where user_id = $1 and code_hash = $2 and used_at is null',
    [userId, hash, clock.now()],
  );
  return rowCount === 1;
}

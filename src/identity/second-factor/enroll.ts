import { toDataURL } from 'qrcode';
import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { fail } from '../../platform/graphql/errors.js';
import { accountById } from '../account/account.js';
import { auditDoor } from '../audit.js';
import { personOf, type Person } from '../session/person.js';
import { endSessionsOf } from '../session/session.js';
import { inTransaction } from '../transaction.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { offeredSecret, otpauthUri, sealSecret, stepOf, toBase32 } from './totp.js';

/** What a person puts into their authenticator app. */
export interface Offer {
  secret: string;
  uri: string;
  qrDataUrl: string;
}

async function offerTo(ctx: HubContext, person: Person): Promise<{ secret: Buffer; email: string }> {
  const account = await accountById(ctx.platform.authPool, person.userId);
  if (!account) return fail.unauthenticated();
  // Whoever took over a session must not be able to replace the app of its owner.
  if (account.totpConfirmedAt && !person.mfa) {
    return refuse('SECOND_FACTOR_NEEDED', 'Sign in again with your authenticator app before you change it.');
  }
  const generation = account.totpConfirmedAt?.toISOString() ?? 'none';
  return { secret: offeredSecret(ctx.platform.config.secret, person.sessionId, generation), email: account.email };
}

/** Offers a secret for an authenticator app. Nothing changes until {@link finishTotp}. */
export async function startTotp(ctx: HubContext): Promise<Offer> {
  const { secret, email } = await offerTo(ctx, personOf(ctx));
  const uri = otpauthUri(secret, email);
  return { secret: toBase32(secret), uri, qrDataUrl: await toDataURL(uri) };
}

/**
 * Turns the second factor on, or moves it to another app, once a code shows that the app has the offered secret. Ends
 * the person's other sessions and returns ten new recovery codes, which are never shown again.
 */
export async function finishTotp(ctx: HubContext, code: string): Promise<string[]> {
  const { authPool, config, clock } = ctx.platform;
  const person = personOf(ctx);
  const { userId, sessionId, organizationId, roles } = person;
  const { secret } = await offerTo(ctx, person);
  const now = clock.now();
  const step = stepOf(secret, code, now);
  if (step === null) {
    return refuse('WRONG_CODE', 'This code is not right. Check that the time on your phone is.', 'code');
  }
  const codes = newRecoveryCodes();
  await inTransaction(authPool, async (db) => {
    await db.query(
      'update hub.user_account set totp_secret = $2, totp_confirmed_at = $3, totp_last_step = $4, updated_at = $3 where id = $1',
      [userId, sealSecret(config.secret, userId, secret), now, step],
    );
    await db.query('delete from hub.recovery_code where user_id = $1', [userId]);
    await db.query('insert into hub.recovery_code (user_id, code_hash) select $1, unnest($2::bytea[])', [
      userId,
      codes.map((one) => hashRecoveryCode(config.secret, userId, one)),
    ]);
    await db.query('update hub.session set mfa = true where id = $1', [sessionId]);
    await endSessionsOf(db, userId, sessionId);
    const requestId = ctx.request.id;
    await auditDoor(db, { action: 'account.second-factor', organizationId, userId, roles, requestId });
  });
  return codes;
}

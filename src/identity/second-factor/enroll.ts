import { timingSafeEqual } from 'node:crypto';
import { toDataURL } from 'qrcode';
import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { accountById, type Account } from '../account/account.js';
import { auditDoor } from '../audit.js';
import { sendNotice } from '../letters/notice.js';
import { endSessionsOf } from '../session/session.js';
import { arrive } from '../sign-in/arrive.js';
import { inTransaction } from '../transaction.js';
import { enrollingOf } from './enrolling.js';
import { proveBoth, type BothProofs } from './prove-both.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { offeredSecret, otpauthUri, sealSecret, stepOf, toBase32 } from './totp.js';

/** What a person puts into their authenticator app. */
export interface Offer {
  secret: string;
  uri: string;
  qrDataUrl: string;
}

/** The secret on offer: another one for each session, after each change, and after the app was switched off. */
function offerTo(ctx: HubContext, { totpConfirmedAt, totpLastStep }: Account, sessionId: string): Buffer {
  const generation = totpConfirmedAt?.toISOString() ?? `none ${totpLastStep}`;
  return offeredSecret(ctx.platform.config.secret, sessionId, generation);
}

/**
 * Offers a secret for an authenticator app. Nothing changes until {@link finishTotp}. Whoever has an app already shows
 * password and code first: somebody at their open page must not be able to put an app of their own in its place.
 */
export async function startTotp(ctx: HubContext, proofs: Partial<BothProofs>): Promise<Offer> {
  const { account, sessionId, arrived } = await enrollingOf(ctx);
  if (account.totpConfirmedAt) {
    const { password, code } = proofs;
    if (!arrived || !password || !code) {
      return refuse(
        'SECOND_FACTOR_NEEDED',
        'Give your password and a code first: from the app you have, or a recovery code.',
      );
    }
    await proveBoth(ctx, account, { password, code });
  }
  const secret = offerTo(ctx, account, sessionId);
  const uri = otpauthUri(secret, account.email);
  return { secret: toBase32(secret), uri, qrDataUrl: await toDataURL(uri) };
}

/**
 * Turns the second factor on, or moves it to another app, once a code shows that the app has the offered secret. The
 * secret itself comes back too: without it, codes of an offer one has not seen could be guessed. Ends the person's other
 * sessions, opens the one that waited for this, and returns ten new recovery codes, which are never shown again.
 */
export async function finishTotp(ctx: HubContext, typed: { secret: string; code: string }): Promise<string[]> {
  const { authPool, config, clock } = ctx.platform;
  const { account, sessionId, organizationId, roles, arrived } = await enrollingOf(ctx);
  const userId = account.id;
  const secret = offerTo(ctx, account, sessionId);
  if (!isSame(typed.secret, toBase32(secret))) {
    return refuse('OFFER_ENDED', 'Too much has changed meanwhile. Start again and scan the new picture.');
  }
  const now = clock.now();
  const step = stepOf(secret, typed.code, now);
  if (step === null) {
    return refuse('WRONG_CODE', 'This code is not right. Check that the time on your phone is.', 'code');
  }
  const codes = newRecoveryCodes();
  const moved = account.totpConfirmedAt !== null;
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
    if (arrived) await db.query('update hub.session set mfa = true where id = $1', [sessionId]);
    await endSessionsOf(db, userId, sessionId);
    const detail = { what: moved ? 'moved' : 'on' };
    const requestId = ctx.request.id;
    await auditDoor(db, { action: 'account.second-factor', organizationId, userId, roles, requestId, detail });
    await sendNotice(db, { userId, what: moved ? 'second-factor-moved' : 'second-factor-on' });
  });
  const fresh = arrived ? null : await accountById(authPool, userId);
  // The code was a second factor already: no second one is asked for.
  if (fresh) await arrive(ctx, fresh, { by: 'code', mfa: true });
  return codes;
}

function isSame(typed: string, offered: string): boolean {
  const [one, other] = [Buffer.from(typed.replace(/\s/g, '').toUpperCase()), Buffer.from(offered)];
  return one.length === other.length && timingSafeEqual(one, other);
}

import type { PoolClient } from 'pg';
import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { accountById } from '../account/account.js';
import { auditDoor } from '../audit.js';
import { sendNotice } from '../letters/notice.js';
import { personOf } from '../session/person.js';
import { endSessionsOf } from '../session/session.js';
import { inTransaction } from '../transaction.js';
import { demandsSecondFactor } from './demanded.js';
import { proveBoth, type BothProofs } from './prove-both.js';

/** Switches one's own second factor off. This session stays, as one without it; the person's others end. */
export async function turnOffTotp(ctx: HubContext, proofs: BothProofs): Promise<void> {
  const { userId, sessionId, organizationId, roles } = personOf(ctx);
  const { authPool, clock, config } = ctx.platform;
  const account = await accountById(authPool, userId);
  if (!account) return fail.unauthenticated();
  if (!account.totpConfirmedAt) return refuse('NO_SECOND_FACTOR', 'The second step is off already.');
  if (demandsSecondFactor(config, account.everyRole)) {
    return refuse(
      'SECOND_FACTOR_REQUIRED',
      'Your role needs the second step, so it stays on. You can move it to another app or phone.',
    );
  }
  await proveBoth(ctx, account, proofs);
  await inTransaction(authPool, async (db) => {
    await forgetSecondFactor(db, userId, clock.now());
    await db.query('update hub.session set mfa = false where id = $1', [sessionId]);
    await endSessionsOf(db, userId, sessionId);
    const entry = { action: 'account.second-factor', organizationId, userId, roles, detail: { what: 'off' } };
    await auditDoor(db, { ...entry, requestId: ctx.request.id });
    await sendNotice(db, { userId, what: 'second-factor-off' });
  });
}

/** Takes app and recovery codes away. The last step stays: a code that was used is worth nothing for ever. */
export async function forgetSecondFactor(db: PoolClient, userId: string, now: Date): Promise<void> {
  await db.query(
    'update hub.user_account set totp_secret = null, totp_confirmed_at = null, updated_at = $2 where id = $1',
    [userId, now],
  );
  await db.query('delete from hub.recovery_code where user_id = $1', [userId]);
}

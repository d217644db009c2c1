import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { auditDoor } from '../audit.js';
import { sendNotice } from '../letters/notice.js';
import { personOf } from '../session/person.js';
import { endSessionsOf } from '../session/session.js';
import { inTransaction } from '../transaction.js';
import { accountById } from './account.js';
import { hashPassword, passwordProblem } from './password.js';
import { demandPassword } from './present-password.js';

const action = 'account.password';

/** Sets a new password by the present one. This session stays, the person's others and open reset links end. */
export async function changePassword(ctx: HubContext, current: string, password: string): Promise<void> {
  const { userId, sessionId, organizationId, roles } = personOf(ctx);
  const { authPool, clock } = ctx.platform;
  const account = await accountById(authPool, userId);
  if (!account) return fail.unauthenticated();
  await demandPassword(ctx, account, current, { action, field: 'current' });
  const problem = passwordProblem(password, account.email);
  if (problem) return refuse('WEAK_PASSWORD', problem, 'password');
  const passwordHash = await hashPassword(password);
  await inTransaction(authPool, async (db) => {
    await db.query('update hub.user_account set password_hash = $2, updated_at = $3 where id = $1', [
      userId,
      passwordHash,
      clock.now(),
    ]);
    await db.query('delete from hub.password_reset where user_id = $1 and used_at is null', [userId]);
    await endSessionsOf(db, userId, sessionId);
    const requestId = ctx.request.id;
    await auditDoor(db, { action, organizationId, userId, roles, requestId, detail: { by: 'password' } });
    await sendNotice(db, { userId, what: 'password' });
  });
}

import { v5 as uuidOf } from 'uuid';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { defineTask } from '../../platform/jobs/task.js';
import { auditDoor } from '../audit.js';
import { resetLetter } from '../letters/letters.js';
import { tokenLink } from '../letters/link.js';
import { sendNotice } from '../letters/notice.js';
import { endSessionsOf } from '../session/session.js';
import { beforeLink, forgetFailures, mayWrite } from '../sign-in/attempts.js';
import type { Door } from '../sign-in/door.js';
import { hashToken, hashWith, keyFor } from '../token.js';
import { inTransaction } from '../transaction.js';
import { accountByEmail, accountById } from './account.js';
import { hashPassword, passwordProblem } from './password.js';

const validMs = 60 * 60_000;
const taskName = 'identity.password-reset';

/** Has a letter with a link sent, if there is such an account. Says and costs the same when there is none. */
export async function requestPasswordReset(door: Door, email: string): Promise<void> {
  const { authPool } = door.platform;
  await beforeLink(door);
  if (!(await mayWrite(door, email))) return;
  const account = await accountByEmail(authPool, email.trim());
  // For an unknown address a job about nobody: it costs the same and does nothing.
  const userId = account && !account.disabled ? account.id : newId();
  await authPool.query('select hub.enqueue($1, $2, job_key => $3)', [
    taskName,
    JSON.stringify({ userId }),
    `${taskName}:${userId}`,
  ]);
}

/** Makes the link and sends it. The token follows from the job, so that a second run makes the same one. */
export const sendResetLetter = defineTask<{ userId: string }>(taskName, async ({ userId }, { platform, job }) => {
  const { authPool, config, clock, mail } = platform;
  const account = await accountById(authPool, userId);
  if (!account || account.disabled) return;
  const token = hashWith(keyFor(config.secret, 'reset token'), userId, job.id).toString('base64url');
  const now = clock.now();
  await authPool.query(
    `insert into hub.password_reset (token_hash, user_id, created_at, expires_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [hashToken(token), userId, now, new Date(now.getTime() + validMs)],
  );
  const { name, locale } = account;
  const letter = resetLetter(locale, { name, link: tokenLink(config, 'reset-password', token) });
  await mail.send({ ...letter, to: account.email, purpose: 'password-reset', id: uuidOf(job.id, userId) });
});

/** Sets a new password by the link of the letter: once, within the hour. Ends all sessions of the person. */
export async function resetPassword(door: Door, token: string, password: string): Promise<void> {
  const { authPool, clock } = door.platform;
  await beforeLink(door);
  const now = clock.now();
  const hash = hashToken(token);
  const { rows } = await authPool.query<{ userId: string }>(
    `select user_id as "userId" from hub.password_reset where token_hash = $1 and used_at is null and expires_at > $2`,
    [hash, now],
  );
  const account = rows[0] && (await accountById(authPool, rows[0].userId));
  if (!account || account.disabled) return linkEnded();
  // Before the link is used up: a password that is refused can be corrected.
  const problem = passwordProblem(password, account.email);
  if (problem) return refuse('WEAK_PASSWORD', problem, 'password');
  const passwordHash = await hashPassword(password);
  await inTransaction(authPool, async (db) => {
    const { rowCount } = await db.query(
      'update hub.password_reset set used_at = $2 where token_hash = $1 and used_at is null',
      [hash, now],
    );
    if (rowCount !== 1) linkEnded();
    const { id: userId, organizationId } = account;
    await db.query('update hub.user_account set password_hash = $2, updated_at = $3 where id = $1', [
      userId,
      passwordHash,
      now,
    ]);
    await db.query('delete from hub.password_reset where user_id = $1 and used_at is null', [userId]);
    await endSessionsOf(db, userId);
    const roles = account.roles ?? [];
    const requestId = door.request.id;
    await auditDoor(db, {
      action: 'account.password',
      organizationId,
      userId,
      roles,
      requestId,
      detail: { by: 'letter' },
    });
    await sendNotice(db, { userId, what: 'password' });
  });
  await forgetFailures(door, account.id, account.email);
}

function linkEnded(): never {
  return refuse('LINK_ENDED', 'This link no longer works. Ask for a new one.', 'token');
}

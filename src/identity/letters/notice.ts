import { v5 as uuidOf } from 'uuid';
import { defineTask } from '../../platform/jobs/task.js';
import { accountById } from '../account/account.js';
import type { Db } from '../transaction.js';
import { noticeLetter, type Notice } from './letters.js';
import { baseUrlOf } from './link.js';

/** What a person is told about their account, whoever did it. Ids and codes only: it travels as a job. */
interface NoticeJob {
  userId: string;
  what: Notice;
  /** Whose administrator did it. */
  organizationId?: string;
}

const taskName = 'identity.notice';

/** Has the letter written when the transaction commits. */
export async function sendNotice(db: Db, notice: NoticeJob): Promise<void> {
  await db.query('select hub.enqueue($1, $2)', [taskName, JSON.stringify(notice)]);
}

export const noticeTask = defineTask<NoticeJob>(taskName, async (notice, { platform, job }) => {
  const { userId, what, organizationId } = notice;
  const { authPool, config, mail } = platform;
  const account = await accountById(authPool, userId);
  if (!account || account.disabled) return;
  const { rows } = await authPool.query<{ name: string }>('select name from hub.organization where id = $1', [
    organizationId ?? null,
  ]);
  const letter = noticeLetter(account.locale, what, {
    name: account.name,
    organization: rows[0]?.name ?? '',
    link: `${baseUrlOf(config)}/forgot-password`,
  });
  await mail.send({ ...letter, to: account.email, purpose: 'notice', id: uuidOf(job.id, userId) });
});

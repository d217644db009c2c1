import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { asTask } from '../database/operation.js';
import { toDate } from '../database/rows.js';
import type { Letter } from '../http/letters.js';
import { newId } from '../id.js';
import type { Mail } from './mail.js';

/** The latest letters that stayed at home, the newest first. */
export async function latestLetters(orm: MikroORM, limit = 50): Promise<Letter[]> {
  const rows = await asTask(orm).write((em) =>
    em.execute<(Omit<Letter, 'at'> & { at: string })[]>(
      `select recipient, subject, body_text as text, reply_to as "replyTo", created_at as at from hub.mail_outbox
       order by created_at desc, id desc limit ?`,
      [limit],
    ),
  );
  return rows.map((row) => ({ ...row, at: toDate(row.at) }));
}

/** Deletes the letters that were written before. */
export async function clearLetters(orm: MikroORM, before: Date): Promise<void> {
  await asTask(orm).write((em) => em.execute('delete from hub.mail_outbox where created_at < ?', [before]));
}

/**
 * Letters that stay at home: kept in hub.mail_outbox, where the demo shows them. The way when no SMTP_URL is set. `pool` is
 * that of the queue: a job that sends holds a connection of the other.
 */
export function outboxMail(pool: Pool): Mail {
  return {
    async send({ to, subject, text, html, replyTo, purpose, id = newId() }) {
      await pool.query(
        `insert into hub.mail_outbox (id, recipient, subject, body_text, body_html, reply_to, purpose, sent_at)
         values ($1, $2, $3, $4, $5, $6, $7, now()) on conflict (id) do nothing`,
        [id, to, subject, text, html ?? null, replyTo ?? null, purpose],
      );
    },
    close: async () => undefined,
  };
}

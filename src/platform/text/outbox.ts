import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { asTask } from '../database/operation.js';
import { toDate } from '../database/rows.js';
import type { Letter } from '../http/letters.js';
import { newId } from '../id.js';
import type { Texts } from './text.js';

/** Text messages that stay at home: kept in hub.text_outbox, where the demo shows them. The way without TEXT_URL; by the pool of the queue. */
export function outboxTexts(pool: Pool): Texts {
  return {
    async send({ to, text, purpose, id = newId() }) {
      await pool.query(
        'insert into hub.text_outbox (id, recipient, body, purpose) values ($1, $2, $3, $4) on conflict (id) do nothing',
        [id, to, text, purpose],
      );
    },
  };
}

/** The latest text messages that stayed at home, the newest first, as letters without a subject. */
export async function latestTexts(orm: MikroORM, limit = 50): Promise<Letter[]> {
  const rows = await asTask(orm).write((em) =>
    em.execute<{ recipient: string; text: string; at: string }[]>(
      'select recipient, body as text, created_at as at from hub.text_outbox order by created_at desc, id desc limit ?',
      [limit],
    ),
  );
  return rows.map((row) => ({ ...row, subject: 'Text message', at: toDate(row.at) }));
}

/** Deletes the messages that were written before. */
export async function clearTexts(orm: MikroORM, before: Date): Promise<void> {
  await asTask(orm).write((em) => em.execute('delete from hub.text_outbox where created_at < ?', [before]));
}

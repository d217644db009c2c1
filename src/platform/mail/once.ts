import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import { asTask } from '../database/operation.js';

interface Way<M> {
  send(message: M): Promise<void>;
}

/**
 * A way out that sends what has an id once: a job that failed half way, or was killed, runs again as a whole. Only a
 * process that dies between the other side's word and the row leaves room for a second copy, under the same id. `pool` is
 * not the one that jobs read with: the one that sends holds a connection of that.
 */
export function once<M extends { id?: string }>(pool: Pool, way: 'MAIL' | 'TEXT', out: Way<M>): Way<M> {
  return {
    async send(message) {
      const { id } = message;
      if (id === undefined) return out.send(message);
      const left = await pool.query('select from hub.letter_left where id = $1 and way = $2', [id, way]);
      if (left.rowCount) return;
      await out.send(message);
      await pool.query('insert into hub.letter_left (id, way) values ($1, $2) on conflict do nothing', [id, way]);
    },
  };
}

/** Sends each, whatever becomes of the others: an address that is refused keeps nobody else's letter. Throws the first failure. */
export async function sendEach(sending: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const send of sending) await send().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

/** Forgets what left before. */
export async function clearLeft(orm: MikroORM, before: Date): Promise<void> {
  await asTask(orm).write((em) => em.execute('delete from hub.letter_left where at < ?', [before]));
}

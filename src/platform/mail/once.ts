import type { MikroORM } from '@mikro-orm/postgresql';
import { asTask } from '../database/operation.js';

interface Way<M> {
  send(message: M): Promise<void>;
}

/**
 * A way out that sends what has an id once: a job that failed half way, or was killed, runs again as a whole. Only a
 * process that dies between the other side's word and the row leaves room for a second copy, under the same id.
 */
export function once<M extends { id?: string }>(orm: MikroORM, way: 'MAIL' | 'TEXT', out: Way<M>): Way<M> {
  return {
    async send(message) {
      const { id } = message;
      if (id === undefined) return out.send(message);
      const left = await asTask(orm).write((em) =>
        em.execute('select 1 from hub.letter_left where id = ? and way = ?', [id, way]),
      );
      if (left.length > 0) return;
      await out.send(message);
      await asTask(orm).write((em) =>
        em.execute('insert into hub.letter_left (id, way) values (?, ?) on conflict do nothing', [id, way]),
      );
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

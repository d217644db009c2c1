import { setTimeout as pause } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { newId } from '../../id.js';
import type { SearchWrite } from '../port.js';

/** Longer than any one request and task; whoever works longer says so in between. */
const LEASE = '4 minutes';
const NAME = 'meilisearch.lease';
const LOOK_MS = 250;

/** Somebody else changes the index now. */
class LeaseTaken extends Error {
  override readonly name = 'LeaseTaken';
}

/** Takes the lease or prolongs it; false when another holds it. */
async function take(em: EntityManager, holder: string): Promise<boolean> {
  const { rows } = await sql`
    insert into hub.search_state as s (name, value) values (${NAME}, ${holder} || ' ' || clock_timestamp() + ${LEASE}::interval)
    on conflict (name) do update set value = excluded.value
    where s.value like ${holder} || ' %' or substr(s.value, 38)::timestamptz < clock_timestamp()
    returning name`.execute(em.getKysely<unknown>());
  return rows.length === 1;
}

async function giveBack(em: EntityManager, holder: string): Promise<void> {
  await sql`delete from hub.search_state where name = ${NAME} and value like ${holder} || ' %'`.execute(
    em.getKysely<unknown>(),
  );
}

/**
 * Runs something while nobody else changes the index, in this process or another: two that send the same service could
 * leave the older state behind. Not a lock of a transaction, because no transaction is open while Meilisearch works; what
 * a process that died has taken is free again after some minutes. `keep` is called now and then by long work.
 */
export async function withLease<T>(
  write: SearchWrite,
  work: (keep: () => Promise<void>) => Promise<T>,
  { waitMs = 0 } = {},
): Promise<T> {
  const holder = newId();
  const keep = async (): Promise<void> => {
    if (!(await write((em) => take(em, holder)))) throw new LeaseTaken('The index is being changed by another process');
  };
  const end = Date.now() + waitMs;
  while (!(await write((em) => take(em, holder)))) {
    if (Date.now() >= end) throw new LeaseTaken('The index is being changed by another process');
    await pause(LOOK_MS);
  }
  try {
    return await work(keep);
  } finally {
    await write((em) => giveBack(em, holder));
  }
}

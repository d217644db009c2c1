import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { SearchWrite } from '../port.js';
import { readDocuments } from '../postgres/documents.js';
import { toMeili } from './document.js';
import { withLease } from './lease.js';
import type { MeiliIndex } from './meili-index.js';

/** Services in one batch: some hundred kilobytes, a second of indexing. */
const BATCH = 500;

/** Notes that the index has to be told of services: each once, however long it is away and however often they change. */
export async function mark(em: EntityManager, serviceIds: readonly string[]): Promise<void> {
  if (serviceIds.length === 0) return;
  await sql`insert into hub.search_push as p (service_id) select distinct id from unnest(${serviceIds}::uuid[]) id order by id
    on conflict (service_id) do update set seq = excluded.seq, marked_at = excluded.marked_at`.execute(
    em.getKysely<unknown>(),
  );
}

/** How many services wait. */
export async function waiting(em: EntityManager): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from hub.search_push`.execute(
    em.getKysely<unknown>(),
  );
  return rows[0]?.n ?? 0;
}

interface Marked {
  id: string;
  seq: string;
}

/**
 * Tells the index of all services that wait, a batch at a time, each awaited before the next is read: what Meilisearch
 * cannot take stays in PostgreSQL. A service that is marked again while it is sent is sent again.
 */
export async function push(index: MeiliIndex, write: SearchWrite): Promise<number> {
  if ((await write(waiting)) === 0) return 0;
  return withLease(write, async (keep) => {
    for (let sent = 0; ;) {
      const { marked, documents } = await write(async (em) => {
        const { rows } = await sql<Marked>`
          select service_id as id, seq from hub.search_push order by seq limit ${BATCH}`.execute(
          em.getKysely<unknown>(),
        );
        const ids = rows.map(({ id }) => id);
        return { marked: rows, documents: await readDocuments(em, 'hub.search_document', ids) };
      });
      if (marked.length === 0) return sent;
      await index.replace(
        marked.map(({ id }) => id),
        documents.map(toMeili),
      );
      await write(async (em) => {
        await sql`delete from hub.search_push p using unnest(${marked.map(({ id }) => id)}::uuid[], ${marked.map(({ seq }) => seq)}::bigint[])
          t (id, seq) where p.service_id = t.id and p.seq = t.seq`.execute(em.getKysely<unknown>());
      });
      await keep();
      sent += marked.length;
    }
  });
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Logger } from '../../log.js';
import type { SearchWrite } from '../port.js';
import { readDocuments } from '../postgres/documents.js';
import { toMeili, type MeiliDocument } from './document.js';
import { withLease } from './lease.js';
import { MeiliTaskError, type MeiliIndex } from './meili-index.js';

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
 * Sends services; when the index refuses a batch, each half alone, so that one document it cannot take keeps back no
 * other. Such a one is left to the nightly comparison, which says so again.
 */
async function send(
  index: MeiliIndex,
  serviceIds: readonly string[],
  documents: readonly MeiliDocument[],
  log: Logger,
): Promise<void> {
  try {
    await index.replace(serviceIds, documents);
  } catch (error) {
    if (!(error instanceof MeiliTaskError)) throw error;
    if (serviceIds.length === 1) {
      log.error({ err: error, serviceId: serviceIds[0] }, 'Meilisearch refuses a service');
      return;
    }
    const middle = Math.ceil(serviceIds.length / 2);
    for (const half of [serviceIds.slice(0, middle), serviceIds.slice(middle)]) {
      const ids = new Set(half);
      await send(
        index,
        half,
        documents.filter(({ serviceId }) => ids.has(serviceId)),
        log,
      );
    }
  }
}

/** The next services that wait, with their documents as they are now. */
async function nextBatch(em: EntityManager): Promise<{ marked: Marked[]; documents: MeiliDocument[] }> {
  const { rows } = await sql<Marked>`
    select service_id as id, seq from hub.search_push order by seq limit ${BATCH}`.execute(em.getKysely<unknown>());
  const documents = await readDocuments(
    em,
    'hub.search_document',
    rows.map(({ id }) => id),
  );
  return { marked: rows, documents: documents.map(toMeili) };
}

/** Takes services off the list, unless they were marked again meanwhile. */
async function unmark(em: EntityManager, marked: readonly Marked[]): Promise<void> {
  const [ids, seqs] = [marked.map(({ id }) => id), marked.map(({ seq }) => seq)];
  await sql`delete from hub.search_push p using unnest(${ids}::uuid[], ${seqs}::bigint[]) t (id, seq)
    where p.service_id = t.id and p.seq = t.seq`.execute(em.getKysely<unknown>());
}

/**
 * Tells the index of all services that wait, a batch at a time, each awaited before the next is read: what Meilisearch
 * cannot take stays in PostgreSQL. A service that is marked again while it is sent is sent again. Returns how many.
 */
export async function push(index: MeiliIndex, write: SearchWrite, log: Logger): Promise<number> {
  if ((await write(waiting)) === 0) return 0;
  return withLease(write, async (keep) => {
    for (let sent = 0; ;) {
      const { marked, documents } = await write(nextBatch);
      if (marked.length === 0) return sent;
      await send(
        index,
        marked.map(({ id }) => id),
        documents,
        log,
      );
      await write((em) => unmark(em, marked));
      await keep();
      sent += marked.length;
    }
  });
}

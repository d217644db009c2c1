import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { defineTask } from '../../platform/jobs/task.js';
import type { SearchEngine } from '../../platform/search/port.js';
import { readDocuments } from '../../platform/search/postgres/documents.js';
import { deriveOwn } from '../plain/derive-own.js';
import { learnAreas } from './areas.js';
import { learnPatterns } from './patterns.js';

/** Keeps what the documents of some services are made of: the kinds of help they give, and by key hours, rules and drawn areas. */
export async function learn(em: EntityManager, serviceIds: readonly string[]): Promise<void> {
  await deriveOwn(em, serviceIds);
  await learnPatterns(em, serviceIds);
  await learnAreas(em, serviceIds);
}

/**
 * Waits until nobody else brings the search up to date with any of these services: of two jobs that read and write the same
 * ones at once, the one that read first could write last, and what it knows would stay. Taken in one order, so that none locks
 * another out.
 */
async function takeTurns(em: EntityManager, serviceIds: readonly string[]): Promise<void> {
  const db = em.getKysely<unknown>();
  // A request gives up after three seconds; who waits here has nobody waiting for it.
  await sql`set local lock_timeout = '60s'`.execute(db);
  await sql`select pg_advisory_xact_lock(k.key) from (select distinct hashtextextended(id, 4711) as key
    from unnest(${[...serviceIds]}::text[]) id order by 1) k`.execute(db);
}

/** Brings the search up to date with some services: those that are gone from the directory leave it. */
export async function reindex(em: EntityManager, search: SearchEngine, serviceIds: readonly string[]): Promise<void> {
  await takeTurns(em, serviceIds);
  await learn(em, serviceIds);
  const documents = await readDocuments(em, 'hub.search_source', serviceIds);
  const found = new Set(documents.map((document) => document.serviceId));
  await search.remove(
    em,
    serviceIds.filter((id) => !found.has(id)),
  );
  await search.upsert(em, documents);
}

/** What the search shows of a listing depends on its agency’s others where one of them gives refuge. */
async function underOneRoof(em: EntityManager, serviceIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select hub.under_one_roof(${[...serviceIds]}::uuid[]) as id`.execute(
    em.getKysely<unknown>(),
  );
  return rows.map(({ id }) => id);
}

/** At most this many services in one transaction: each is a lock, of which the database keeps some thousands for all. */
const BATCH = 100;

/** Brings the search up to date after a change. It reads what is there now, so running it twice or late does no harm. */
export const indexServices = defineTask<{ serviceIds: readonly string[] }>(
  'search.index',
  async ({ serviceIds: asked }, { db, platform }) => {
    const serviceIds = await db.write((em) => underOneRoof(em, asked));
    for (let at = 0; at < serviceIds.length; at += BATCH) {
      await db.write((em) => reindex(em, platform.search, serviceIds.slice(at, at + BATCH)));
    }
  },
);

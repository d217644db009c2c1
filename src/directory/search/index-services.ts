import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { defineTask } from '../../platform/jobs/task.js';
import type { SearchDocument, SearchEngine } from '../../platform/search/port.js';
import { learnAreas } from './areas.js';
import { learnPatterns } from './patterns.js';

/** What the search should know of these services, as the directory has them now. */
export async function documentsOf(em: EntityManager, serviceIds: readonly string[]): Promise<SearchDocument[]> {
  const { rows } = await sql<SearchDocument>`
    select id, service_id as "serviceId", location_id as "locationId", organization_id as "organizationId", name,
      alternate_name as "alternateName", organization_name as "organizationName", keywords, summary, categories, languages, city,
      county, state, zip, latitude, longitude, covers, terms, costs, hours::float8 as hours, eligibility::float8 as eligibility,
      is_free as "isFree", takes_referrals as "takesReferrals",
      has_interpreter as "hasInterpreter", accessible, capacity_status as "capacityStatus",
      capacity_until as "capacityUntil", assured_date as "assuredDate", version::float8 as version
    from hub.search_source where service_id = any (${serviceIds}::uuid[])`.execute(em.getKysely<unknown>());
  return rows;
}

/** Keeps what the documents of some services name by key: hours, rules and drawn areas. */
export async function learn(em: EntityManager, serviceIds: readonly string[]): Promise<void> {
  await learnPatterns(em, serviceIds);
  await learnAreas(em, serviceIds);
}

/** Brings the search up to date with some services: those that are gone from the directory leave it. */
export async function reindex(em: EntityManager, search: SearchEngine, serviceIds: readonly string[]): Promise<void> {
  await learn(em, serviceIds);
  const documents = await documentsOf(em, serviceIds);
  const found = new Set(documents.map((document) => document.serviceId));
  await search.remove(
    em,
    serviceIds.filter((id) => !found.has(id)),
  );
  await search.upsert(em, documents);
}

/** At most this many services in one transaction. */
const BATCH = 500;

/** Brings the search up to date after a change. It reads what is there now, so running it twice or late does no harm. */
export const indexServices = defineTask<{ serviceIds: readonly string[] }>(
  'search.index',
  async ({ serviceIds }, { db, platform }) => {
    for (let at = 0; at < serviceIds.length; at += BATCH) {
      await db.write((em) => reindex(em, platform.search, serviceIds.slice(at, at + BATCH)));
    }
  },
);

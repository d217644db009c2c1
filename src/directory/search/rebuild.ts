import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { OperationDb } from '../../platform/database/operation.js';
import { withPlainCategories } from '../plain/plain-synonyms.js';
import { readSeed } from '../../platform/seed.js';
import type { SearchEngine, SearchSynonym, SearchWrite } from '../../platform/search/port.js';
import { postgresSearch } from '../../platform/search/postgres/engine.js';
import { learn } from './index-services.js';
import { noteLayout } from './layout.js';

/** Services in one transaction of a rebuild. */
const PAGE = 5000;

/** What people say and what listings say, as the hub brings it along. */
export function seededSynonyms(): SearchSynonym[] {
  return withPlainCategories((readSeed('synonyms.json') as { synonyms: SearchSynonym[] }).synonyms);
}

/**
 * Builds the search anew from the directory: after an import or a seed, and with `npm run search:rebuild`. Searches go
 * on meanwhile. Given the database of background work, it takes a transaction for each page of services; given an
 * EntityManager, it all happens in that one's. Returns the services read.
 */
export async function rebuildSearch(
  db: OperationDb | EntityManager,
  search: SearchEngine = postgresSearch,
): Promise<number> {
  const write: SearchWrite = db instanceof OperationDb ? (work) => db.write(work) : (work) => work(db);
  await write((em) => search.ensure(em, { synonyms: seededSynonyms() }));
  const services = await search.swap(write, { relation: 'hub.search_source', pages: () => servicePages(write) });
  await write(noteLayout);
  return services;
}

async function* servicePages(write: SearchWrite): AsyncGenerator<string[]> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const ids = await write(async (em) => {
      const { rows } = await sql<{ id: string }>`
        select id from hub.service where id > ${last}::uuid order by id limit ${PAGE}`.execute(em.getKysely<unknown>());
      const page = rows.map((row) => row.id);
      await learn(em, page);
      return page;
    });
    const end = ids.at(-1);
    if (end === undefined) return;
    yield ids;
    last = end;
  }
}

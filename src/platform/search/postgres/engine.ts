import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { SearchEngine } from '../port.js';
import { ensureSynonyms, remove, renewAll, upsert } from './documents.js';
import { answer } from './query.js';
import { suggestions } from './suggest.js';

/** The engine that needs nothing but the database. */
export const postgresSearch: SearchEngine = {
  name: 'postgresql',
  ensure: (em, { synonyms }) => ensureSynonyms(em, synonyms),
  upsert,
  remove,
  query: (em, question) => answer(em.getKysely<unknown>(), question),
  suggest: (em, text, limit) => suggestions(em.getKysely<unknown>(), text, limit),
  swap: renewAll,
  async count(em: EntityManager): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from hub.search_document`.execute(
      em.getKysely<unknown>(),
    );
    return rows[0]?.n ?? 0;
  },
};

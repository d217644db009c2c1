import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import type { Connection, PageArgs } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { wordsOf } from '../../platform/search/words.js';
import { Synonym, SynonymChange } from './synonym.entity.js';

interface Tables {
  'hub.search_synonym': { id: string; phrase: string; means: string[]; language: string };
  'hub.synonym_change': { id: string; changed_at: string };
}

const byPhrase = [{ by: 'y.phrase', type: 'text', direction: 'asc' }] as const;
const latest = [
  { by: 'c.changed_at', type: 'timestamptz', direction: 'desc' },
  { by: 'c.id', type: 'uuid', direction: 'desc' },
] as const;

function inOrder<T extends { id: string }>(ids: Connection<string>, rows: readonly T[]): Connection<T> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const edges = ids.edges.flatMap(({ cursor, node }) => {
    const found = byId.get(node);
    return found ? [{ cursor, node: found }] : [];
  });
  return { edges, pageInfo: ids.pageInfo };
}

export async function synonymPage(
  ctx: HubContext,
  { text, language }: { text: string | null; language: string | null },
  page: PageArgs,
): Promise<Connection<Synonym>> {
  const em = await ctx.db.em();
  let query = em.getKysely<Tables>().selectFrom('hub.search_synonym as y').select(['y.id', 'y.phrase']);
  if (language !== null) {
    if (language !== 'en' && language !== 'es') fail.badInput('language', '`en` or `es` is expected');
    query = query.where('y.language', '=', language);
  }
  const part = wordsOf((text ?? '').slice(0, 100)).join(' ');
  if (part !== '') {
    query = query.where(
      sql<boolean>`position(${part} in hub.search_text(y.phrase || ' ' || array_to_string(y.means, ' '))) > 0`,
    );
  }
  const ids = await keysetPage(query, byPhrase, page, (row) => row.id);
  return inOrder(ids, await em.find(Synonym, { id: { $in: ids.edges.map(({ node }) => node) } }));
}

export async function synonymChangePage(ctx: HubContext, page: PageArgs): Promise<Connection<SynonymChange>> {
  const em = await ctx.db.em();
  const query = em.getKysely<Tables>().selectFrom('hub.synonym_change as c').select('c.id');
  const ids = await keysetPage(query, latest, page, (row) => row.id);
  return inOrder(ids, await em.find(SynonymChange, { id: { $in: ids.edges.map(({ node }) => node) } }));
}

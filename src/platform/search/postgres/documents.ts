import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { SearchDocument, SearchSource, SearchSynonym, SearchWrite } from '../port.js';
import { newId } from '../../id.js';
import { learnNames, renewNames } from './names.js';

const COLUMNS = [
  'id',
  'service_id',
  'location_id',
  'organization_id',
  'name',
  'alternate_name',
  'organization_name',
  'keywords',
  'summary',
  'categories',
  'languages',
  'city',
  'county',
  'state',
  'zip',
  'latitude',
  'longitude',
  'covers',
  'terms',
  'costs',
  'hours',
  'eligibility',
  'is_free',
  'takes_referrals',
  'has_interpreter',
  'accessible',
  'capacity_status',
  'capacity_until',
  'assured_date',
  'answers',
  'version',
] as const;

const columns = sql.join(COLUMNS.map((column) => sql.ref(column)));
const values = (of: string) => sql`(${sql.join(COLUMNS.map((column) => sql.ref(`${of}.${column}`)))})`;
const renewed = sql.join(
  COLUMNS.filter((column) => column !== 'id').map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`),
);
/** The words of a document, each once, as spelling needs them. */
const spelled = sql`select distinct w.word from d, regexp_split_to_table(hub.search_text(concat_ws(' ', d.name, d.alternate_name,
  d.organization_name, d.keywords, d.city, d.county, left(d.summary, 2000))), ' ') w (word)
  where length(w.word) between 2 and 30 and w.word !~ '[0-9]'`;

/**
 * Writes documents from a select over the same columns. A document never replaces a newer one of its own, and what has
 * not changed is not written again. Returns the services of those that were written.
 */
async function put(db: Kysely<unknown>, source: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    insert into hub.search_document as s (${columns}) select ${columns} from ${source} d
    on conflict (id) do update set ${renewed} where excluded.version >= s.version and ${values('s')} is distinct from ${values('excluded')}
    returning s.service_id as id`.execute(db);
  return [...new Set(rows.map((row) => row.id))];
}

/** The columns of {@link SearchDocument} under its names. */
export const documentFields = sql.join(
  COLUMNS.map((column) => {
    const name = sql.ref(column.replace(/_[a-z]/g, (letter) => letter.slice(1).toUpperCase()));
    const wide = column === 'version' || column === 'hours' || column === 'eligibility';
    return wide ? sql`${sql.ref(column)}::float8 as ${name}` : sql`${sql.ref(column)} as ${name}`;
  }),
);

/** The documents of some services, from the directory's view or as they are kept. */
export async function readDocuments(
  em: EntityManager,
  relation: SearchSource['relation'],
  serviceIds: readonly string[],
): Promise<SearchDocument[]> {
  const { rows } = await sql<SearchDocument>`
    select ${documentFields} from ${sql.table(relation)} where service_id = any (${serviceIds}::uuid[])`.execute(
    em.getKysely<unknown>(),
  );
  return rows;
}

/** Puts documents in the place of all that is there for their services. */
export async function upsert(em: EntityManager, documents: readonly SearchDocument[]): Promise<void> {
  if (documents.length === 0) return;
  const db = em.getKysely<unknown>();
  const json = JSON.stringify(documents.map(toRow));
  // In the order of their ids: two jobs with some of the same services wait for each other instead of locking each other out.
  const rows = sql`(select * from json_populate_recordset(null::hub.search_document, ${json}::json) order by id)`;
  await sql`delete from hub.search_document where service_id = any (${documents.map((d) => d.serviceId)}::uuid[])
    and not id = any (${documents.map((d) => d.id)}::uuid[])`.execute(db);
  await put(db, rows);
  await learnNames(db, rows);
  await sql`with d as ${rows} insert into hub.search_word (word, documents)
    select word, 1 from (${spelled}) x order by word on conflict (word) do nothing`.execute(db);
}

function toRow(document: SearchDocument): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value as unknown,
    ]),
  );
}

export async function remove(em: EntityManager, serviceIds: readonly string[]): Promise<void> {
  if (serviceIds.length === 0) return;
  await sql`delete from hub.search_document where service_id = any (${serviceIds}::uuid[])`.execute(
    em.getKysely<unknown>(),
  );
}

/** Renews every document in place, a page of services in a transaction, and then the words. */
export async function renewAll(write: SearchWrite, source: SearchSource): Promise<number> {
  let services = 0;
  let last = '00000000-0000-0000-0000-000000000000';
  const relation = sql.table(source.relation);
  for await (const ids of source.pages()) {
    const to = ids.at(-1);
    if (to === undefined) continue;
    await write(async (em) => {
      const kysely = em.getKysely<unknown>();
      const page = sql`(select ${columns} from ${relation} where service_id = any (${ids}::uuid[]))`;
      await sql`delete from hub.search_document d where d.service_id > ${last}::uuid and d.service_id <= ${to}::uuid
        and not exists (select from ${relation} s where s.service_id = d.service_id and s.id = d.id)`.execute(kysely);
      await put(kysely, page);
    });
    last = to;
    services += ids.length;
  }
  await write(async (em) => {
    await sql`delete from hub.search_document where service_id > ${last}::uuid`.execute(em.getKysely<unknown>());
    await recount(em);
  });
  return services;
}

/** Counts words and names anew, and with them what PostgreSQL plans by: after many documents were written one by one. */
export async function recount(em: EntityManager): Promise<void> {
  const kysely = em.getKysely<unknown>();
  await renewWords(kysely);
  await renewNames(kysely);
  await sql`select hub.fresh_statistics()`.execute(kysely);
}

/** Counts every word anew, and keeps those that only synonyms use. */
async function renewWords(db: Kysely<unknown>): Promise<void> {
  const text = `select to_tsvector('simple', hub.search_text(concat_ws(' ', name, alternate_name, organization_name, keywords, city,
    county, left(summary, 2000)))) from hub.search_document`;
  await sql`
    with fresh as materialized (
      select word, ndoc as documents from ts_stat(${text}) where length(word) between 2 and 30 and word !~ '[0-9]'
    ), gone as (
      delete from hub.search_word w where not exists (select from fresh f where f.word = w.word)
    )
    insert into hub.search_word as w (word, documents) select word, documents from fresh
    on conflict (word) do update set documents = excluded.documents where w.documents <> excluded.documents`.execute(
    db,
  );
  await addSynonymWords(db);
}

async function addSynonymWords(db: Kysely<unknown>): Promise<void> {
  await sql`insert into hub.search_word (word, documents)
    select distinct w, 0 from hub.search_synonym s, regexp_split_to_table(hub.search_text(s.phrase), ' ') w
    where length(w) between 2 and 30 and w !~ '[0-9]' order by w on conflict (word) do nothing`.execute(db);
}

/** Adds synonyms that are not there yet and renews those that no curator has touched; what a curator took out stays out. */
export async function ensureSynonyms(em: EntityManager, synonyms: readonly SearchSynonym[]): Promise<void> {
  const db = em.getKysely<unknown>();
  const rows = JSON.stringify(synonyms.map((synonym) => ({ id: newId(), ...synonym })));
  await sql`
    with given as materialized (
      select x.id, x.phrase, x.means, coalesce(x.near, '{}') as near, x.category, x.language, coalesce(x.instead, false) as instead
      from json_to_recordset(${rows}::json) as x (id uuid, phrase text, means text[], near text[], category text, language text, instead boolean)
      where not exists (select from hub.synonym_change c where c.phrase = x.phrase and c.action = 'REMOVED')
    )
    insert into hub.search_synonym as s (id, phrase, means, near, category, language, instead) select * from given g
    -- What stands there so already, or as a curator left it, is not even tried: stems of thousands would be made for nothing.
    where not exists (select from hub.search_synonym k where k.phrase = g.phrase and (k.edited
      or (k.means, k.near, k.category, k.language, k.instead) is not distinct from (g.means, g.near, g.category, g.language, g.instead)))
    on conflict (phrase) do update set means = excluded.means, near = excluded.near, category = excluded.category, language = excluded.language,
      instead = excluded.instead, updated_at = now(), version = s.version + 1 where not s.edited`.execute(db);
  await addSynonymWords(db);
}

import { sql, type Kysely, type RawBuilder } from 'kysely';

/** So many that bear a name are remembered: whether it is one alone, and whether it is still there. */
const REMEMBERED = 3;

/** Names in `kind`, `folded`, `name`, `ids`, `entries`, out of documents. */
const namesIn = (documents: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select kind, folded, min(name) as name, array(select distinct id::uuid from unnest(array[min(id), max(id)]) id) as ids,
    floor(log(2, count(*)))::smallint as weight
  from (
    select 'SERVICE' as kind, hub.fold(name) as folded, name, service_id::text as id from ${documents} d
    union all
    select 'ORGANIZATION', hub.fold(organization_name), organization_name, organization_id::text from ${documents} d
  ) n where folded <> '' group by kind, folded`;

const wordsOf = (names: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  insert into hub.search_name_word (kind, stem, lead, weight, folded, stems)
  select n.kind, w.stem, w.lead, n.weight, n.folded, w.stems from ${names} n, hub.search_name_words(n.name) w
  order by 1, 2, 3, 4, 5 on conflict do nothing`;

/** Learns the names of documents that were written. Names that are gone stay until the next rebuild. */
export async function learnNames(db: Kysely<unknown>, documents: RawBuilder<unknown>): Promise<void> {
  await sql`
    with given as materialized (${namesIn(documents)}), put as (
      insert into hub.search_name as s (kind, folded, name, ids) select kind, folded, name, ids from given order by kind, folded
      on conflict (kind, folded) do update set ids = s.ids || array(select x from unnest(excluded.ids) x where x <> all (s.ids))
      where not s.ids @> excluded.ids and cardinality(s.ids) < ${REMEMBERED}
      returning kind, folded, xmax = 0 as fresh
    ), fresh as (select g.* from given g join put p using (kind, folded) where p.fresh)
    ${wordsOf(sql`fresh`)}`.execute(db);
}

/** Reads all names anew from the documents. A name seldom weighs otherwise: from one document to two, from two to four. */
export async function renewNames(db: Kysely<unknown>): Promise<void> {
  // Hundreds of thousands on each side, of which PostgreSQL expects two hundred: only by hash are they compared in seconds.
  await sql`select set_config('enable_nestloop', 'off', true), set_config('work_mem', '128MB', true)`.execute(db);
  await sql`
    with fresh as materialized (${namesIn(sql`hub.search_document`)}), gone as (
      delete from hub.search_name s where not exists (select from fresh n where n.kind = s.kind and n.folded = s.folded)
    ), kept as (
      insert into hub.search_name as s (kind, folded, name, ids) select kind, folded, name, ids from fresh
      on conflict (kind, folded) do update set name = excluded.name, ids = excluded.ids
      where (s.name, s.ids) is distinct from (excluded.name, excluded.ids)
    ), other as (
      delete from hub.search_name_word w where not exists (
        select from fresh n where n.kind = w.kind and n.folded = w.folded and n.weight = w.weight)
    ), missing as (
      select n.* from fresh n where not exists (
        select from hub.search_name_word w where w.kind = n.kind and w.folded = n.folded and w.weight = n.weight)
    )
    ${wordsOf(sql`missing`)}`.execute(db);
  await sql`set local enable_nestloop to default`.execute(db);
  await sql`set local work_mem to default`.execute(db);
}

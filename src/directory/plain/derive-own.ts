import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { derive, rowsFor, type ListingWords } from './derive.js';

interface Listed extends ListingWords {
  id: string;
}

/**
 * Derives the kinds of help of listings that came in with no import: written by curators and agencies here. Their SDOH
 * categories stay as whoever wrote them chose them.
 */
export async function deriveOwn(em: EntityManager, serviceIds: readonly string[]): Promise<void> {
  const db = em.getKysely<unknown>();
  const { rows } = await sql<Listed>`
    select s.id, s.name, s.alternate_name as "alternateName", s.description, o.name as "organizationName",
      array(select t.name from hub.attribute a join hub.taxonomy_term t on t.id = a.taxonomy_term_id where a.link_id = s.id and t.name is not null) as terms
    from hub.service s left join hub.organization o on o.id = s.organization_id
    where s.id = any (${[...serviceIds]}::uuid[]) and s.source_id is null`.execute(db);
  if (rows.length === 0) return;
  const derived = rows.flatMap(({ id, ...words }) => rowsFor(id, derive(words)));
  await sql`
    with found as materialized (
      select * from json_to_recordset(${JSON.stringify(derived)}::json) as x (service_id uuid, code text, confidence real, found_in text, words text)
    ), gone as (
      delete from hub.derived_category d where d.service_id = any (${rows.map(({ id }) => id)}::uuid[])
        and not exists (select from found f where f.service_id = d.service_id and f.code = d.code)
    )
    insert into hub.derived_category as d select * from found order by service_id, code
    on conflict (service_id, code) do update set confidence = excluded.confidence, found_in = excluded.found_in, words = excluded.words
    where (d.confidence, d.found_in, d.words) is distinct from (excluded.confidence, excluded.found_in, excluded.words)`.execute(
    db,
  );
}

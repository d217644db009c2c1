import type { ClientBase } from 'pg';
import { derive, rowsFor, sdohOf } from './derive.js';
import { ensurePlainCategories } from './plain-categories.js';

/** Services read and derived at once. */
const PAGE = 5000;

interface Incoming {
  id: string;
  name: string;
  alternate_name: string | null;
  description: string | null;
  agency: string | null;
  terms: string[] | null;
  categories: string[] | null;
}

/** The temporary tables of an import, by name of their entity; null when it brings none. */
export interface IncomingTables {
  service: string;
  organization: string | null;
  attribute: string | null;
  taxonomy_term: string | null;
}

/**
 * Derives the categories of all incoming services from their words and terms, before they are compared with what is
 * there: importing again changes nothing. What the source says itself is kept; what a curator has chosen is not touched.
 */
export async function deriveIncoming(client: ClientBase, tables: IncomingTables): Promise<void> {
  await ensurePlainCategories(client);
  await client.query(
    `create temp table incoming_derived (service_id uuid not null, code text not null, confidence real not null,
       found_in text not null, words text not null) on commit drop`,
  );
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await client.query<Incoming>(pageOf(tables), [last, PAGE]);
    const end = rows.at(-1);
    if (!end) return;
    await note(client, tables, rows);
    last = end.id;
  }
}

function pageOf({ service, organization, attribute, taxonomy_term: term }: IncomingTables): string {
  const agency = organization ? `left join ${organization} io on io.id = s.organization_id` : '';
  const terms = attribute
    ? `(select array_agg(distinct coalesce(${term ? 'it.name, ' : ''}t.name)) from ${attribute} a
         ${term ? `left join ${term} it on it.id = a.taxonomy_term_id` : ''}
         left join hub.taxonomy_term t on t.id = a.taxonomy_term_id where a.link_id = s.id)`
    : 'null::text[]';
  return `select s.id, s.name, s.alternate_name, s.description, s.categories,
      coalesce(${organization ? 'io.name, ' : ''}o.name) as agency, ${terms} as terms
    from ${service} s ${agency} left join hub.organization o on o.id = s.organization_id
    where s.id > $1::uuid order by s.id limit $2`;
}

async function note(client: ClientBase, { service }: IncomingTables, rows: readonly Incoming[]): Promise<void> {
  const derived: ReturnType<typeof rowsFor> = [];
  const categories: { id: string; codes: string[] }[] = [];
  for (const row of rows) {
    const found = derive({
      name: row.name,
      alternateName: row.alternate_name,
      organizationName: row.agency,
      description: row.description,
      terms: (row.terms ?? []).filter((term) => term !== null),
    });
    derived.push(...rowsFor(row.id, found));
    const own = row.categories ?? [];
    const codes = [...new Set([...own, ...sdohOf(found)])];
    if (codes.length > own.length) categories.push({ id: row.id, codes });
  }
  await client.query(
    `insert into incoming_derived select * from json_to_recordset($1::json)
       as x (service_id uuid, code text, confidence real, found_in text, words text)`,
    [JSON.stringify(derived)],
  );
  await client.query(
    `update ${service} s set categories = array(select json_array_elements_text(x.codes))
     from json_to_recordset($1::json) as x (id uuid, codes json) where s.id = x.id`,
    [JSON.stringify(categories)],
  );
}

/** Writes why each incoming service was taken for what it is, once the services are there. */
export async function keepDerived(client: ClientBase, { service }: IncomingTables): Promise<void> {
  await client.query('create index on incoming_derived (service_id, code); analyze incoming_derived');
  await client.query(
    `delete from hub.derived_category d using ${service} s where d.service_id = s.id
       and not exists (select from incoming_derived i where i.service_id = d.service_id and i.code = d.code)`,
  );
  await client.query(
    `insert into hub.derived_category as d (service_id, code, confidence, found_in, words)
     select i.* from incoming_derived i join ${service} s on s.id = i.service_id order by i.service_id, i.code
     on conflict (service_id, code) do update set confidence = excluded.confidence, found_in = excluded.found_in, words = excluded.words
     where (d.confidence, d.found_in, d.words) is distinct from (excluded.confidence, excluded.found_in, excluded.words)`,
  );
}

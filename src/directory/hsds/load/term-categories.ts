import type { ClientBase } from 'pg';

/** Every term with the categories that it stands for: its own, or those of the nearest term above it that has some. */
export const termCategories = `with recursive meaning(term_id, categories) as (
    select taxonomy_term_id, array_agg(category order by category) from hub.term_category group by taxonomy_term_id
    union -- Not all: terms that stand above each other in a circle end it.
    select t.id, m.categories from meaning m join hub.taxonomy_term t on t.parent_id = m.term_id
    where not exists (select from hub.term_category c where c.taxonomy_term_id = t.id)
  )`;

/**
 * Adds to services the categories that their terms stand for. A service whose categories somebody set by hand keeps
 * these. Only adds: where a category came from is not known, so none is taken away. Returns the ids of the services
 * that changed. `of` narrows services `v` by their attributes `a`, in SQL.
 */
export const addCategories = (of: string): string => `${termCategories},
  wanted as (
    select v.id, array_agg(distinct c) as categories from hub.service v
    join hub.attribute a on a.link_id = v.id and a.link_entity = 'service'
    join meaning m on m.term_id = a.taxonomy_term_id, unnest(m.categories) c where ${of} group by v.id)
  update hub.service v set version = v.version + 1, updated_at = now(), last_modified = now(),
    categories = v.categories || array(select c from unnest(w.categories) c where c <> all (v.categories) order by c)
  from wanted w where v.id = w.id and not w.categories <@ v.categories
    and not exists (select from hub.field_owner o where o.entity = 'service' and o.entity_id = v.id and o.field = 'categories')
  returning v.id`;

/** The categories of a source's services, out of what its terms stand for; part of the import's transaction. */
export async function setCategories(client: ClientBase, sourceId: string): Promise<void> {
  const { rowCount } = await client.query('select from hub.term_category limit 1');
  if (!rowCount) return;
  const { rows } = await client.query<{ id: string }>(addCategories('v.source_id = $1::uuid'), [sourceId]);
  await client.query(
    `insert into import_change select 'service', x.id, 'updated' from unnest($1::uuid[]) x(id)
     where not exists (select from import_change c where c.entity = 'service' and c.id = x.id)`,
    [rows.map(({ id }) => id)],
  );
}

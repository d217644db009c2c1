import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/**
 * Where a listing is given to people, as "MD", "MD/Howard", "21044": the areas that it says it serves; without any, the
 * states of its places, as far as everybody may know them. Empty for the whole country, and when nothing is said.
 */
export async function areaOf(em: EntityManager, serviceId: string): Promise<string[]> {
  const { rows } = await sql<{ covers: string[] | null; states: string[] | null }>`
    select (select array_agg(distinct one order by one) from hub.service_area sa, unnest(sa.covers) one
        where sa.service_id = ${serviceId}::uuid) as covers,
      (select array_agg(distinct z.state order by z.state) from hub.service_at_location sal
        join hub.address a on a.location_id = sal.location_id join hub.zip_code z on z.zip = left(a.postal_code, 5)
        where sal.service_id = ${serviceId}::uuid and not hub.is_withheld(sal.location_id)) as states`.execute(
    em.getKysely<unknown>(),
  );
  const { covers, states } = rows[0] ?? {};
  if (!covers || covers.length === 0) return states ?? [];
  return covers.includes('US') ? [] : covers.map((one) => one.slice(one.indexOf(':') + 1));
}

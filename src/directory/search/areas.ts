import type { EntityManager } from '@mikro-orm/postgresql';
import { sql, type RawBuilder } from 'kysely';
import type { Point } from '../places.js';
import { boundsOf, holds, readShape, type Shape } from './area-shape.js';

/** So many shapes are kept in memory; a place lies in a few dozen. */
const KEPT = 2000;
const shapes = new Map<number, Shape>();

/** Keeps the drawn service areas of some services, each distinct one once. What cannot be read is kept as such. */
export async function learnAreas(em: EntityManager, serviceIds: readonly string[]): Promise<void> {
  const db = em.getKysely<unknown>();
  const { rows } = await sql<{ id: string; extent: string }>`
    select distinct on (1) hub.search_key(sa.extent) as id, sa.extent from hub.service_area sa
    left join hub.service_at_location sal on sal.id = sa.service_at_location_id
    where coalesce(sa.service_id, sal.service_id) = any (${serviceIds}::uuid[]) and sa.extent ~ '[{(<]'
      and not exists (select from hub.search_area a where a.id = hub.search_key(sa.extent))`.execute(db);
  for (const { id, extent } of rows) {
    const shape = readShape(extent);
    const { west, south, east, north } = shape ? boundsOf(shape) : { west: 0, south: 0, east: 0, north: 0 };
    await sql`insert into hub.search_area (id, bounds, rings) values (${id}::bigint,
      case when ${shape !== null} then box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8)) end,
      ${shape && JSON.stringify(shape)}::jsonb) on conflict (id) do nothing`.execute(db);
  }
}

/** Drawn areas whose bounds hold a point, as a JSON list of their keys. */
export const boundsAround = ({ longitude, latitude }: Point): RawBuilder<unknown> => {
  const spot = sql`point(${longitude}::float8, ${latitude}::float8)`;
  return sql`(select json_agg(id::float8) from hub.search_area where bounds @> box(${spot}, ${spot}))`;
};

/** Those of the areas around that a point lies in, as documents name them. */
export async function areasThatHold(em: EntityManager, point: Point, around: readonly number[]): Promise<string[]> {
  if (around.some((id) => !shapes.has(id))) {
    if (shapes.size > KEPT) shapes.clear();
    const { rows } = await sql<{ id: number; rings: Shape }>`
      select id::float8 as id, rings from hub.search_area where id = any (${around}::bigint[])`.execute(
      em.getKysely<unknown>(),
    );
    for (const { id, rings } of rows) shapes.set(id, rings);
  }
  return around.flatMap((id) => {
    const shape = shapes.get(id);
    return shape && holds(shape, point) ? [`area:${id}`] : [];
  });
}

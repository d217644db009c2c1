import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { allPlaces, type Point } from '../places.js';
import type { FoundPlace } from './find-place.js';

/** The ZIP codes that a place has, as far as it names a city. */
function zipsOf({ zip, city, state }: FoundPlace): string[] {
  if (zip !== null) return [zip];
  const same = city?.toLowerCase();
  return [...allPlaces()].filter((one) => one.state === state && one.city.toLowerCase() === same).map((one) => one.zip);
}

/** Where a written address lies, if a listing that may be shown has the same; streets are not known otherwise. */
export async function addressPoint(em: EntityManager, text: string, place: FoundPlace): Promise<Point | undefined> {
  const street = /^\s*(\d+[a-z]?\s+[^,]+?)\s*,/i.exec(text)?.[1];
  const zips = street === undefined ? [] : zipsOf(place);
  if (street === undefined || zips.length === 0) return undefined;
  const { rows } = await sql<Point>`
    select l.latitude, l.longitude from hub.address a join hub.location l on l.id = a.location_id
    where a.postal_code = any (${zips}) and btrim(hub.search_text(a.address_1)) = btrim(hub.search_text(${street}))
      and l.latitude is not null and l.longitude is not null and not hub.is_withheld(l.id)
    order by l.id limit 1`.execute(em.getKysely<unknown>());
  return rows[0];
}

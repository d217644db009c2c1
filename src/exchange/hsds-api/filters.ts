import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Asked } from './parameters.js';
import { badParameter } from './problem.js';

export type Condition = RawBuilder<unknown>;
export const all = (conditions: readonly Condition[]): Condition =>
  conditions.length > 0 ? sql`${sql.join([...conditions], sql` and `)}` : sql`true`;

/** Organizations that do not stand in the public directory: few, so that services are held against a short list. */
const unlisted = sql`(select u.id from hub.organization u where not u.listed or u.retired_at is not null)`;
/** Services `s` that stand in the public directory. */
export const offered = sql`s.status = 'active' and s.organization_id not in ${unlisted}`;
/** Those that do not. */
export const notOffered = sql`(s.status <> 'active' or s.organization_id in ${unlisted})`;

/** Agencies that give refuge somewhere: few. */
const giveRefuge = sql`(select c.organization_id from hub.service c where hub.is_confidential(c.sensitivity, c.categories))`;
/**
 * Places where a survivor of violence is sheltered, and those of the same agency at that door (see hub.is_withheld), as a set
 * that is made once for a statement: what it leaves out is not counted either.
 */
const secretPlaces = sql`(select x.location_id from hub.service_at_location x join hub.service c on c.id = x.service_id
  where hub.is_confidential(c.sensitivity, c.categories)
  union select y.location_id from hub.service_at_location y join hub.service s on s.id = y.service_id
    where s.organization_id in ${giveRefuge} and hub.is_withheld(y.location_id)
  union select p.id from hub.location p where p.organization_id in ${giveRefuge} and hub.is_withheld(p.id))`;
/** Sites `sal` whose place may be told. */
export const openSite = sql`sal.location_id not in ${secretPlaces}`;

/** The ids of rows of an entity that are filed under a term (with those below it) or any term of a taxonomy. */
export function filedUnder(entity: string, { taxonomy_term_id: term, taxonomy_id: taxonomy }: Asked): Condition[] {
  const conditions: Condition[] = [];
  const filed = (terms: Condition) =>
    sql`(select a.link_id from hub.attribute a where a.link_entity = ${entity} and a.taxonomy_term_id in (${terms}))`;
  if (term !== undefined) {
    conditions.push(
      filed(sql`with recursive below as (select ${term}::uuid as id
        union select t.id from hub.taxonomy_term t join below b on t.parent_id = b.id) select id from below`),
    );
  }
  if (taxonomy !== undefined) {
    conditions.push(filed(sql`select t.id from hub.taxonomy_term t where t.taxonomy_id = ${taxonomy}::uuid`));
  }
  return conditions;
}

/** Services `s` for people of an age; what says nothing of ages is for all. */
export function ofAge({ minimum_age: from, maximum_age: to }: Asked): Condition[] {
  return [
    ...(from === undefined ? [] : [sql`coalesce(s.maximum_age, 999) >= ${from}`]),
    ...(to === undefined ? [] : [sql`coalesce(s.minimum_age, 0) <= ${to}`]),
  ];
}

/** A question about the last so many days is answered by index; one that reaches further back reads all services once. */
const RECENT_MS = 3 * 86_400_000;

/** Services `s` that changed since a time: in themselves, in what hangs on them, or in their organization. */
export function changedSince(since: Date, now: Date): Condition {
  const time = sql`${since.toISOString()}::timestamptz`;
  const organizations = sql`select co.id from hub.organization co where co.updated_at >= ${time}`;
  if (now.getTime() - since.getTime() > RECENT_MS) {
    return sql`(greatest(s.last_modified, s.updated_at) >= ${time} or s.organization_id in (${organizations}))`;
  }
  return sql`s.id in (select c.id from hub.service c where greatest(c.last_modified, c.updated_at) >= ${time}
    union select c.id from hub.service c where c.organization_id in (${organizations}))`;
}

interface Middle {
  zip: string;
  county: string;
  state: string;
  latitude: number;
  longitude: number;
}

async function middleOf(db: Kysely<unknown>, zip: string): Promise<Middle> {
  const { rows } = await sql<Middle>`
    select zip, county, state, latitude, longitude from hub.zip_code where zip = ${zip}`.execute(db);
  return rows[0] ?? badParameter('postcode', 'No ZIP code of the United States is known by this number.');
}

const METRES_IN_MILE = 1609.344;
const METRES_IN_DEGREE = 111_195;

/**
 * Sites `sal` at places `l` that serve a ZIP code, and lie within some metres of its middle. What is known of a site's
 * areas counts; where nothing is, it serves the county it stands in, or, when a distance is asked for, whoever is near.
 */
export async function around(db: Kysely<unknown>, { postcode, proximity }: Asked): Promise<Condition[]> {
  if (postcode === undefined) return [];
  const { zip, county, state, latitude, longitude } = await middleOf(db, postcode);
  const areas = ['US', `state:${state}`, `county:${state}/${county}`, `zip:${zip}`];
  const sitesOf = (condition: Condition) => sql`
    select y.id from hub.service_area a join hub.service_at_location y on y.service_id = a.service_id where ${condition}
    union all select a.service_at_location_id from hub.service_area a where a.service_at_location_id is not null and ${condition}`;
  const known = sitesOf(sql`a.covers <> '{}'`);
  const here = sql`select a.location_id from hub.address a join hub.zip_code z on z.zip = left(a.postal_code, 5)
    where z.state = ${state} and z.county = ${county} and a.location_id is not null`;
  const silent = sql`sal.id not in (${known})`;
  const serves = sql`sal.id in (${sitesOf(sql`a.covers && ${areas}::text[]`)})`;
  if (proximity === undefined) return [sql`(${serves} or (${silent} and sal.location_id in (${here})))`];
  return [sql`(${serves} or ${silent})`, within(latitude, longitude, proximity)];
}

function within(latitude: number, longitude: number, metres: number): Condition {
  const high = metres / METRES_IN_DEGREE;
  // Too wide near the poles and across the date line: there the circle alone decides.
  const wide = high / Math.max(0.01, Math.cos(((Math.abs(latitude) + high) * Math.PI) / 180));
  const box =
    wide < 90
      ? sql`point.latitude between ${latitude - high} and ${latitude + high} and point.longitude between ${longitude - wide} and ${longitude + wide} and`
      : sql``;
  return sql`exists (select from (select coalesce(l.latitude, z.latitude) as latitude, coalesce(l.longitude, z.longitude) as longitude
      from (select 1) one left join lateral (select z.latitude, z.longitude from hub.address a join hub.zip_code z on z.zip = left(a.postal_code, 5)
        where a.location_id = l.id and l.latitude is null order by a.id limit 1) z on true) point
    where l.location_type = 'physical' and ${box} hub.miles(${latitude}, ${longitude}, point.latitude, point.longitude) * ${METRES_IN_MILE} <= ${metres})`;
}

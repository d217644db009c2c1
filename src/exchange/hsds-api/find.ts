import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import {
  all,
  around,
  changedSince,
  type Condition,
  filedUnder,
  notOffered,
  offered,
  ofAge,
  openSite,
} from './filters.js';
import { type Asked, type ListName, SEARCH_MOST } from './parameters.js';
import type { Selection } from './selection.js';

type Db = Kysely<unknown>;

/** Services that the search finds, best first; undefined when it is not asked. */
async function found(
  ctx: HubContext,
  { search, organization_id: organizationId }: Asked,
): Promise<string[] | undefined> {
  if (search === undefined) return undefined;
  const { hits } = await ctx.platform.search.query(await ctx.db.em(), {
    text: search,
    filter: organizationId === undefined ? {} : { organizationIds: [organizationId] },
    now: ctx.clock.now(),
    limit: SEARCH_MOST,
    facets: false,
  });
  return hits.map(({ serviceId }) => serviceId);
}

const none = sql``;
const unranked = sql`0::bigint`;

/** Joins a ranking, and says the rank; without one everything is let through. */
function ranking(ids: readonly string[] | undefined, column: Condition) {
  if (ids === undefined) return { join: none, rank: unranked };
  return { join: sql`join unnest(${[...ids]}::uuid[]) with ordinality r (id, n) on r.id = ${column}`, rank: sql`r.n` };
}

function ofServices(ctx: HubContext, asked: Asked): Condition[] {
  const { organization_id: organizationId, modified_after: since } = asked;
  return [
    ...(organizationId === undefined ? [] : [sql`s.organization_id = ${organizationId}::uuid`]),
    ...(since === undefined ? [] : [changedSince(since, ctx.clock.now())]),
  ];
}

/** What left the directory since a time: listings that are kept and no longer offered, and those that were deleted. */
function left(ctx: HubContext, asked: Asked, since: Date): Condition {
  const { organization_id: organizationId } = asked;
  const filed = filedUnder('service', asked).map((ids) => sql`s.id in ${ids}`);
  return sql`
    union all select s.id, case when s.status = 'active' then 'inactive' else s.status end, greatest(s.last_modified, s.updated_at,
        (select o.updated_at from hub.organization o where o.id = s.organization_id)), ${unranked}, s.organization_id
      from hub.service s where ${all([notOffered, ...ofServices(ctx, asked), ...filed])}
    union all select t.id, 'defunct', t.deleted_at, ${unranked}, coalesce(t.organization_id, t.id) from hub.hsds_tombstone t
      where t.entity = 'service' and t.deleted_at >= ${since.toISOString()}::timestamptz
      and ${organizationId === undefined ? sql`true` : sql`t.organization_id = ${organizationId}::uuid`}`;
}

async function services(ctx: HubContext, asked: Asked): Promise<Selection> {
  const hits = await found(ctx, asked);
  const { join, rank } = ranking(hits, sql`s.id`);
  const filed = filedUnder('service', asked).map((ids) => sql`s.id in ${ids}`);
  const where = all([offered, ...ofServices(ctx, asked), ...filed, ...ofAge(asked)]);
  const since = asked.modified_after;
  const rows = sql`select s.id, null::text as gone, s.last_modified as at, ${rank} as n, s.organization_id as g from hub.service s ${join} where ${where}
    ${since && !hits ? left(ctx, asked, since) : none}`;
  return { root: 'service', rows, ranked: hits !== undefined, grouped: asked.full === true };
}

async function sites(ctx: HubContext, asked: Asked): Promise<Selection> {
  const hits = await found(ctx, asked);
  const { join, rank } = ranking(hits, sql`s.id`);
  const own = filedUnder('service_at_location', asked);
  const filed = filedUnder('service', asked).map((ids, n) => sql`(s.id in ${ids} or sal.id in ${own[n] ?? ids})`);
  const near = await around(await kysely(ctx), asked);
  const place = near.length > 0 ? sql`join hub.location l on l.id = sal.location_id` : none;
  const where = all([offered, openSite, ...ofServices(ctx, asked), ...filed, ...ofAge(asked), ...near]);
  const rows = sql`select sal.id, null::text as gone, null::timestamptz as at, ${rank} as n from hub.service_at_location sal
    join hub.service s on s.id = sal.service_id ${place} ${join} where ${where}`;
  return { root: 'service_at_location', rows, ranked: hits !== undefined };
}

/** Organizations whose name has the words, then those whose services are found. */
async function foundOrganizations(ctx: HubContext, db: Db, asked: Asked): Promise<string[] | undefined> {
  const hits = await found(ctx, asked);
  if (hits === undefined) return undefined;
  const { rows } = await sql<{ id: string }>`
    select id from (
      select o.id, 0 as n from hub.organization o where o.listed and position(hub.fold(${asked.search ?? ''}) in hub.fold(o.name)) > 0
      union all select s.organization_id, r.n from hub.service s join unnest(${hits}::uuid[]) with ordinality r (id, n) on r.id = s.id) x
    group by id order by min(n), id limit ${SEARCH_MOST}`.execute(db);
  return rows.map(({ id }) => id);
}

async function organizations(ctx: HubContext, asked: Asked): Promise<Selection> {
  const db = await kysely(ctx);
  const ranked = await foundOrganizations(ctx, db, asked);
  const { join, rank } = ranking(ranked, sql`o.id`);
  const own = filedUnder('organization', asked);
  const filed = filedUnder('service', asked).map(
    (ids, n) =>
      sql`(o.id in ${own[n] ?? ids} or o.id in (select s.organization_id from hub.service s where s.status = 'active' and s.id in ${ids}))`,
  );
  const where = all([sql`o.listed and o.retired_at is null`, ...filed]);
  const rows = sql`select o.id, null::text as gone, o.updated_at as at, ${rank} as n from hub.organization o ${join} where ${where}`;
  return { root: 'organization', rows, ranked: ranked !== undefined };
}

const contains = (text: string, ...columns: string[]): Condition => {
  const folded = sql`hub.fold(${text})`;
  return sql`(${sql.join(
    columns.map((column) => sql`position(${folded} in hub.fold(coalesce(${sql.ref(column)}, ''))) > 0`),
    sql` or `,
  )})`;
};

function taxonomies({ search }: Asked): Selection {
  const where = search === undefined ? sql`true` : contains(search, 't.name', 't.description');
  const rows = sql`select t.id, null::text as gone, null::timestamptz as at, ${unranked} as n from hub.taxonomy t where ${where}`;
  return { root: 'taxonomy', rows, ranked: false };
}

function taxonomyTerms({ search, taxonomy_id: taxonomy, top_only: top, parent_id: parent }: Asked): Selection {
  const where = all([
    ...(search === undefined ? [] : [contains(search, 't.name', 't.code', 't.description')]),
    ...(taxonomy === undefined ? [] : [sql`t.taxonomy_id = ${taxonomy}::uuid`]),
    ...(top ? [sql`t.parent_id is null`] : []),
    ...(parent === undefined ? [] : [sql`t.parent_id = ${parent}::uuid`]),
  ]);
  const rows = sql`select t.id, null::text as gone, null::timestamptz as at, ${unranked} as n from hub.taxonomy_term t where ${where}`;
  return { root: 'taxonomy_term', rows, ranked: false };
}

export async function kysely(ctx: HubContext): Promise<Db> {
  return (await ctx.db.em()).getKysely<unknown>();
}

/** What a list holds when it is asked so. Filters add up: all must hold. */
export const select: Readonly<Record<ListName, (ctx: HubContext, asked: Asked) => Promise<Selection>>> = {
  services,
  service_at_locations: sites,
  organizations,
  taxonomies: async (_, asked) => taxonomies(asked),
  taxonomy_terms: async (_, asked) => taxonomyTerms(asked),
};

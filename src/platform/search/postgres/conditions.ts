import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { SearchFilter, SearchNear, SearchQuestion } from '../port.js';
import { cellsAround } from './cells.js';
import type { Group } from './understand.js';

export type Condition = RawBuilder<SqlBool>;
export type Expression = RawBuilder<unknown>;

/** All of these, or true when there are none. */
export function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`(${sql.join([...conditions], sql` and `)})`;
}

function anyQuery(queries: readonly Expression[]): Expression {
  return sql`(${sql.join([...queries], sql` || `)})`;
}

/** What was said, in any of its spellings. */
export function ownQuery(group: Group): Expression {
  return anyQuery(group.own.map((text) => sql`plainto_tsquery('hub.plain', ${text})`));
}

const anyText = (texts: readonly string[]): Expression | null =>
  texts.length === 0 ? null : anyQuery(texts.map((text) => sql`plainto_tsquery('hub.plain', ${text})`));

/** What means the same; null when nothing is known to. */
export const meansQuery = (group: Group): Expression | null => anyText(group.means);

/** What helps where there is nothing of that; null when nothing is known to. */
export const nearQuery = (group: Group): Expression | null => anyText(group.near);

/** Every service of a category, by the category's own lexeme. Codes come from the hub, never from the question. */
export function categoryQuery(group: Group): Expression | null {
  return group.category === null ? null : sql`${`'cat/${group.category.replace(/[^a-z-]/g, '')}'`}::tsquery`;
}

/** All that may stand for a group. */
export function groupQuery(group: Group): Expression {
  if (group.any) return anyQuery(group.any.map(groupQuery));
  const queries = [ownQuery(group), meansQuery(group), nearQuery(group), categoryQuery(group)];
  return anyQuery(queries.filter((query) => query !== null));
}

/** Documents in which each of the groups is met. */
export function matches(groups: readonly Group[]): Condition[] {
  if (groups.length === 0) return [];
  return [sql<SqlBool>`d.words @@ (${sql.join(groups.map(groupQuery), sql` && `)})`];
}

/** Each group, as said or in another single word, is in the name of a document of such a merit. */
export function inName(groups: readonly Group[], merits: readonly number[] | null): Condition[] {
  return groups.map((group) => {
    const words = [...group.own, ...group.means.filter((text) => !/[ -]/.test(text))];
    const vectors = sql.join(
      words.map((text) => sql`hub.search_vector(${text})`),
      sql` || `,
    );
    const stems = sql`unnest(tsvector_to_array(${vectors})) x`;
    return merits === null
      ? sql<SqlBool>`d.tags && array(select 't:' || x from ${stems})`
      : sql<SqlBool>`d.tags && array(select 'n:' || x || ':' || m from ${stems}, unnest(${merits}::int[]) m)`;
  });
}

/**
 * Distance of the document from the place, in miles; null without a point. What hub.miles says, written out: PostgreSQL reads
 * the text of such a function anew at each of a dozen places of a search, which was a third of its planning.
 */
export function milesFrom({ latitude, longitude }: Pick<SearchNear, 'latitude' | 'longitude'>): Expression {
  const cos = Math.cos((latitude * Math.PI) / 180);
  return sql`(case when d.latitude is not null and d.longitude is not null then 7917.5226::float8 * asin(least(1, sqrt(
    power(sin(radians(d.latitude - ${latitude}::float8) / 2), 2)
    + ${cos}::float8 * cos(radians(d.latitude)) * power(sin(radians(d.longitude - ${longitude}::float8) / 2), 2)))) end)`;
}

/** Whether the document serves the place, wherever its site is. */
export function serves(near: SearchNear): Condition {
  return sql<SqlBool>`d.covers && ${near.covers}::text[]`;
}

/** The site lies within the circle. */
export function within(near: SearchNear): Condition {
  return sql<SqlBool>`coalesce(${milesFrom(near)} <= ${near.radiusMiles}::float8, false)`;
}

/** The site lies in a cell of the map that the circle touches; by the index. */
export function inCells(near: SearchNear): Condition {
  return sql<SqlBool>`d.tags && ${cellsAround(near)}::text[]`;
}

/** It serves the place and is of such a merit; by the index. */
export function servesTagged(near: SearchNear, merits: readonly number[] | null): Condition {
  const tags = merits
    ? near.covers.flatMap((area) => merits.map((merit) => `v:${area}:${merit}`))
    : near.covers.map((area) => `cov:${area}`);
  return sql<SqlBool>`d.tags && ${tags}::text[]`;
}

/** Of such a merit; by the index. */
export function ofMerit(merits: readonly number[]): Condition {
  return sql<SqlBool>`d.tags && ${merits.map((merit) => `m:${merit}`)}::text[]`;
}

/** Near the place or serving it, of a document that was found otherwise. */
function placed({ near, filter }: SearchQuestion): Condition[] {
  if (!near) return [];
  return [filter.servesArea ? serves(near) : sql<SqlBool>`(${within(near)} or ${serves(near)})`];
}

/** The filters that are tags: all of the first must be there, and one of each of the others. */
function tagsOf(filter: SearchFilter): { all: string[]; any: string[][] } {
  const lists = Object.entries({
    cat: filter.categories,
    lang: filter.languages,
    cost: filter.costs,
    term: filter.terms,
    org: filter.organizationIds,
  }).flatMap(([kind, values]) => (values ? [values.map((value) => `${kind}:${value}`)] : []));
  return { all: lists.filter((list) => list.length === 1).flat(), any: lists.filter((list) => list.length !== 1) };
}

/** There is room, or the agency looks at each person first; and that is still believed. */
export function hasRoom(question: SearchQuestion): Condition {
  return sql<SqlBool>`coalesce(d.capacity_status in ('CAPACITY', 'ASSESSMENT_REQUIRED')
    and d.capacity_until > ${question.now.toISOString()}::timestamptz, false)`;
}

/** Open at the moment asked for. */
export function isOpen(question: SearchQuestion): Condition {
  return sql<SqlBool>`coalesce(d.hours = any (${question.open ?? []}::bigint[]), false)`;
}

/** Not ruled out for the person. */
export function mayFit(question: SearchQuestion): Condition {
  return sql<SqlBool>`(d.eligibility = any (${question.fit?.noMatch ?? []}::bigint[])) is not true`;
}

/** Everything but the words and the place. */
export function filters(question: SearchQuestion): Condition[] {
  const { filter } = question;
  const tags = tagsOf(filter);
  const conditions: Condition[] = [];
  if (tags.all.length > 0) conditions.push(sql<SqlBool>`d.tags @> ${tags.all}::text[]`);
  for (const list of tags.any) conditions.push(sql<SqlBool>`d.tags && ${list}::text[]`);
  // What half of all listings have is cheaper to read from a listing than from a list of half of them.
  if (filter.free) conditions.push(sql<SqlBool>`d.is_free`);
  if (filter.takesReferrals) conditions.push(sql<SqlBool>`d.takes_referrals`);
  if (filter.accessible) conditions.push(sql<SqlBool>`d.accessible`);
  if (filter.interpreter) conditions.push(sql<SqlBool>`d.has_interpreter`);
  if (filter.hasRoom) conditions.push(hasRoom(question));
  if (filter.open) conditions.push(isOpen(question));
  if (filter.fits) conditions.push(mayFit(question));
  if (filter.verifiedSince !== undefined) {
    conditions.push(sql<SqlBool>`d.assured_date >= ${filter.verifiedSince}::date`);
  }
  if (filter.serviceIds) conditions.push(sql<SqlBool>`d.service_id = any (${filter.serviceIds}::uuid[])`);
  return conditions;
}

/** Everything but the words, of a document that was found by its id. */
export function holds(question: SearchQuestion): Condition {
  return all([...placed(question), ...filters(question)]);
}

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
function ownQuery(group: Group): Expression {
  return anyQuery(group.own.map((text) => sql`plainto_tsquery('hub.plain', ${text})`));
}

/** What means the same; null when nothing is known to. */
export function meansQuery(group: Group): Expression | null {
  return group.means.length === 0
    ? null
    : anyQuery(group.means.map((text) => sql`plainto_tsquery('hub.plain', ${text})`));
}

/** Every service of a category, by the category's own lexeme. Codes come from the hub, never from the question. */
export function categoryQuery(group: Group): Expression | null {
  return group.category === null ? null : sql`${`'cat/${group.category.replace(/[^a-z-]/g, '')}'`}::tsquery`;
}

/** All that may stand for a group. */
export function groupQuery(group: Group): Expression {
  const queries = [ownQuery(group), meansQuery(group), categoryQuery(group)];
  return anyQuery(queries.filter((query) => query !== null));
}

/** Documents in which each of the groups is met. */
export function matches(groups: readonly Group[]): Condition[] {
  if (groups.length === 0) return [];
  return [sql<SqlBool>`d.words @@ (${sql.join(groups.map(groupQuery), sql` && `)})`];
}

/** Each group, as said or in another single word, is in the name. */
export function inName(groups: readonly Group[]): Condition[] {
  return groups.map((group) => {
    const words = [...group.own, ...group.means.filter((text) => !/[ -]/.test(text))];
    const texts = words.map((text) => sql`hub.search_vector(${text})`);
    const lexemes = texts.map((text) => sql`array(select 't:' || x from unnest(tsvector_to_array(${text})) x)`);
    return sql<SqlBool>`d.tags && (${sql.join(lexemes, sql` || `)})`;
  });
}

/** Distance of the document from the place, in miles. */
export function milesFrom(near: SearchNear): Expression {
  return sql`hub.miles(${near.latitude}::float8, ${near.longitude}::float8, d.latitude, d.longitude)`;
}

/** Whether the document serves the place, wherever its site is. */
export function serves(near: SearchNear): Condition {
  return sql<SqlBool>`d.tags && ${near.covers.map((area) => `cov:${area}`)}::text[]`;
}

function nearby({ near, filter }: SearchQuestion): Condition[] {
  if (!near) return [];
  if (filter.servesArea) return [serves(near)];
  const tags = [...cellsAround(near), ...near.covers.map((area) => `cov:${area}`)];
  return [
    sql<SqlBool>`d.tags && ${tags}::text[]`,
    sql<SqlBool>`(${milesFrom(near)} <= ${near.radiusMiles}::float8 or ${serves(near)})`,
  ];
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
  const all = lists.filter((list) => list.length === 1).flat();
  if (filter.free) all.push('free');
  if (filter.takesReferrals) all.push('ref');
  if (filter.accessible) all.push('acc');
  if (filter.interpreter) all.push('int');
  return { all, any: lists.filter((list) => list.length !== 1) };
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

/** Everything but the words. */
export function filters(question: SearchQuestion): Condition[] {
  const { filter } = question;
  const tags = tagsOf(filter);
  const conditions = nearby(question);
  if (tags.all.length > 0) conditions.push(sql<SqlBool>`d.tags @> ${tags.all}::text[]`);
  for (const list of tags.any) conditions.push(sql<SqlBool>`d.tags && ${list}::text[]`);
  if (filter.hasRoom) conditions.push(hasRoom(question));
  if (filter.open) conditions.push(isOpen(question));
  if (filter.fits) conditions.push(mayFit(question));
  if (filter.verifiedSince !== undefined) {
    conditions.push(sql<SqlBool>`d.assured_date >= ${filter.verifiedSince}::date`);
  }
  if (filter.serviceIds) conditions.push(sql<SqlBool>`d.service_id = any (${filter.serviceIds}::uuid[])`);
  return conditions;
}

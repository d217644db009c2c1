import { sql, type Kysely, type SqlBool } from 'kysely';
import type { SearchQuestion } from '../port.js';
import { RANK } from '../ranking.js';
import { holds, type Condition, type Expression } from './conditions.js';

/** Who is called just what was typed. */
export interface Called {
  services: string[];
  organizations: string[];
}

export const NOBODY: Called = { services: [], organizations: [] };

export const isNobody = ({ services, organizations }: Called): boolean =>
  services.length === 0 && organizations.length === 0;

/** So many bearers of a name are looked at; a service's name that so many bear is what a kind of help is called. */
const BEARERS = 20;
const KIND = 3;

/** The bearers of a name, as JSON: one look into an index. */
export const calledJson = (text: string): Expression => sql`(
  select json_agg(json_build_object('kind', n.kind, 'ids', n.ids, 'exact', btrim(hub.search_text(n.name)) = ${text})) from (
    select kind, name, ids from hub.search_name where hub.name_key(name) = hub.name_key(${text}) and ${text} <> '' limit ${sql.lit(BEARERS)}) n)`;

interface Bearer {
  kind: 'SERVICE' | 'ORGANIZATION';
  ids: string[];
  /** Word by word, and not only by what is left without "the" and "of". */
  exact: boolean;
}

/** Reads what {@link calledJson} gives: those called so word by word, or where nobody is, those called nearly so. */
export function calledOf(bearers: readonly Bearer[] | null): Called {
  const exact = bearers?.filter((bearer) => bearer.exact) ?? [];
  const all = exact.length > 0 ? exact : (bearers ?? []);
  const of = (kind: Bearer['kind']) => all.filter((bearer) => bearer.kind === kind).flatMap(({ ids }) => ids);
  const services = of('SERVICE');
  return { services: services.length < KIND ? services : [], organizations: of('ORGANIZATION') };
}

/** Whether somebody is called just so. */
export async function isName(db: Kysely<unknown>, text: string): Promise<boolean> {
  const { rows } =
    await sql`select from hub.search_name where hub.name_key(name) = hub.name_key(${text}) limit 1`.execute(db);
  return rows.length > 0;
}

/** A document `d` of one of them. */
export const isOfCalled = ({ services, organizations }: Called): Condition =>
  sql<SqlBool>`(d.service_id = any (${services}::uuid[]) or d.organization_id = any (${organizations}::uuid[]))`;

/** So many documents of each kind of theirs are read. */
const MOST = 100;

/** Their documents, found by the indexes, under all filters. */
export function ofCalled({ services, organizations }: Called, question: SearchQuestion, read: Expression): Expression {
  const by = (condition: Expression) =>
    sql`(select d.id from hub.search_document d where ${condition} and ${holds(question)} limit ${MOST})`;
  const agencies = organizations.map((id) => `org:${id}`);
  return sql`(select ${read} from hub.search_document d where d.id in (
    ${by(sql`d.service_id = any (${services}::uuid[])`)} union ${by(sql`d.tags && ${agencies}::text[]`)}))`;
}

/** Of the points for text, what it gives to be called just what was typed; the rest is for the words as ever. */
const NAMED = 0.85;
/** Where somebody is called so, the words count this much for all others: they say the name, and are not it. */
const OTHERS = 0.7;

/** Points for text, where who is called so comes first. */
export function calledFirst(called: Called, text: Expression | null): Expression | null {
  if (isNobody(called)) return text;
  const first = sql`${NAMED * RANK.text}::float8 + ${1 - NAMED}::float8`;
  return sql`(select case when ${isOfCalled(called)} then ${first} * p.x else ${OTHERS}::float8 * p.x end
    from (select ${text ?? sql`0`}::float8 as x) p)`;
}

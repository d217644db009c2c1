import { sql } from 'kysely';
import { FACET_VALUES, VERIFIED_DAYS, type SearchFilter, type SearchQuestion } from '../port.js';
import { hasRoom, isOpen, mayFit, type Expression } from './conditions.js';

/** What can be chosen from a list, by the filter that chooses it. */
const LISTS = {
  categories: { name: 'categories', value: sql`unnest(d.categories) collate "C"` },
  languages: { name: 'languages', value: sql`unnest(d.languages) collate "C"` },
  costs: { name: 'costs', value: sql`unnest(d.costs) collate "C"` },
  terms: { name: 'terms', value: sql`unnest(d.terms) collate "C"` },
  organizationIds: { name: 'organizations', value: sql`d.organization_id` },
} as const;

export type Dimension = keyof typeof LISTS | 'verifiedSince';
const dimensions: readonly Dimension[] = [
  'categories',
  'languages',
  'costs',
  'terms',
  'organizationIds',
  'verifiedSince',
];

/** The lists from which something is chosen: their values are counted as if nothing were. */
export function chosen(filter: SearchFilter): Dimension[] {
  return dimensions.filter((dimension) => filter[dimension] !== undefined);
}

/** The question without what is chosen from one list. */
export function without(question: SearchQuestion, dimension: Dimension): SearchQuestion {
  const { [dimension]: _, ...filter } = question.filter;
  return { ...question, filter };
}

const services = sql`count(distinct d.service_id)`;
const chosenFrom = (name: string, counts: Expression): Expression =>
  sql`json_build_object(${sql.lit(name)}, (${counts}))`;

/** Counts of one list over the documents `d` of a relation, as a JSON object. */
function counted(question: SearchQuestion, dimension: Dimension, documents: Expression): Expression {
  if (dimension === 'verifiedSince') {
    const today = question.now.toISOString().slice(0, 10);
    const within = VERIFIED_DAYS.map(
      (days) =>
        sql`${sql.lit(String(days))}, ${services} filter (where d.assured_date >= ${today}::date - ${days}::int)`,
    );
    return chosenFrom('verified', sql`select json_build_object(${sql.join(within)}) from ${documents} d`);
  }
  const { name, value } = LISTS[dimension];
  return chosenFrom(
    name,
    // Grouped twice and compared byte by byte: to count distinct ones would sort all of them by the rules of a language.
    sql`select coalesce(json_object_agg(x, n order by n desc, x), '{}') from (
      select x, count(*)::int as n from (
        select x, service_id from (select ${value} as x, d.service_id from ${documents} d) v group by x, service_id) u
      group by x order by n desc, x limit ${FACET_VALUES}) f`,
  );
}

/** Of the services found, how many have each flag at one of their sites. */
function flagged(question: SearchQuestion, documents: Expression): Expression {
  const flags = Object.entries({
    free: sql`d.is_free`,
    takesReferrals: sql`d.takes_referrals`,
    hasRoom: hasRoom(question),
    accessible: sql`d.accessible`,
    interpreter: sql`d.has_interpreter`,
    open: question.open ? isOpen(question) : sql`null::boolean`,
    fits: question.fit ? mayFit(question) : sql`null::boolean`,
  });
  const any = flags.map(([name, holds]) => sql`bool_or(${holds}) as ${sql.ref(name)}`);
  const count = flags.map(([name]) =>
    (name === 'open' && !question.open) || (name === 'fits' && !question.fit)
      ? sql`${sql.lit(name)}, null`
      : sql`${sql.lit(name)}, count(*) filter (where s.${sql.ref(name)})`,
  );
  return sql`(select json_build_object(${sql.join(count)}) from (select ${sql.join(any)} from ${documents} d group by d.service_id) s)`;
}

/**
 * The counts, as a JSON array of objects that together are them. `found` is what was found; `beside` holds, for each list
 * from which something is chosen, the documents that would be found otherwise.
 */
export function countsOf(
  question: SearchQuestion,
  found: Expression,
  beside: ReadonlyMap<Dimension, Expression>,
): Expression {
  const here = dimensions.filter((dimension) => !beside.has(dimension));
  return sql`json_build_array(${sql.join([
    flagged(question, found),
    ...here.map((dimension) => counted(question, dimension, found)),
    // With what was found itself: what is chosen counts no less than there are results.
    ...[...beside].map(([dimension, documents]) =>
      counted(
        question,
        dimension,
        sql`(select * from ${found} union all select o.* from ${documents} o where o.id not in (select id from ${found}))`,
      ),
    ),
  ])})`;
}

import { sql, type SqlBool } from 'kysely';
import type { SearchQuestion } from '../port.js';
import { ofCalled, type Called } from './called.js';
import {
  all,
  filters,
  inCells,
  inName,
  matches,
  milesFrom,
  ofMerit,
  servesTagged,
  within,
  type Condition,
  type Expression,
} from './conditions.js';
import { BEYOND, ENOUGH, MOST, NAMED } from './limits.js';
import type { Stage } from './stages.js';
import type { Group } from './understand.js';

/** What placing, counting and ranking read of a document. Its words and texts are left where they are: they are most of it. */
export const READ = sql`d.id, d.service_id, d.organization_id, d.location_id, d.categories, d.languages, d.costs, d.terms, d.is_free,
  d.takes_referrals, d.accessible, d.has_interpreter, d.capacity_status, d.capacity_until, d.assured_date, d.hours, d.eligibility,
  d.latitude, d.longitude, d.covers, d.answers`;

/** Where a document was found. Those of one origin are {@link MOST} at most; those by name are among the others elsewhere. */
const ORIGIN = { near: 0, elsewhere: 1, name: 2, called: 3 } as const;
/** What was asked for by its name stands before all steps. */
const FIRST = -1;

/** Whether a document was found by its name. */
export const isByName = sql<SqlBool>`(d.origin = ${sql.lit(ORIGIN.name)})`;

interface Asked {
  question: SearchQuestion;
  /** What every document must meet. */
  groups: readonly Group[];
  stages: readonly Stage[];
  /** Of each origin. */
  most?: number;
  /** What is read of each. */
  read?: Expression;
  /** For the counts of a list from which something is chosen: of what serves the place from beyond, the best kept are enough. */
  beside?: boolean;
}

/**
 * The documents that meet a question, with `origin`: what lies near the place, the nearest first, then what serves it
 * from beyond; without a place, what has the words in its name and then the rest. Beyond the circle nothing is nearer
 * than anything else: there the stages are walked from the best kept listings down, until there is enough.
 */
export function found(asked: Asked): Expression {
  const { question } = asked;
  if (isCircle(question)) {
    const { most = MOST } = asked;
    const left = asked.beside
      ? sql`${BEYOND}`
      : sql`(select greatest(${Math.min(most, BEYOND)}, ${most} - count(*)) from near)`;
    return sql`(with near as materialized (${nearby(asked)}) select * from near union all ${elsewhere(asked, { limit: left })})`;
  }
  if (question.near || asked.groups.length === 0) return sql`(${elsewhere(asked)})`;
  return sql`(with named as materialized (${byName(asked)})
    select * from named union all ${elsewhere(asked, { besides: sql<SqlBool>`d.id not in (select id from named)` })})`;
}

/**
 * The same for several ways to ask, from the narrowest on: a `step` is only gone where those before found too little, and what
 * has been found stays first. Among thousands that a wider one finds it might not be read at all. All are in one statement, since
 * to plan and score a narrow one for nothing was half of a search that was widened; PostgreSQL begins no step that it does not need.
 */
export function inSteps(asked: Omit<Asked, 'groups'>, steps: readonly (readonly Group[])[]): Expression {
  const name = (step: number): Expression => sql.ref(`step_${step}`);
  const from = (step: number, what: Expression): Expression =>
    sql.join(
      Array.from({ length: step }, (_, before) => sql`select ${what} from ${name(before)}`),
      sql` union all `,
    );
  const each = steps.map((groups, step) => {
    const documents = sql`select d.*, ${sql.lit(step)} as step from ${found({ ...asked, groups })} d`;
    if (step === 0) return sql`${name(step)} as materialized (${documents})`;
    const ids = from(step, sql`id`);
    // The counts of a list go as far as the results did.
    const goes = asked.beside ? hasGone(step) : sql<SqlBool>`(select count(*) from (${ids}) b) < ${ENOUGH}`;
    return sql`${name(step)} as materialized (${documents} where ${goes} and d.id not in (${ids}))`;
  });
  return sql`(with ${sql.join(each)} ${from(steps.length, sql`*`)})`;
}

/** Whether what was `found` has documents of this step or a later one. */
const hasGone = (step: number): Condition =>
  sql<SqlBool>`coalesce((select max(step) from found), 0) >= ${sql.lit(step)}`;

/** Whether what was `found` has documents of just this step. */
export const hasBrought = (step: number): Condition =>
  sql<SqlBool>`exists (select from found where step = ${sql.lit(step)})`;

/** The same, with what is called just as was typed, wherever its words stand; that alone where nothing else was said. */
export function withCalled(question: SearchQuestion, called: Called, others: Expression | null): Expression {
  const read = sql`${READ}, ${sql.lit(ORIGIN.called)} as origin, ${sql.lit(FIRST)} as step`;
  const own = ofCalled(called, question, read);
  if (others === null) return own;
  return sql`(with called as materialized (select * from ${own} d)
    select * from called union all select d.* from ${others} d where d.id not in (select id from called))`;
}

/** Whether more was found than the `documents` hold that were asked for. */
export function capped({ question, beside }: Omit<Asked, 'groups'>, documents: Expression): Expression {
  const count = (origin: number) => sql`count(*) filter (where d.origin = ${sql.lit(origin)})`;
  const [near, rest] = [count(ORIGIN.near), count(ORIGIN.elsewhere)];
  const most = beside && isCircle(question) ? sql`${BEYOND}` : sql`greatest(${BEYOND}, ${MOST} - ${near})`;
  return sql`(select ${near} >= ${MOST} or ${rest} >= ${most} from ${documents} d)`;
}

const isCircle = ({ near, filter }: SearchQuestion): boolean => near !== undefined && !filter.servesArea;

function nearby({ question, groups, most = MOST, read = READ }: Asked): Expression {
  const { near } = question;
  if (!near) return sql``;
  const conditions = [...matches(groups), inCells(near), ...filters(question), within(near)];
  return sql`(select ${read}, ${sql.lit(ORIGIN.near)} as origin from hub.search_document d where ${all(conditions)}
    order by ${milesFrom(near)}, d.id limit ${most})`;
}

function byName({ question, groups, stages, read = READ }: Asked): Expression {
  const conditions = [...matches(groups), ...filters(question)];
  return walk(stages, sql`${NAMED}`, (stage) => {
    return sql`select ${read}, ${sql.lit(ORIGIN.name)} as origin from hub.search_document d
      where ${all([...conditions, ...inName(groups, stage.merits), ...rangeOf(stage)])}`;
  });
}

function elsewhere(
  { question, groups, stages, most = MOST, read = READ }: Asked,
  { besides, limit = sql`${most}` }: { besides?: Condition; limit?: Expression } = {},
): Expression {
  const { near } = question;
  const conditions = [...matches(groups), ...filters(question), ...(besides ? [besides] : [])];
  if (near && isCircle(question)) conditions.push(sql<SqlBool>`not ${within(near)}`);
  return walk(stages, limit, (stage) => {
    const here = near ? [servesTagged(near, stage.merits)] : stage.merits ? [ofMerit(stage.merits)] : [];
    return sql`select ${read}, ${sql.lit(ORIGIN.elsewhere)} as origin from hub.search_document d
      where ${all([...conditions, ...here, ...rangeOf(stage)])}`;
  });
}

/** One stage after another until there are enough: PostgreSQL begins none that it does not need. */
function walk(stages: readonly Stage[], most: Expression, select: (stage: Stage) => Expression): Expression {
  const parts = stages.map((stage) => sql`(${select(stage)})`);
  return sql`(select * from (${sql.join(parts, sql` union all `)}) x where hub.in_turn() limit ${most})`;
}

/** What is left when the better stages have been read. */
function rangeOf({ below, above }: Stage): Condition[] {
  return below === null ? [] : [sql<SqlBool>`(d.merit < ${below}::int or d.merit > ${above}::int)`];
}

import { sql, type RawBuilder } from 'kysely';
import type { SearchQuestion } from '../port.js';
import { FRESH_DAYS, HALF_DISTANCE_MILES, RANK, SERVED_AREA_SHARE, UNKNOWN_ANSWERS } from '../ranking.js';
import { categoryQuery, meansQuery, ownQuery, type Condition, type Expression } from './conditions.js';
import type { Group } from './understand.js';

/** Weight of a word by where it stands: description; agency, place and first lines; terms and headings; name. */
const WEIGHTS = '{0.3,0.6,0.8,1}';
/** ts_rank gives one word in a name 1 / 1.645, and up to 1 when it is there again and again. */
const WHOLE = 1.645;
/** Of a word's worth, what is kept for its being there more than once. */
const AGAIN = 0.1;
/** A synonym is worth less than the word itself, words of it less, being of the same category less again. */
const SYNONYM = 0.75;
const PART_OF_SYNONYM = 0.3;
/** What helps in its place, where there is nothing of it. */
const IN_ITS_PLACE = 0.3;
const SAME_CATEGORY = 0.15;
/** What the words themselves are worth where listings mean something else by them. */
const MISLEADING = 0.35;
/** Of the points for text, what the name gives by being just what was typed: "AIDS" before "aide". */
const NAMED = 0.16;
/** Of that, what is for single words of a synonym in the name. */
const MET_IN_NAME = 0.6;
const NAME_ALONE = '{0,0,0,1}';

/** A synonym that this share of all listings has says hardly anything of one of them, and is worth this much less. */
const EVERYWHERE = 0.4;
const LESS_TELLING = 0.4;
const telling = (share: number): number => 1 - LESS_TELLING * Math.min(1, share / EVERYWHERE);

/** From 0 to 1: nearly all for the best place, the rest for being there again. */
function worth(rank: Expression): Expression {
  return sql`least(1, ${1 - AGAIN}::float8 * least(1, ${rank}) + ${AGAIN / 0.645}::float8 * greatest(0, ${rank} - 1))`;
}

/** Words of a phrase that stand together are worth all; the same words here and there, this much; some of them, less. */
const APART = 0.45;
const SOME = 0.3;

/**
 * How well one wording is met, 0 to 1. Words of a phrase count by how near they stand to each other: "Day Care" in a name and
 * "adult" in the text are no "adult day care". One of them alone counts nothing.
 */
function rank(text: string): Expression {
  const query = sql`plainto_tsquery('hub.plain', ${text})`;
  const rank = sql`ts_rank(${WEIGHTS}::float4[], w.words, ${query})`;
  if (!/[ -]/.test(text)) return worth(sql`${rank} * ${WHOLE}::float8`);
  // Stop words between leave room in a listing as they do here.
  const itself = sql`greatest(ts_rank_cd('{1,1,1,1}', to_tsvector('hub.plain', ${text}), ${query}), 0.05)`;
  const together = worth(sql`ts_rank_cd(${WEIGHTS}::float4[], w.words, ${query}) / ${itself}`);
  return sql`case when w.words @@ ${query} then greatest(${together}, ${APART}::float8 * ${worth(rank)}) else ${SOME}::float8 * ${worth(rank)} end`;
}

/** How well several wordings are met together, single words of theirs counting too: "Home Energy Programs" for "energy assistance". */
function loosely(wordings: Expression, count: number): Expression {
  return sql`least(1, ts_rank(${WEIGHTS}::float4[], w.words, ${wordings}) * ${WHOLE * count}::float8)`;
}

/** What is found by many wordings is surer than what has one of them again and again. */
const AGREED = 0.15;

/** How well one group is met, 0 to 1: by the best of its wordings, and by how many. Its category, and what helps in its place, count only where `wide` holds. */
function met(group: Group, wide: Condition): Expression {
  const parts = group.own.map((text) => (group.instead ? sql`${MISLEADING}::float8 * ${rank(text)}` : rank(text)));
  parts.push(
    ...group.means.map((text, at) => sql`${SYNONYM * telling(group.common[at] ?? 0)}::float8 * ${rank(text)}`),
  );
  const means = meansQuery(group);
  if (means) parts.push(sql`${PART_OF_SYNONYM}::float8 * ${loosely(means, group.means.length)}`);
  const category = categoryQuery(group);
  if (category) {
    parts.push(
      sql`case when ${wide} then case when w.words @@ ${category} then ${SAME_CATEGORY}::float8 else 0 end end`,
    );
  }
  const wordings = sql.join(parts.map((part) => sql`(${part})`));
  const all = sql`(select ${1 - AGREED}::float8 * max(x) + ${AGREED}::float8 * avg(x) from (values ${wordings}) v (x))`;
  if (group.near.length === 0) return all;
  return sql`greatest(${all}, case when ${wide} then ${IN_ITS_PLACE}::float8 * greatest(${sql.join(group.near.map(rank))}) end)`;
}

/** How much the name is just what was typed, 0 to 1, by letters in threes. */
function typed(groups: readonly Group[]): Expression {
  const said = groups.map((group) => group.own[0] ?? group.said).join(' ');
  return sql`(0.6 * word_similarity(${said}, w.name) + 0.4 * similarity(${said}, w.name))`;
}

/** How well a group is met by words of the name alone: where all listings of a kind say the same, those named so come first. */
function metInName(group: Group): Expression {
  const means = meansQuery(group);
  const own = ownQuery(group);
  const parts = [
    sql`least(1, ts_rank(${NAME_ALONE}::float4[], w.words, ${own}) * ${WHOLE * group.own.length}::float8)`,
  ];
  if (means) {
    const rank = sql`ts_rank(${NAME_ALONE}::float4[], w.words, ${means})`;
    parts.push(sql`${SYNONYM}::float8 * least(1, ${rank} * ${WHOLE * group.means.length}::float8)`);
  }
  return sql`greatest(${sql.join(parts)})`;
}

/** What the name says of the words, 0 to 1. */
function named(groups: readonly Group[], whole: number): Expression {
  const terms = groups.map((group) => sql`${group.weight / whole}::float8 * ${metInName(group)}`);
  return sql`(${1 - MET_IN_NAME}::float8 * ${typed(groups)} + ${MET_IN_NAME}::float8 * (${sql.join(terms, sql` + `)}))`;
}

/** Points for the words, over a row `w` of them; null when none were asked for. `wide` tells whether categories count too. */
export function textPoints(groups: readonly Group[], wide: Condition): RawBuilder<number> | null {
  if (groups.length === 0) return null;
  const whole = groups.reduce((sum, group) => sum + group.weight, 0);
  const terms = groups.map((group) => sql`${group.weight / whole}::float8 * ${met(group, wide)}`);
  return sql<number>`${RANK.text}::float8 * (${1 - NAMED}::float8 * (${sql.join(terms, sql` + `)}) + ${NAMED}::float8 * ${named(groups, whole)})`;
}

/** Points for distance; null when no place was asked for. Reads `miles` and `serves_area`. */
export function distancePoints(question: SearchQuestion): RawBuilder<number | null> {
  if (!question.near) return sql<null>`null::float8`;
  const half = HALF_DISTANCE_MILES;
  return sql<number>`greatest(coalesce(${RANK.distance}::float8 * ${half}::float8 / (${half}::float8 + d.miles), 0),
    case when d.serves_area then ${RANK.distance * SERVED_AREA_SHARE}::float8 else 0 end)`;
}

/** Points for fit; null when no person was given. Half when it is not known. */
export function fitPoints(question: SearchQuestion): RawBuilder<number | null> {
  if (!question.fit) return sql<null>`null::float8`;
  const { match, noMatch } = question.fit;
  return sql<number>`case when d.eligibility = any (${match}::bigint[]) then ${RANK.fit}::float8
    when d.eligibility = any (${noMatch}::bigint[]) then 0 else ${RANK.fit / 2}::float8 end`;
}

/** Points for room: all when there is some, few when it is unknown or one has to wait, none when it is full. */
export function roomPoints(question: SearchQuestion): RawBuilder<number> {
  const now = question.now.toISOString();
  const [all, half, some] = [RANK.room, RANK.room * 0.6, RANK.room * 0.4];
  return sql<number>`case when d.capacity_until > ${now}::timestamptz then case d.capacity_status when 'CAPACITY' then ${all}::float8
    when 'ASSESSMENT_REQUIRED' then ${half}::float8 when 'NO_CAPACITY' then 0 else ${some * 0.5}::float8 end
    else ${some}::float8 end`;
}

/** Points for how lately the listing was confirmed. */
export function freshnessPoints(question: SearchQuestion): RawBuilder<number> {
  const today = question.now.toISOString().slice(0, 10);
  return sql<number>`coalesce(${RANK.freshness}::float8 * greatest(0, least(1, 1 - (${today}::date - d.assured_date) / ${FRESH_DAYS}::float8)), 0)`;
}

/** Points for how the agency has answered referrals; half when too little is known. */
export function answersPoints(): RawBuilder<number> {
  return sql<number>`${RANK.answers}::float8 * coalesce(d.answers, ${UNKNOWN_ANSWERS}::float8)`;
}

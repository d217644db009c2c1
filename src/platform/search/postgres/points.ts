import { sql, type RawBuilder } from 'kysely';
import type { SearchQuestion } from '../port.js';
import { FRESH_DAYS, HALF_DISTANCE_MILES, RANK, SERVED_AREA_SHARE, UNKNOWN_ANSWERS } from '../ranking.js';
import { categoryQuery, meansQuery, ownQuery, type Expression } from './conditions.js';
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
const SAME_CATEGORY = 0.15;
/** What the words themselves are worth where listings mean something else by them. */
const MISLEADING = 0.35;
/** Of the points for text, what the name gives by being just what was typed: "AIDS" before "aide". */
const NAMED = 0.1;
/** Of that, what is for single words of a synonym in the name. */
const MET_IN_NAME = 0.4;
const NAME_ALONE = '{0,0,0,1}';

/** From 0 to 1: nearly all for the best place, the rest for being there again. */
function worth(rank: Expression): Expression {
  return sql`least(1, ${1 - AGAIN}::float8 * least(1, ${rank}) + ${AGAIN / 0.645}::float8 * greatest(0, ${rank} - 1))`;
}

/** How well one wording is met, 0 to 1. Words of a phrase count by how near they stand to each other, alone they count nothing. */
function rank(text: string): Expression {
  const whole = /[ -]/.test(text) ? 1 : WHOLE;
  return worth(sql`ts_rank(${WEIGHTS}::float4[], w.words, plainto_tsquery('hub.plain', ${text})) * ${whole}::float8`);
}

/** How well several wordings are met together, single words of theirs counting too: "Home Energy Programs" for "energy assistance". */
function loosely(wordings: Expression, count: number): Expression {
  return sql`least(1, ts_rank(${WEIGHTS}::float4[], w.words, ${wordings}) * ${WHOLE * count}::float8)`;
}

/** How well one group is met, 0 to 1: by the best of its wordings. */
function met(group: Group): Expression {
  const parts = group.own.map((text) => (group.instead ? sql`${MISLEADING}::float8 * ${rank(text)}` : rank(text)));
  parts.push(...group.means.map((text) => sql`${SYNONYM}::float8 * ${rank(text)}`));
  const means = meansQuery(group);
  if (means) parts.push(sql`${PART_OF_SYNONYM}::float8 * ${loosely(means, group.means.length)}`);
  const category = categoryQuery(group);
  if (category) parts.push(sql`case when w.words @@ ${category} then ${SAME_CATEGORY}::float8 else 0 end`);
  return sql`greatest(${sql.join(parts)})`;
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

/** Points for the words, over a row `w` of them; null when none were asked for. */
export function textPoints(groups: readonly Group[]): RawBuilder<number> | null {
  if (groups.length === 0) return null;
  const whole = groups.reduce((sum, group) => sum + group.weight, 0);
  const terms = groups.map((group) => sql`${group.weight / whole}::float8 * ${met(group)}`);
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

import { sql, type Kysely } from 'kysely';
import { noCounts, type SearchAnswer, type SearchQuestion } from '../port.js';
import { all, filters, inName, matches, milesFrom, type Condition, type Expression } from './conditions.js';
import { chosen, without } from './facets.js';
import { CANDIDATES } from './limits.js';
import { textPoints } from './points.js';
import { relax } from './relax.js';
import { answerFrom } from './statement.js';
import { understand, type Group } from './understand.js';

/** Where that many have the words in their name, so many more are scored that have them elsewhere. */
const BESIDES = 1000;
const AS_FOUND = sql`d.*, true as as_found`;

/** The documents to score. Where there are too many, those with the words in their name come first, then the nearest or the best kept. */
function candidates(
  question: SearchQuestion,
  groups: readonly Group[],
  required: readonly Group[],
  known: readonly string[] | null,
): Expression {
  if (known) return sql`(select ${AS_FOUND} from hub.search_document d where d.id = any (${known}::uuid[]))`;
  const found = [...matches(required), ...filters(question)];
  const order = question.near ? sql`${milesFrom(question.near)} nulls last, d.id` : sql`d.quality desc, d.id`;
  // Ids alone are sorted: whole rows would go through temporary files.
  const pick = (conditions: readonly Condition[], limit: number = CANDIDATES) =>
    sql`(select d.id from hub.search_document d where ${all(conditions)} order by ${order} limit ${limit})`;
  const ids =
    groups.length > 0 ? sql`(${pick([...found, ...inName(required)])} union ${pick(found, BESIDES)})` : pick(found);
  return sql`(select ${AS_FOUND} from ${ids} i join hub.search_document d on d.id = i.id)`;
}

/** As many documents as are scored, of those that would be found; which ones does not matter to counting. */
function some(question: SearchQuestion, required: readonly Group[]): Expression {
  const found = [...matches(required), ...filters(question)];
  return sql`(select d.* from hub.search_document d where ${all(found)} limit ${CANDIDATES})`;
}

/** Answers one question: reads the words, relaxes them where too little is found, scores and counts. */
export async function answer(db: Kysely<unknown>, question: SearchQuestion): Promise<SearchAnswer> {
  const { groups, corrected } = await understand(db, question.text ?? '');
  const asked = (question.text ?? '').trim() !== '';
  // Without words everything is found, and the order decides what is scored.
  const { required, dropped, ids } =
    groups.length > 0 ? await relax(db, question, groups) : { required: [], dropped: [], ids: null };
  const many = groups.length > 0 && ids === null;
  const reading = {
    corrected,
    synonyms: [...new Set(groups.flatMap((group) => group.means))],
    category: groups.find((group) => group.category !== null)?.category ?? null,
    dropped: dropped.map((group) => group.said),
  };
  const beside = new Map(
    chosen(question.filter).map((dimension) => [dimension, some(without(question, dimension), required)]),
  );
  if ((ids?.length === 0 && beside.size === 0) || (asked && groups.length === 0)) {
    return { hits: [], total: 0, totalIsExact: true, counts: question.facets ? noCounts(question) : null, reading };
  }
  const documents = candidates(question, groups, required, ids);
  const found = { documents, text: textPoints(groups), beside, many, limit: CANDIDATES };
  return { ...(await answerFrom(db, question, found)), reading };
}

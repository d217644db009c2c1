import { sql, type Kysely } from 'kysely';
import { noCounts, type SearchAnswer, type SearchQuestion } from '../port.js';
import { calledFirst, isNobody } from './called.js';
import { chosen, without } from './facets.js';
import { capped, hasBrought, inSteps, isByName, withCalled } from './found.js';
import { ladderOf, letGo, loosely, mayLetGo, type Ladder } from './relax.js';
import { ENOUGH, WEIGHED } from './limits.js';
import { textPoints } from './points.js';
import { stagesOf } from './stages.js';
import { answerFrom, type Relation } from './statement.js';
import { understand } from './understand.js';

/**
 * Answers one question: reads the words, finds, scores and counts. What is a step wider is in the same statement; only to let
 * words go, or to take any one of them, is another one sent.
 */
export async function answer(db: Kysely<unknown>, question: SearchQuestion): Promise<SearchAnswer> {
  const { groups, corrected, called } = await understand(db, question.text ?? '');
  const reading = {
    corrected,
    synonyms: [...new Set(groups.flatMap((group) => group.means))],
    category: groups.find((group) => group.category !== null)?.category ?? null,
    dropped: [] as string[],
  };
  const asked = (question.text ?? '').trim() !== '';
  if (asked && groups.length === 0 && isNobody(called)) {
    return { hits: [], total: 0, totalIsExact: true, counts: question.facets ? noCounts(question) : null, reading };
  }
  const stages = await stagesOf(db);
  const needed = groups.filter(({ optional }) => !optional);
  const ask = async (ladder: Ladder) => {
    const relation = (one: SearchQuestion, beside = false): Relation => {
      const all = { question: one, stages, beside };
      const others = asked && groups.length === 0 ? null : inSteps(all, ladder.steps);
      const documents = others && isNobody(called) ? others : withCalled(one, called, others);
      return { documents, capped: (those) => capped(all, those) };
    };
    const { documents, ...found } = await answerFrom(db, question, {
      ...relation(question),
      text: calledFirst(
        called,
        textPoints([...groups, ...ladder.loose], ladder.wide === null ? sql`false` : hasBrought(ladder.wide)),
      ),
      order: sql`d.step, ${isByName} desc, d.rest desc, d.id`,
      weighed: WEIGHED,
      unweighed: sql`0::float8`,
      asFound: sql`true`,
      beside: new Map(
        chosen(question.filter).map((dimension) => [dimension, relation(without(question, dimension), true)]),
      ),
    });
    return { documents, ladder, found };
  };
  let best = await ask(ladderOf(needed));
  if (best.documents < ENOUGH && mayLetGo(needed)) {
    const wider = await letGo(db, question, needed, stages, best.documents);
    if (wider.steps.length > 1) best = await ask(wider);
  }
  const loose = loosely(needed, best.ladder, best.documents);
  if (loose) {
    const any = await ask(loose);
    if (any.documents > best.documents) best = any;
  }
  return { ...best.found, reading: { ...reading, dropped: best.ladder.dropped.map((group) => group.said) } };
}

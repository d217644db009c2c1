import { sql, type Kysely } from 'kysely';
import { noCounts, type SearchAnswer, type SearchQuestion } from '../port.js';
import { chosen, without } from './facets.js';
import { capped, isByName, isWhole, withBefore } from './found.js';
import { WEIGHED } from './limits.js';
import { textPoints } from './points.js';
import { asCalled, relax, widens, type Relaxed } from './relax.js';
import { stagesOf } from './stages.js';
import { answerFrom, type Relation } from './statement.js';
import { understand } from './understand.js';

/** Answers one question: reads the words, relaxes them where too little is found, scores and counts. */
export async function answer(db: Kysely<unknown>, question: SearchQuestion): Promise<SearchAnswer> {
  const { groups, corrected } = await understand(db, question.text ?? '');
  const reading = {
    corrected,
    synonyms: [...new Set(groups.flatMap((group) => group.means))],
    category: groups.find((group) => group.category !== null)?.category ?? null,
    dropped: [] as string[],
  };
  const asked = (question.text ?? '').trim() !== '';
  if (asked && groups.length === 0) {
    return { hits: [], total: 0, totalIsExact: true, counts: question.facets ? noCounts(question) : null, reading };
  }
  const stages = await stagesOf(db);
  const needed = groups.filter(({ optional }) => !optional);
  const ask = ({ required, before, loose, wide }: Omit<Relaxed, 'dropped'>) => {
    const documents = (one: SearchQuestion, beside = false): Relation => {
      const all = { question: one, groups: required, stages, beside };
      return { documents: withBefore(all, before), capped: (relation) => capped(all, relation) };
    };
    return answerFrom(db, question, {
      ...documents(question),
      text: textPoints([...(wide ? groups : groups.map(asCalled)), ...loose]),
      order: sql`${isWhole} desc, ${isByName} desc, d.rest desc, d.id`,
      weighed: WEIGHED,
      unweighed: sql`0::float8`,
      asFound: sql`true`,
      beside: new Map(
        chosen(question.filter).map((dimension) => [dimension, documents(without(question, dimension), true)]),
      ),
    });
  };
  const { documents, ...first } = await ask({ required: needed.map(asCalled), before: [], loose: [], wide: false });
  if (!widens(documents, needed)) return { ...first, reading };
  const relaxed = await relax(db, question, needed, stages, documents);
  if (relaxed.before.length === 0) return { ...first, reading };
  const { documents: _, ...wider } = await ask(relaxed);
  return { ...wider, reading: { ...reading, dropped: relaxed.dropped.map((group) => group.said) } };
}

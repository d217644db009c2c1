import { sql, type Kysely } from 'kysely';
import { isEveryday, isFiller, isQualifier } from '../words.js';
import type { SearchQuestion } from '../port.js';
import { found } from './found.js';
import { ENOUGH } from './limits.js';
import type { Stage } from './stages.js';
import { FOR_PEOPLE, isKnown, type Group } from './understand.js';

/** With fewer than this, any one of the words is enough. */
const FEW = 3;
/** What a single word counts then, beside what was asked for. */
const LOOSE = 0.2;
/** Of what a word less would find, this much is counted. */
const LOOK_AHEAD = 100;

/** Ways to ask, from the narrowest on: what has all the words ranks first. */
export interface Ladder {
  steps: (readonly Group[])[];
  /** The step at which whatever is of a category is found too, and what helps in place of what was asked for. */
  wide: number | null;
  /** These words are asked for no more; they only add to the ranking. */
  dropped: readonly Group[];
  /** Single words of what was asked for, which count a little where any of them is enough. */
  loose: readonly Group[];
}

/** As it is said and called, and not by its category alone. */
export const asCalled = (group: Group): Group => ({ ...group, category: null, near: [] });

/** Whether words go before categories count: not where there is one thing, or several kinds of help. */
export const mayLetGo = (groups: readonly Group[]): boolean => groups.length > 1 && !areNeeds(groups, []);

/** How a question is asked at first, and how it is widened without letting words go. */
export function ladderOf(groups: readonly Group[]): Ladder {
  if (mayLetGo(groups)) return { steps: [groups.map(asCalled)], wide: null, dropped: [], loose: [] };
  return widened(groups, [], []);
}

/** Of several kinds of help each is enough; then all that is of their categories. */
function widened(groups: readonly Group[], dropped: readonly Group[], before: readonly (readonly Group[])[]): Ladder {
  const required = leftOf(groups, dropped).map(asCalled);
  const needs = areNeeds(groups, dropped);
  const steps = [...before, required, ...(needs ? [[anyOf(required)]] : [])];
  const all = widely(groups, dropped);
  if (all.length === 0) return { steps, wide: null, dropped, loose: [] };
  return { steps: [...steps, needs ? [anyOf(all)] : all], wide: steps.length, dropped, loose: [] };
}

/**
 * Drops words until enough is found: of those whose loss brings something, the one that says least ("center" before
 * "Islamic"), unless another one brings far more. `had` were found by all that was asked for.
 */
export async function letGo(
  db: Kysely<unknown>,
  question: SearchQuestion,
  groups: readonly Group[],
  stages: readonly Stage[],
  had: number,
): Promise<Ladder> {
  let required = groups.map(asCalled);
  let documents = had;
  const dropped: Group[] = [];
  const before: (readonly Group[])[] = [];
  while (required.length > 1 && documents < ENOUGH && !areNeeds(groups, dropped)) {
    const without = required.map((group) => ({ group, rest: required.filter((other) => other !== group) }));
    const counts = await countEach(
      db,
      without.map(({ rest }) => ({ question, groups: rest, stages })),
    );
    const options = without.map((one, at): Option => ({ ...one, documents: counts[at] ?? 0 }));
    const best = leastLoss(options, documents);
    if (!best) break;
    before.push(required);
    dropped.push(best.group);
    required = best.rest;
    documents = best.documents;
  }
  return widened(groups, dropped, before);
}

/** Any single word, where so little was found that this is enough; undefined where that is no other question. */
export function loosely(groups: readonly Group[], ladder: Ladder, documents: number): Ladder | undefined {
  const loose = loosened(groups, documents);
  if (loose.length === 0) return undefined;
  return { ...ladder, steps: [...ladder.steps, [anyOf([...groups, ...loose])]], dropped: groups, loose };
}

/** What is left of the words, by their categories and by what helps in their place; nothing where there is neither. */
export function widely(groups: readonly Group[], dropped: readonly Group[]): Group[] {
  const left = leftOf(groups, dropped);
  return left.every(({ category, near }) => category === null && near.length === 0) ? [] : left;
}

const leftOf = (groups: readonly Group[], dropped: readonly Group[]): Group[] =>
  groups.filter(({ said }) => !dropped.some((group) => group.said === said));

/** Single words of what was asked for, where so little was found that any of them is enough; none where that changes nothing. */
export function loosened(groups: readonly Group[], documents: number): Group[] {
  const words = groups.flatMap((group) => {
    const said = group.said.split(' ').filter((word) => !isFiller(word) && !isQualifier(word));
    return isKnown(group) ? said.filter((word) => !isEveryday(word)) : said;
  });
  if (documents >= FEW || (groups.length === 1 && words[0] === groups[0]?.said)) return [];
  const word = {
    means: [],
    common: [],
    near: [],
    category: null,
    instead: false,
    documents: 0,
    weight: LOOSE,
    optional: true,
  };
  return words.map((said) => ({ ...word, said, own: [said] }));
}

/** Several kinds of help: nobody gives all of them, and none is more the one that is looked for. */
export function areNeeds(groups: readonly Group[], dropped: readonly Group[]): boolean {
  const left = leftOf(groups, dropped);
  return left.length > 1 && left.every((group) => isKnown(group) && group.weight > FOR_PEOPLE);
}

/** Any of these is enough. */
function anyOf(groups: readonly Group[]): Group {
  const [own, means] = [groups.flatMap((group) => group.own), groups.flatMap((group) => group.means)];
  const none = { said: '', common: [], near: [], category: null, instead: false, documents: 0, optional: false };
  return { ...none, own, means, weight: LOOSE, any: groups };
}

interface Option {
  group: Group;
  rest: Group[];
  documents: number;
}

/** What bringing e times as much is worth beside saying something. */
const MORE = 0.15;

function loss({ group, documents }: Omit<Option, 'rest'>): number {
  return meaning(group) - MORE * Math.log(1 + documents);
}

/** The word to let go; undefined when letting go brings nothing to the `before` that were found. */
export function leastLoss<T extends Omit<Option, 'rest'>>(options: readonly T[], before: number): T | undefined {
  const more = options.filter((option) => option.documents > before);
  if (more.length === 0 && before > 0) return undefined;
  const choice = more.length > 0 ? more : options;
  return choice.toSorted((a, b) => loss(a) - loss(b))[0];
}

/** How much a group says: known phrases most, then rare words; a word that is nowhere says nothing. */
function meaning(group: Group): number {
  if (isKnown(group)) return 10 * group.weight;
  return group.documents === 0 ? 0 : group.weight;
}

/** How many documents meet each of several questions, counted so far as it matters: one statement. */
async function countEach(
  db: Kysely<unknown>,
  asked: readonly Omit<Parameters<typeof found>[0], 'most' | 'read'>[],
): Promise<number[]> {
  const counts = asked.map((one) => {
    const documents = found({ ...one, most: LOOK_AHEAD, read: sql`d.id` });
    return sql`(select count(*)::int from (select from ${documents} d limit ${LOOK_AHEAD}) x)`;
  });
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}] as counts`.execute(db);
  return rows[0]?.counts ?? [];
}

import type { Kysely } from 'kysely';
import { edits } from '../spelling.js';
import { isEveryday, isFiller, isPeople, isQualifier, isTerm, wordsOf } from '../words.js';
import { isNobody, type Called } from './called.js';
import { apart, lookUp, type Phrase, type ReadWords, type Word } from './read-words.js';

/** One thing that was asked for: a word or a known phrase, with all that may stand for it in a listing. */
export interface Group {
  /** As typed, corrected where needed. */
  said: string;
  /** Spellings of the same; each may be of several words that must all be there. */
  own: string[];
  /** Synonyms. */
  means: string[];
  /** Of each of these, in what share of all documents its rarest word is, 0 to 1. */
  common: number[];
  category: string | null;
  /** What helps where there is nothing of that. */
  near: string[];
  /** Its own words mean something else in listings. */
  instead: boolean;
  /** In how many documents its rarest word is; 0 when nothing can be found by its own words. */
  documents: number;
  /** How much it counts beside the others: rare words say more. */
  weight: number;
  /** It helps to order what is found and need not be met. */
  optional: boolean;
  /** Any of these is enough. */
  any?: readonly Group[];
}

export interface Understood {
  groups: Group[];
  corrected: string | null;
  /** Services and agencies that are called just what was typed: they come first. */
  called: Called;
}

/** The last word may be cut off: this many ways to complete it are tried. */
const COMPLETIONS = 12;
const letters = /^\p{L}{3,}$/u;

/** A word that is written so many times as often as what it shares a stem with is what was meant: "counciling" is no council. */
const OFTENER = 3;
/** A completion stands against a correction that is used up to so many times as often: "kare" is care, not Karen. */
const RARER = 10;

/** Reads the words of a question: spelling, phrases, synonyms. One statement; two when a word is misspelled, three when it means nothing. */
export async function understand(db: Kysely<unknown>, text: string): Promise<Understood> {
  const typed = withAges(withPatients(wordsOf(text)));
  const may = typed.filter((word) => letters.test(word) && !isFiller(word) && !isQualifier(word) && !isEveryday(word));
  const read = await lookUp(db, typed, { may, completions: COMPLETIONS });
  // A name that somebody bears is spelled right.
  if (read.spellings.size === 0 || !isNobody(read.called)) {
    return { groups: groupsOf(read, new Map()), corrected: null, called: read.called };
  }
  const { spellings, alone } = spellingsOf(read, typed.at(-1) ?? '');
  if (alone.length > 0) for (const [word, two] of await apart(db, alone)) spellings.set(word, [two]);
  const words = typed.flatMap((word) => spellings.get(word)?.[0]?.split(' ') ?? [word]);
  const changed = typed.some((word) => spellings.has(word) && spellings.get(word)?.[0] !== word);
  const meant = changed ? await lookUp(db, words) : read;
  const alternatives = new Map([...spellings.values()].map((list) => [list[0] ?? '', list]));
  return { groups: groupsOf(meant, alternatives), corrected: changed ? words.join(' ') : null, called: meant.called };
}

/** From this age on somebody is spoken of as old: "my 80 year old mother". */
const OLD = /^([6-9]\d|10\d)$/;
const YEARS = /^(years?|yrs?|yo|anos)$/;

/** What stands behind "pt" where a care manager writes of a patient, and not of physical therapy. */
const OF_PATIENT = /^(needs?|with|w|has|is|in|on|wants|wanting|requires|needing|does|cannot|cant|who|and|s)$/;

/** "Pt needs walker", "elderly pt": a patient. */
const withPatients = (words: readonly string[]): string[] =>
  words.map((word, at) => {
    const patient = OF_PATIENT.test(words[at + 1] ?? '') || isPeople(words[at - 1] ?? '');
    return /^pts?$/.test(word) && patient ? 'patient' : word;
  });

/** Words with what an age says. */
const withAges = (words: readonly string[]): string[] =>
  words.flatMap((word, at) => (OLD.test(word) && YEARS.test(words[at + 1] ?? '') ? ['elderly'] : [word]));

/**
 * What each odd word may mean, the best first, and those that mean nothing. The last one may be cut off: words that begin
 * like it are meant then, unless something ten times as common sounds like it or is a letter away.
 */
function spellingsOf(read: ReadWords, last: string): { spellings: Map<string, string[]>; alone: string[] } {
  const spellings = new Map<string, string[]>();
  const alone: string[] = [];
  for (const { word, known, documents } of read.words) {
    const near = read.spellings.get(word);
    if (near === undefined) continue;
    const [best] = near;
    const corrected = near.map((one) => one.word);
    if (known) {
      if (best?.sounds && best.documents >= OFTENER * Math.max(1, documents)) spellings.set(word, [best.word, word]);
      continue;
    }
    const whole = word === last ? read.whole : [];
    const finished = whole.map((one) => one.word);
    const alike = best !== undefined && (best.sounds || edits(word, best.word) === 1);
    const rare = alike && (whole[0]?.documents ?? 0) * RARER < best.documents;
    const list = finished.length === 0 ? corrected : rare ? [...corrected, ...finished] : finished;
    if (list.length > 0) spellings.set(word, list);
    else alone.push(word);
  }
  return { spellings, alone };
}

function groupsOf(read: ReadWords, spellings: ReadonlyMap<string, string[]>): Group[] {
  const content = read.words.filter((word) => word.stem !== null);
  const phrases = chosen(read.phrases, content);
  const met = new Map(
    phrases.flatMap((same) => (same[0]?.at ?? []).map((at, n) => [at, n === 0 ? same : []] as const)),
  );
  const groups: Group[] = [];
  const fillers: Group[] = [];
  for (const [at, word] of content.entries()) {
    const same = met.get(at);
    // A later word of a phrase that has been seen.
    if (same?.length === 0) continue;
    const words = (same?.[0]?.at ?? [at]).flatMap((n) => content[n] ?? []);
    const group = groupOf(words, same ?? [], spellings);
    if (!same && isFiller(word.word)) fillers.push(group);
    else groups.push(group);
  }
  // "help" alone is all there is to go by.
  if (groups.length === 0) return fillers;
  // So is "free center"; in "free dentist for kids" the dentist is what is looked for.
  if (groups.every(({ optional }) => optional)) return groups.map((group) => ({ ...group, optional: false }));
  return heard(groups);
}

/**
 * Of the phrases that were met, those that stand: of several with a word in common the longest, then the one whose words stand
 * closest. Those with the very same words stand together. Between words of a phrase nothing may stand that is a phrase itself.
 */
function chosen(phrases: readonly Phrase[], content: readonly Word[]): Phrase[][] {
  const known = new Set(phrases.flatMap(({ at }) => (at.length === 1 ? at : [])));
  const between = ({ at }: Phrase): number[] => {
    const [from = 0, to = 0] = [at[0], at.at(-1)];
    return Array.from({ length: to - from + 1 }, (_, n) => from + n).filter((n) => !at.includes(n));
  };
  const loose = (phrase: Phrase): number =>
    phrase.stems === stemsAt(content, phrase.at) ? between(phrase).length : 1 + between(phrase).length;
  // Words between need something to hold on to: "get off work" is not "get to work".
  const holds = ({ at }: Phrase): boolean => at.filter((n) => !isFiller(content[n]?.word ?? '')).length > 1;
  const ordered = phrases
    .filter((phrase) => between(phrase).every((n) => !known.has(n)) && (loose(phrase) === 0 || holds(phrase)))
    .toSorted((a, b) => b.at.length - a.at.length || loose(a) - loose(b) || (a.at[0] ?? 0) - (b.at[0] ?? 0));
  const taken = new Map<number, Phrase[]>();
  const stand: Phrase[][] = [];
  for (const phrase of ordered) {
    const others = new Set(phrase.at.map((n) => taken.get(n)));
    const [same] = others;
    if (others.size === 1 && same === undefined) {
      const fresh = [phrase];
      stand.push(fresh);
      for (const n of phrase.at) taken.set(n, fresh);
    } else if (others.size === 1 && same?.[0]?.stems === phrase.stems && `${same[0].at}` === `${phrase.at}`) {
      same.push(phrase);
    }
  }
  return stand;
}

const stemsAt = (content: readonly Word[], at: readonly number[]): string => at.map((n) => content[n]?.stem).join(' ');

/** A question of more things than this is a story. */
const STORY = 4;
/** Of a story so many things are kept. */
const KEPT = 8;

/** Beside a kind of help, whom it is for and everyday words only order; so does, of a story, all that is not known. */
function heard(groups: readonly Group[]): Group[] {
  const known = groups.filter((group) => !group.optional && isKnown(group));
  const given = known.filter((group) => !isOnTerms(group));
  const things = given.filter((group) => !isForPeople(group));
  const kinds = [things, given, known].find((some) => some.length > 0) ?? [];
  const beside = kinds.length === 0 ? groups : groups.map((group) => (kinds.includes(group) ? group : less(group)));
  const needed = beside.filter(({ optional }) => !optional);
  if (needed.length <= STORY || known.length === 0) return beside.slice(0, 2 * KEPT);
  const told = needed.filter(isKnown);
  const others = beside.filter((group) => !told.includes(group)).toSorted((a, b) => b.weight - a.weight);
  const rest = others.map((group) => ({ ...group, weight: QUALIFYING, optional: true }));
  return [...told, ...rest].slice(0, KEPT);
}

/** What stands beside a kind of help. */
function less(group: Group): Group {
  if (isOnTerms(group)) return { ...group, weight: QUALIFYING, optional: true };
  if (isKnown(group)) return isForPeople(group) ? { ...group, weight: FOR_PEOPLE } : group;
  return isEveryday(group.said) ? { ...group, weight: QUALIFYING, optional: true } : group;
}

/** "Dentist that takes medicaid", "rehab, no insurance": whoever gives the help is asked about that. */
const isOnTerms = ({ said }: Group): boolean => said.split(' ').every((word) => isTerm(word) || isQualifier(word));

const isForPeople = ({ said }: Group): boolean => said.split(' ').every((word) => isPeople(word) || isQualifier(word));

/** Whether it is known what stands for it. */
export const isKnown = ({ category, means }: Pick<Group, 'category' | 'means'>): boolean =>
  category !== null || means.length > 0;

/** What is known to be a kind of help says most, the more the rarer its own words are; what only qualifies it, least. */
const KNOWN = 1.3;
const BY_RARITY = 0.4;
/** What two in five listings give says half as much. */
const EVERYWHERE = 0.4;
const SAID_EVERYWHERE = 0.5;
const known = (documents: number, common: number): number =>
  (KNOWN - BY_RARITY * (1 - rarity(documents) / COMMON_NOWHERE)) *
  (1 - SAID_EVERYWHERE * Math.min(1, common / EVERYWHERE));
export const FOR_PEOPLE = 0.6;
const QUALIFYING = 0.3;

/** Rare words say more. */
const COMMON_NOWHERE = 1.3;
const rarity = (documents: number): number =>
  Math.min(COMMON_NOWHERE, Math.max(0.4, 1.4 - 0.12 * Math.log(1 + documents)));

function groupOf(words: readonly Word[], phrases: readonly Phrase[], spellings: ReadonlyMap<string, string[]>): Group {
  const said = words.map((word) => word.word).join(' ');
  const documents = Math.min(...words.map((word) => word.documents));
  const single = words.length === 1 ? spellings.get(said) : undefined;
  const means = new Map(phrases.flatMap((phrase) => phrase.means.map((text, at) => [text, phrase.common[at] ?? 0])));
  const category = phrases.find((phrase) => phrase.category !== null)?.category ?? null;
  const optional = words.length === 1 && isQualifier(said);
  // "Home work": listings write it in one word.
  const joined = words.length === 2 && phrases.some(({ stems }) => !stems.includes(' '));
  const written = joined ? [said, said.replace(' ', '')] : [said];
  return {
    said,
    own: single ?? written,
    means: [...means.keys()],
    common: [...means.values()],
    category,
    near: [...new Set(phrases.flatMap(({ near }) => near))].filter((text) => !means.has(text)),
    instead: phrases.some((phrase) => phrase.instead),
    documents,
    weight: optional
      ? QUALIFYING
      : phrases.length > 0
        ? known(documents, Math.max(0, ...means.values()))
        : rarity(documents),
    optional,
  };
}

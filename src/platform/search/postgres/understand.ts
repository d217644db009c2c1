import type { Kysely } from 'kysely';
import { edits } from '../spelling.js';
import { isFiller, isQualifier, wordsOf } from '../words.js';
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
  /** Its own words mean something else in listings. */
  instead: boolean;
  /** In how many documents its rarest word is; 0 when nothing can be found by its own words. */
  documents: number;
  /** How much it counts beside the others: rare words say more. */
  weight: number;
  /** It helps to order what is found and need not be met. */
  optional: boolean;
}

export interface Understood {
  groups: Group[];
  corrected: string | null;
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
  const typed = wordsOf(text);
  const may = typed.filter((word) => letters.test(word) && !isFiller(word) && !isQualifier(word));
  const read = await lookUp(db, typed, { may, completions: COMPLETIONS });
  if (read.spellings.size === 0) return { groups: groupsOf(read, new Map()), corrected: null };
  const { spellings, alone } = spellingsOf(read, typed.at(-1) ?? '');
  if (alone.length > 0) for (const [word, two] of await apart(db, alone)) spellings.set(word, [two]);
  const words = typed.flatMap((word) => spellings.get(word)?.[0]?.split(' ') ?? [word]);
  const changed = typed.some((word) => spellings.has(word) && spellings.get(word)?.[0] !== word);
  const meant = changed ? await lookUp(db, words) : read;
  const alternatives = new Map([...spellings.values()].map((list) => [list[0] ?? '', list]));
  return { groups: groupsOf(meant, alternatives), corrected: changed ? words.join(' ') : null };
}

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
  const groups: Group[] = [];
  const fillers: Group[] = [];
  let at = 0;
  while (at < content.length) {
    const first = content[at];
    if (!first) break;
    const phrases = longest(read.phrases, at);
    const to = phrases[0]?.to ?? at;
    const words = content.slice(at, to + 1);
    const group = groupOf(words, phrases, spellings);
    if (phrases.length === 0 && isFiller(first.word)) fillers.push(group);
    else groups.push(group);
    at = to + 1;
  }
  // "help" alone is all there is to go by.
  if (groups.length === 0) return fillers;
  // So is "free center"; in "free dentist for kids" the dentist is what is looked for.
  if (groups.every(({ optional }) => optional)) return groups.map((group) => ({ ...group, optional: false }));
  return told(groups);
}

/** A question of more things than this is a story. */
const STORY = 4;
/** Of a story so many things are kept. */
const KEPT = 8;

/** Of a story, what is known to be a kind of help is looked for; the rest helps to order. */
function told(groups: readonly Group[]): Group[] {
  const known = groups.filter((group) => !group.optional && isKnown(group));
  const things = groups.filter(({ optional }) => !optional).length;
  if (things <= STORY || known.length === 0) return groups.slice(0, 2 * KEPT);
  const others = groups.filter((group) => !known.includes(group)).toSorted((a, b) => b.weight - a.weight);
  const rest = others.map((group) => ({ ...group, weight: QUALIFYING, optional: true }));
  return [...known, ...rest].slice(0, KEPT);
}

const isKnown = ({ category, means }: Group): boolean => category !== null || means.length > 0;

/** What is known to be a kind of help says most; what only qualifies it, least. */
const KNOWN = 1.3;
const QUALIFYING = 0.3;

/** Rare words say more. */
const rarity = (documents: number): number => Math.min(1.3, Math.max(0.4, 1.4 - 0.12 * Math.log(1 + documents)));

function longest(phrases: readonly Phrase[], from: number): Phrase[] {
  const here = phrases.filter((phrase) => phrase.from === from);
  const to = Math.max(...here.map((phrase) => phrase.to));
  return here.filter((phrase) => phrase.to === to);
}

function groupOf(words: readonly Word[], phrases: readonly Phrase[], spellings: ReadonlyMap<string, string[]>): Group {
  const said = words.map((word) => word.word).join(' ');
  const documents = Math.min(...words.map((word) => word.documents));
  const single = words.length === 1 ? spellings.get(said) : undefined;
  const means = new Map(phrases.flatMap((phrase) => phrase.means.map((text, at) => [text, phrase.common[at] ?? 0])));
  const category = phrases.find((phrase) => phrase.category !== null)?.category ?? null;
  const optional = words.length === 1 && isQualifier(said);
  return {
    said,
    own: single ?? [said],
    means: [...means.keys()],
    common: [...means.values()],
    category,
    instead: phrases.some((phrase) => phrase.instead),
    documents,
    weight: optional ? QUALIFYING : phrases.length > 0 ? KNOWN : rarity(documents),
    optional,
  };
}

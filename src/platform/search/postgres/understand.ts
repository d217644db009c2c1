import type { Kysely } from 'kysely';
import { isFiller, wordsOf } from '../words.js';
import { lookUp, type Phrase, type ReadWords, type Word } from './read-words.js';

/** One thing that was asked for: a word or a known phrase, with all that may stand for it in a listing. */
export interface Group {
  /** As typed, corrected where needed. */
  said: string;
  /** Spellings of the same; each may be of several words that must all be there. */
  own: string[];
  /** Synonyms. */
  means: string[];
  category: string | null;
  /** Its own words mean something else in listings. */
  instead: boolean;
  /** In how many documents its rarest word is; 0 when nothing can be found by its own words. */
  documents: number;
  /** How much it counts beside the others: rare words say more. */
  weight: number;
}

export interface Understood {
  groups: Group[];
  corrected: string | null;
}

/** The last word may be cut off: this many ways to complete it are tried. */
const COMPLETIONS = 12;
const letters = /^\p{L}{3,}$/u;

/** Reads the words of a question: spelling, phrases, synonyms. One statement, two when a word is unknown. */
export async function understand(db: Kysely<unknown>, text: string): Promise<Understood> {
  const typed = wordsOf(text);
  const may = typed.filter((word) => letters.test(word) && !isFiller(word));
  const read = await lookUp(db, typed, { may, completions: COMPLETIONS });
  if (read.spellings.size === 0) return { groups: groupsOf(read, new Map()), corrected: null };
  const spellings = spellingsOf(read, typed.at(-1) ?? '');
  const words = typed.map((word) => spellings.get(word)?.[0] ?? word);
  const changed = typed.some((word) => spellings.has(word) && spellings.get(word)?.[0] !== word);
  const meant = changed ? await lookUp(db, words) : read;
  const alternatives = new Map([...spellings.values()].map((list) => [list[0] ?? '', list]));
  return { groups: groupsOf(meant, alternatives), corrected: changed ? words.join(' ') : null };
}

/** What each unknown word may mean, the best first. The last one may be cut off: words that begin like it are meant then. */
function spellingsOf({ spellings, whole }: ReadWords, last: string): ReadonlyMap<string, string[]> {
  const found = new Map(spellings);
  if (found.has(last) && whole.length > 0) {
    found.set(
      last,
      whole.map(({ word }) => word),
    );
  }
  for (const [word, list] of found) if (list.length === 0) found.delete(word);
  return found;
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
  return groups.length > 0 ? groups : fillers;
}

function longest(phrases: readonly Phrase[], from: number): Phrase[] {
  const here = phrases.filter((phrase) => phrase.from === from);
  const to = Math.max(...here.map((phrase) => phrase.to));
  return here.filter((phrase) => phrase.to === to);
}

function groupOf(words: readonly Word[], phrases: readonly Phrase[], spellings: ReadonlyMap<string, string[]>): Group {
  const said = words.map((word) => word.word).join(' ');
  const documents = Math.min(...words.map((word) => word.documents));
  const single = words.length === 1 ? spellings.get(said) : undefined;
  return {
    said,
    own: single ?? [said],
    means: [...new Set(phrases.flatMap((phrase) => phrase.means))],
    category: phrases.find((phrase) => phrase.category !== null)?.category ?? null,
    instead: phrases.some((phrase) => phrase.instead),
    documents,
    weight: phrases.length > 0 ? 1 : Math.min(1.4, Math.max(0.4, 1.4 - 0.12 * Math.log(1 + documents))),
  };
}

import { edits } from '../../platform/search/spelling.js';
import type { Words } from '../../platform/words.js';
import { PLAIN_CATEGORIES } from '../plain/plain-categories.js';
import { tokensOf } from '../plain/phrases.js';
import { SDOH_CATEGORIES } from '../sdoh-categories.js';

export interface SuggestedWords {
  /** CATEGORY: an SDOH category, `id` its code. WORDS: a kind of help in plain words, to search for. */
  kind: 'CATEGORY' | 'WORDS';
  text: string;
  id: string | null;
}

interface Entry extends SuggestedWords {
  tokens: string[];
  /** What is found by its own name stands before what is found by a thing people say. */
  own: boolean;
}

const UNSPECIFIED = 'sdoh-category-unspecified';
const books: Partial<Record<keyof Words, Entry[]>> = {};

/** Everything that may be suggested in a language; what people say is found in both. Made at first use. */
function book(language: keyof Words): Entry[] {
  const known = books[language];
  if (known) return known;
  const entries: Entry[] = [];
  for (const { code, label } of SDOH_CATEGORIES) {
    if (code === UNSPECIFIED) continue;
    entries.push({ kind: 'CATEGORY', text: label[language], id: code, own: true, tokens: tokensOf(label[language]) });
  }
  for (const { name, say } of PLAIN_CATEGORIES) {
    const add = (said: string, own: boolean): void =>
      void entries.push({ kind: 'WORDS', text: name[language], id: null, own, tokens: tokensOf(said) });
    add(name[language], true);
    for (const said of [...say.en, ...say.es]) add(said, false);
  }
  return (books[language] = entries);
}

/** How far a typed word is from the beginning of a known one; undefined when too far. */
function distance(typed: string, word: string, whole: boolean): number | undefined {
  if (whole ? word === typed : word.startsWith(typed)) return 0;
  const forgiven = typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0;
  if (forgiven === 0 || word[0] !== typed[0]) return undefined;
  const least = Math.min(
    ...[typed.length - 1, typed.length, typed.length + 1].map((length) =>
      edits(typed, whole ? word : word.slice(0, length)),
    ),
  );
  return least <= forgiven ? least : undefined;
}

/** How well an entry goes with what was typed, the least the best: each word must begin, or be nearly, one of its own. */
function cost(entry: Entry, typed: readonly string[]): number | undefined {
  let sum = entry.own ? 0 : 0.5;
  for (const [at, word] of typed.entries()) {
    const last = at === typed.length - 1;
    const costs = entry.tokens.flatMap((token, place) => {
      const far = distance(word, token, !last);
      return far === undefined ? [] : [far * 2 + (place === at ? 0 : 0.3)];
    });
    if (costs.length === 0) return undefined;
    sum += Math.min(...costs);
  }
  return sum + entry.tokens.length * 0.05;
}

/** Kinds of help that the letters typed so far may mean, the best first. */
export function suggestWords(text: string, language: keyof Words, limit: number): SuggestedWords[] {
  const typed = tokensOf(text).slice(0, 6);
  if (typed.length === 0) return [];
  const found = new Map<string, { entry: Entry; cost: number }>();
  for (const entry of book(language)) {
    const worth = cost(entry, typed);
    if (worth === undefined) continue;
    const key = `${entry.kind} ${entry.text}`;
    if (worth < (found.get(key)?.cost ?? Infinity)) found.set(key, { entry, cost: worth });
  }
  return [...found.values()]
    .sort((a, b) => a.cost - b.cost || a.entry.text.localeCompare(b.entry.text))
    .slice(0, limit)
    .map(({ entry: { kind, text: name, id } }) => ({ kind, text: name, id }));
}

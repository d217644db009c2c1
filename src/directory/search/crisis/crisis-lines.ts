import { readSeed } from '../../../platform/seed.js';
import { edits } from '../../../platform/search/spelling.js';
import { wordsOf } from '../../../platform/search/words.js';
import type { Language, Words } from '../../../platform/words.js';

/** One telephone line of `seeds/crisis-lines.json`. */
interface Line {
  key: string;
  name: Words;
  about: Words;
  call: string;
  text: { to: string; word: Record<Language, string | null> } | null;
  url: string;
  /** Whoever looks for one of these needs is shown it too. */
  categories: readonly string[];
  patterns: readonly string[];
}

/** Words between two slots of a pattern: "afraid of my husband", "hits and kicks me". */
const BETWEEN = 2;
/** From so many letters on a slip is forgiven: shorter words are too near to others ("kill" and "bill"). */
const FORGIVEN_FROM = 6;

type Slot = readonly string[];

const LINES = (readSeed('crisis-lines.json') as { lines: Line[] }).lines.map((line) => ({
  ...line,
  patterns: line.patterns.map((pattern): Slot[] => pattern.split(' ').map((slot) => slot.split('|'))),
}));

function means(word: string, slot: Slot): boolean {
  return slot.some(
    (meant) => word === meant || (meant.length >= FORGIVEN_FROM && word[0] === meant[0] && edits(word, meant) <= 1),
  );
}

/** Whether the slots stand among the words, in order and close together. */
function stands(words: readonly string[], slots: readonly Slot[], from = 0, within = words.length): boolean {
  const [slot, ...rest] = slots;
  if (!slot) return true;
  return words
    .slice(from, from + within)
    .some((word, at) => means(word, slot) && stands(words, rest, from + at + 1, BETWEEN + 1));
}

/** A telephone line for somebody in danger, in one language. */
export interface CrisisLineWords {
  key: string;
  name: string;
  about: string;
  call: string;
  textTo: string | null;
  textWord: string | null;
  url: string;
}

/** The lines for somebody who types these words, or looks for one of these needs: those of the words first. */
export function crisisLines(text: string, categories: readonly string[], language: Language): CrisisLineWords[] {
  const words = wordsOf(text);
  return LINES.filter(
    (line) =>
      line.patterns.some((slots) => stands(words, slots)) || line.categories.some((one) => categories.includes(one)),
  ).map(({ key, name, about, call, text: by, url }) => {
    const word = by?.word[language] ?? null;
    return {
      key,
      name: name[language],
      about: about[language],
      call,
      textTo: word && by ? by.to : null,
      textWord: word,
      url,
    };
  });
}

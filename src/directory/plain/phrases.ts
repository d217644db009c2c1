/** Words as they are compared: no accents, no case, no apostrophes; a star at the end is kept where asked for. */
export function tokensOf(text: string, stars = false): string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/['’`]/g, '')
    .toLowerCase()
    .split(stars ? /[^\p{L}\p{N}*]+/u : /[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '');
}

/** A phrase with what it stands for. */
interface Phrase<T> {
  tokens: readonly string[];
  value: T;
}

/** Where a phrase was found, in tokens. */
export interface Match<T> {
  from: number;
  to: number;
  value: T;
}

/** Finds any of many phrases in a text, in one walk over its words: a thousand phrases cost little more than one. */
export class PhraseBook<T> {
  readonly #byWord = new Map<string, Phrase<T>[]>();
  /** Those whose first word is open at its end, by that word and by how long it is. */
  readonly #open = new Map<string, Phrase<T>[]>();
  readonly #openLengths = new Set<number>();
  readonly #starts = new Map<string, readonly Phrase<T>[]>();

  add(phrase: string, value: T): void {
    const tokens = tokensOf(phrase, true);
    const first = tokens[0];
    if (first === undefined) return;
    const start = first.replace('*', '');
    const book = first === start ? this.#byWord : this.#open;
    this.#starts.clear();
    if (first !== start) this.#openLengths.add(start.length);
    book.set(start, [...(book.get(start) ?? []), { tokens, value }]);
  }

  find(tokens: readonly string[]): Match<T>[] {
    const found: Match<T>[] = [];
    for (const [from, token] of tokens.entries()) {
      for (const phrase of this.#startingWith(token)) {
        if (startsHere(phrase.tokens, tokens, from)) {
          found.push({ from, to: from + phrase.tokens.length, value: phrase.value });
        }
      }
    }
    return found;
  }

  /** A directory says the same words over and over: each is looked up once. */
  #startingWith(token: string): readonly Phrase<T>[] {
    const known = this.#starts.get(token);
    if (known) return known;
    const found = [...(this.#byWord.get(token) ?? [])];
    if (token.endsWith('s')) found.push(...(this.#byWord.get(token.slice(0, -1)) ?? []));
    for (const length of this.#openLengths) {
      if (length <= token.length) found.push(...(this.#open.get(token.slice(0, length)) ?? []));
    }
    if (this.#starts.size >= STARTS) this.#starts.clear();
    this.#starts.set(token, found);
    return found;
  }
}

function startsHere(phrase: readonly string[], tokens: readonly string[], from: number): boolean {
  return phrase.every((word, at) => isWord(word, tokens[from + at]));
}

/** The word itself, its plural, or with a star anything that begins so. */
function isWord(word: string, token: string | undefined): boolean {
  if (token === undefined) return false;
  if (word.endsWith('*')) return token.startsWith(word.slice(0, -1));
  return token === word || (token.length === word.length + 1 && token === `${word}s`);
}

/** Matches that no longer one covers: "hearing aids" is not "aids". */
export function longest<T>(matches: readonly Match<T>[]): Match<T>[] {
  // They come in the order of their beginnings, so that only neighbours can cover each other.
  return matches.filter((match, at) => {
    const covers = (other: Match<T> | undefined): boolean =>
      other !== undefined &&
      other.from <= match.from &&
      other.to >= match.to &&
      other.to - other.from > match.to - match.from;
    for (let before = at - 1; before >= 0 && match.from - (matches[before]?.from ?? 0) < LONGEST; before -= 1) {
      if (covers(matches[before])) return false;
    }
    for (let after = at + 1; matches[after]?.from === match.from; after += 1) {
      if (covers(matches[after])) return false;
    }
    return true;
  });
}

/** Words whose phrases are remembered. */
const STARTS = 20_000;
/** Phrases have at most this many words. */
const LONGEST = 8;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Numbers from 0 to 1 that a text decides. */
function dice(text: string): () => number {
  let state = 2166136261;
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  return () => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state / 2 ** 32;
  };
}

/** A query with so many slips of the finger: a letter left out, put in, changed or swapped, never the first of a word. */
export function misspell(text: string, slips: number, variant: number): string {
  const next = dice(`${text}#${slips}#${variant}`);
  const words = text.split(' ');
  for (let slip = 0; slip < slips; slip += 1) {
    const long = words.flatMap((word, at) => (word.length >= 4 ? [at] : []));
    const choice = long.length > 0 ? long : words.map((_, at) => at);
    const at = choice[Math.floor(next() * choice.length)] ?? 0;
    words[at] = slipIn(words[at] ?? '', next);
  }
  return words.join(' ');
}

function slipIn(word: string, next: () => number): string {
  const at = 1 + Math.floor(next() * (word.length - 1));
  const kind = Math.floor(next() * 4);
  const letter = LETTERS[Math.floor(next() * LETTERS.length)] ?? 'e';
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return word.slice(0, at) + letter + word.slice(at);
  if (kind === 2) return word.slice(0, at) + letter + word.slice(at + 1);
  const left = at < word.length - 1 ? at : at - 1;
  return word.slice(0, left) + (word[left + 1] ?? '') + (word[left] ?? '') + word.slice(left + 2);
}

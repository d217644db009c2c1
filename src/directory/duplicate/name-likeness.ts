/** Words that hardly tell one name from the next. Not those that say for whom or what: adult, child, dental, housing. */
const COMMON = new Set(
  (
    'food pantry center community church program programs service services ministry ministries outreach assistance help ' +
    'network group resource resources department office division national american foundation association society ' +
    'international agency clinic project card house home inc corporation committee coalition'
  ).split(' '),
);
const EMPTY = new Set(['the', 'a', 'an', 'of', 'and', 'for', 'at', 'in', 'to', 'inc', 'llc', 'on', 'with']);
/** Spellings of one word. */
const SAME: Readonly<Record<string, string>> = {
  st: 'saint',
  ctr: 'center',
  centre: 'center',
  svc: 'service',
  svcs: 'services',
  dept: 'department',
  co: 'county',
  umc: 'methodist',
  assn: 'association',
  natl: 'national',
  intl: 'international',
  mt: 'mount',
  ft: 'fort',
  govt: 'government',
  prog: 'program',
  apt: 'apartments',
};

/** The words of a name as they are compared. */
export function wordsOf(name: string): string[] {
  const folded = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’`]/g, '');
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !EMPTY.has(word)).map((word) => SAME[word] ?? word);
}

/** What a word counts: a number tells one of a series from the next, a common word hardly tells anything. */
const weightOf = (word: string): number => (/\d/.test(word) ? 1.5 : COMMON.has(word) ? 0.4 : 1);

/** Whether two words may be one, misspelled: one letter behind the first changed, added or left out, or a plural. */
function alike(a: string, b: string): boolean {
  if (a === b) return true;
  if (/\d/.test(a + b) || a[0] !== b[0] || Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) {
    return false;
  }
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const swapped =
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
  return short.slice(at + 1) === long.slice(at + 1) || swapped;
}

/** How two names compare. */
export interface Likeness {
  /** 0 to 1: the weight of the words they share, of all their words. */
  shared: number;
  /** The weight of the words that one of them has alone, the lesser and the greater: `Bay Clinic` and `Lake Clinic` are two. */
  ownLeast: number;
  ownMost: number;
}

const sumOf = (words: readonly string[]): number => words.reduce((sum, word) => sum + weightOf(word), 0);

/** Compares two names by their words. */
export function likeness(left: readonly string[], right: readonly string[]): Likeness {
  const all = sumOf(left) + sumOf(right);
  const rest = [...right];
  const alone: string[] = [];
  for (const word of left) {
    const at = rest.findIndex((other) => alike(word, other));
    if (at < 0) alone.push(word);
    else rest.splice(at, 1);
  }
  const own = [sumOf(alone), sumOf(rest)];
  const [ownLeast, ownMost] = [Math.min(...own), Math.max(...own)];
  return { shared: all === 0 ? 0 : (all - ownLeast - ownMost) / all, ownLeast, ownMost };
}

/** How alike two names are, 0 to 1. */
export const nameLikeness = (a: string, b: string): number => likeness(wordsOf(a), wordsOf(b)).shared;

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

/** "Part of the Solution (POTS)" says the same thing twice. */
function withoutInitials(name: string): string {
  const [before, letters] = /^(.+?) \(([A-Z]{2,8})\)/.exec(name)?.slice(1) ?? [];
  if (!before || !letters) return name;
  const initials = before.match(/[\p{L}\p{N}]+/gu)?.map(([first]) => first?.toUpperCase()).join('') ?? ''; // prettier-ignore
  return initials.includes(letters) ? name.replace(` (${letters})`, '') : name;
}

/** The words of a name as they are compared. */
export function wordsOf(name: string): string[] {
  const folded = withoutInitials(name)
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

/**
 * What one of two names has alone. Nothing, where it is only the name of the agency that both belong to ("Food pantry - Sixth
 * Church" of Sixth Church), or only a word of the trade while the other name has none of its own ("Food pantry: Loaves and
 * Fishes" and "Loaves and Fishes").
 */
function ownOf(alone: readonly string[], others: readonly string[], agency: readonly string[]): number {
  const isAgency =
    agency.length > 0 && agency.every((word) => alone.includes(word)) && alone.length <= agency.length + 1;
  const isTrade = others.length === 0 && alone.every((word) => COMMON.has(word));
  return isAgency || isTrade ? 0 : sumOf(alone);
}

/** Compares two names by their words. `agency`: the words of the name of the agency that both belong to, if they do. */
export function likeness(left: readonly string[], right: readonly string[], agency: readonly string[] = []): Likeness {
  const rest = [...right];
  const alone: string[] = [];
  for (const word of left) {
    const at = rest.findIndex((other) => alike(word, other));
    if (at < 0) alone.push(word);
    else rest.splice(at, 1);
  }
  const own = [ownOf(alone, rest, agency), ownOf(rest, alone, agency)];
  const both = sumOf(left) - sumOf(alone) + sumOf(right) - sumOf(rest);
  const [ownLeast, ownMost] = [Math.min(...own), Math.max(...own)];
  return { shared: both === 0 ? 0 : both / (both + ownLeast + ownMost), ownLeast, ownMost };
}

/** How alike two names are, 0 to 1. */
export const nameLikeness = (a: string, b: string): number => likeness(wordsOf(a), wordsOf(b)).shared;

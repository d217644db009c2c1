import { isFiller } from './words.js';

/** A known word that may be meant. */
export interface Candidate {
  word: string;
  /** In how many documents it is; 0 for a word of a synonym only. */
  documents: number;
  /** Whether it sounds like what was typed. */
  sounds: boolean;
}

/** Edits between two words: a letter more, less or other, or two neighbours swapped (optimal string alignment). */
export function edits(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const other = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min((above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + other);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      line.push(least);
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? 0;
}

/** How many edits are forgiven: short words are too close to each other for more than one. */
function forgiven(length: number): number {
  if (length <= 6) return 1;
  return length <= 9 ? 2 : 3;
}

/** People misspell by ear: sounding alike is worth more than an edit. Else what starts alike or is used more is meant more often. */
function cost(typed: string, candidate: Candidate, distance: number): number {
  const start = startsAlike(typed, candidate) ? 0.5 : 0;
  return distance - start - (candidate.sounds ? 1.2 : 0) - 0.2 * Math.log10(1 + candidate.documents);
}

const startsAlike = (typed: string, { word }: Candidate): boolean => word[0] === typed[0];

/** Nobody is looking for "los". Hardly anybody misses the first letter: "hooked" is not "cooked", but "fisician" is "physician". */
const mayBe = (typed: string, candidate: Candidate): boolean =>
  (candidate.sounds || startsAlike(typed, candidate)) && !isFiller(candidate.word);

/** Words of nearly the same cost are all tried: the best one is shown. */
const NEARLY = 0.35;

/** The known words that a misspelled one most likely means, best first; at most three, none when nothing is near. */
export function nearest(typed: string, candidates: readonly Candidate[]): Candidate[] {
  const limit = forgiven(typed.length);
  const near = candidates
    .filter((candidate) => mayBe(typed, candidate))
    .map((candidate) => ({ candidate, distance: edits(typed, candidate.word) }))
    .filter(({ candidate, distance }) => distance <= limit + (candidate.sounds ? 1 : 0))
    .map(({ candidate, distance }) => ({ candidate, cost: cost(typed, candidate, distance) }))
    .sort((a, b) => a.cost - b.cost || (a.candidate.word < b.candidate.word ? -1 : 1));
  const best = near[0];
  if (!best) return [];
  return near
    .filter((entry) => entry.cost - best.cost <= NEARLY)
    .slice(0, 3)
    .map((entry) => entry.candidate);
}

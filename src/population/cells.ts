import type { CountCell, RateCell } from './population.types.js';
import { isSmall } from './suppression-network.js';

export const shownCell = (value: number): CountCell => ({ value, suppressed: false });
export const withheldCell: CountCell = { value: null, suppressed: true };

/** A share of two cells that were suppressed together; no percentage where one of them is withheld. */
export function rateOf(numerator: CountCell, denominator: CountCell): RateCell {
  const [part, whole] = [numerator.value, denominator.value];
  const known = part !== null && whole !== null && whole > 0;
  return { numerator, denominator, percent: known ? Math.round((1000 * part) / whole) / 10 : null };
}

/**
 * Counts of which each is a part of the one before: members and screened, sent and answered. A count is withheld when it
 * is small, or when what fell away since the last shown one is.
 */
export function chain(counts: readonly number[]): CountCell[] {
  let last: number | null = null;
  return counts.map((count) => {
    if (isSmall(count) || (last !== null && isSmall(last - count))) return withheldCell;
    last = count;
    return shownCell(count);
  });
}

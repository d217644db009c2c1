import type { CountCell, RateCell } from './population.types.js';
import { isSmall } from './suppression-network.js';

/** A count as it is answered; null and what is missing: withheld. */
export const cellOf = (value: number | null | undefined = null): CountCell => ({ value, suppressed: value === null });

/** A share of two cells that were suppressed together; no percentage where one of them is withheld. */
export function rateOf(part: number | null, whole: number | null): RateCell {
  const known = part !== null && whole !== null && whole > 0;
  const percent = known ? Math.round((1000 * part) / whole) / 10 : null;
  return { numerator: cellOf(part), denominator: cellOf(whole), percent };
}

/**
 * Counts of which each is a part of the one before: members and screened, sent and answered. A count is withheld (null)
 * when it is small, or when what fell away since the last shown one is.
 */
export function chain(counts: readonly number[]): (number | null)[] {
  let last: number | null = null;
  return counts.map((count) => {
    if (isSmall(count) || (last !== null && isSmall(last - count))) return null;
    last = count;
    return count;
  });
}

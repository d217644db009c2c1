import { DateTime } from 'luxon';

/** A half-year, from its first to its last day. */
export interface Period {
  from: string;
  to: string;
}

/** Every period has as many months, so that no two overlap; half a year leaves small plans something to see. */
const MONTHS = 6;
/** Days that care organizations have for writing down what happened, before a period is counted for good. */
export const DAYS_TO_WRITE_DOWN = 30;

function startingAt(first: DateTime): Period & { next: DateTime } {
  const next = first.plus({ months: MONTHS });
  return { from: first.toISODate() ?? '', to: next.minus({ days: 1 }).toISODate() ?? '', next };
}

/** The periods from the one with the day `since` to the last that is over and may be counted at `now`, oldest first. */
export function periodsDue(since: string, now: Date): Period[] {
  const day = DateTime.fromISO(since, { zone: 'utc' });
  const found: Period[] = [];
  let first: DateTime = day.startOf('month').set({ month: day.month - ((day.month - 1) % MONTHS) });
  const today = DateTime.fromJSDate(now, { zone: 'utc' });
  for (;;) {
    const { from, to, next } = startingAt(first);
    if (next.plus({ days: DAYS_TO_WRITE_DOWN }) > today) return found;
    found.push({ from, to });
    first = next;
  }
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAYS_TO_WRITE_DOWN, periodsDue } from './period.js';

const at = (day: string): Date => new Date(`${day}T07:20:00Z`);
const DAY = 86_400_000;

describe('the periods of reports', () => {
  it('are the halves of a year, due thirty days after their end', () => {
    expect(periodsDue('2025-03-14', at('2025-07-30'))).toEqual([]);
    expect(periodsDue('2025-03-14', at('2025-07-31'))).toEqual([{ from: '2025-01-01', to: '2025-06-30' }]);
    expect(periodsDue('2025-07-01', at('2026-01-31'))).toEqual([{ from: '2025-07-01', to: '2025-12-31' }]);
    expect(periodsDue('2027-01-01', at('2026-01-31'))).toEqual([]);
  });

  it('follow one another without a gap and never overlap, whenever it is looked', () => {
    const day = fc.integer({ min: 0, max: 3650 }).map((n) => new Date(Date.UTC(2020, 0, 1) + n * DAY));
    fc.assert(
      fc.property(day, day, (since, now) => {
        const periods = periodsDue(since.toISOString().slice(0, 10), now);
        periods.forEach(({ from, to }, i) => {
          const before = periods[i - 1];
          if (before) expect(Date.parse(from) - Date.parse(before.to)).toBe(DAY);
          else expect(Date.parse(from)).toBeLessThanOrEqual(since.getTime());
          expect(Date.parse(to) + (DAYS_TO_WRITE_DOWN + 1) * DAY).toBeLessThanOrEqual(now.getTime());
          // Looked at again after one of them was published, the rest is the same.
          const next = new Date(Date.parse(to) + DAY).toISOString().slice(0, 10);
          expect(periodsDue(next, now)).toEqual(periods.slice(i + 1));
        });
      }),
    );
  });
});

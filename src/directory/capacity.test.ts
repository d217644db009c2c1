import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPACITY_KINDS, CAPACITY_STATUSES, TRUSTED_DAYS, capacityKind, capacityNow, hasRoom } from './capacity.js';

const now = new Date('2026-11-22T12:00:00Z');
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000);

describe('capacity', () => {
  it.each([
    ['HOUSING', 0.9, 'FRESH', 'WAITLIST'],
    ['HOUSING', 1, 'AGEING', 'WAITLIST'],
    ['HOUSING', 2, 'UNKNOWN', 'UNKNOWN'],
    ['FOOD', 6.9, 'FRESH', 'WAITLIST'],
    ['FOOD', 13.9, 'AGEING', 'WAITLIST'],
    ['FOOD', 14, 'UNKNOWN', 'UNKNOWN'],
    ['OTHER', 14, 'FRESH', 'WAITLIST'],
    ['OTHER', 29.9, 'AGEING', 'WAITLIST'],
    ['OTHER', 30, 'UNKNOWN', 'UNKNOWN'],
  ] as const)('of %s after %d days is %s', (kind, days, freshness, status) => {
    expect(capacityNow({ status: 'WAITLIST', updatedAt: ago(days), kind }, now)).toMatchObject({
      freshness,
      status,
      stale: status === 'UNKNOWN',
      ageDays: Math.floor(days),
    });
  });

  it('never said is not stale but unknown', () => {
    expect(capacityNow({ kind: 'FOOD' }, now)).toEqual({
      status: 'UNKNOWN',
      freshness: 'UNKNOWN',
      ageDays: null,
      stale: false,
      trustedUntil: null,
    });
  });

  it('of several kinds of help ages like the fastest', () => {
    expect(capacityKind(['stress', 'food-insecurity', 'homelessness'])).toBe('HOUSING');
    expect(capacityKind(['stress', 'food-insecurity'])).toBe('FOOD');
    expect(capacityKind([])).toBe('OTHER');
  });

  it('only ever loses trust with time, and tells until when it holds', () => {
    const rank = { FRESH: 0, AGEING: 1, UNKNOWN: 2 };
    fc.assert(
      fc.property(
        fc.constantFrom(...CAPACITY_STATUSES),
        fc.constantFrom(...CAPACITY_KINDS),
        fc.double({ min: -5, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (status, kind, days, more) => {
          const early = capacityNow({ status, updatedAt: ago(days), kind }, now);
          const late = capacityNow({ status, updatedAt: ago(days + more), kind }, now);
          expect(rank[late.freshness]).toBeGreaterThanOrEqual(rank[early.freshness]);
          expect(early.status === 'UNKNOWN').toBe(days >= TRUSTED_DAYS[kind]);
          expect(early.trustedUntil !== null && early.trustedUntil > now).toBe(!early.stale);
          expect(hasRoom(early.status)).toBe(
            !early.stale && (status === 'CAPACITY' || status === 'ASSESSMENT_REQUIRED'),
          );
        },
      ),
    );
  });
});

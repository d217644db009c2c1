import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkOf } from './network.js';
import { waitWords } from './wait-words.js';
import { measure, slotOf, type Limit, type Slot } from './window.js';

const minute = 60_000;
const start = Date.parse('2026-06-15T14:00:00Z');
const limits: fc.Arbitrary<Limit> = fc.record({
  hits: fc.integer({ min: 1, max: 12 }),
  windowMs: fc.integer({ min: 1, max: 30 }).map((minutes) => minutes * minute),
});
const moments = fc
  .array(fc.integer({ min: 0, max: 90 * minute }), { minLength: 1, maxLength: 120 })
  .map((list) => list.sort((a, b) => a - b));

/** Lets attempts come at these moments and returns those that were let through. */
function admitted(attempts: readonly number[], limit: Limit): number[] {
  const slots: Slot[] = [];
  return attempts.filter((offset) => {
    const now = new Date(start + offset);
    if (measure(slots, limit, now).used >= limit.hits) return false;
    const at = slotOf(now);
    const slot = slots.find((known) => known.at.getTime() === at.getTime());
    if (slot) slot.hits += 1;
    else slots.push({ at, hits: 1 });
    return true;
  });
}

describe('the sliding window', () => {
  test('never lets more through than the limit, in any stretch as long as the window', () => {
    fc.assert(
      fc.property(moments, limits, (attempts, limit) => {
        const passed = admitted(attempts, limit);
        for (const from of passed) {
          const within = passed.filter((at) => at >= from && at < from + limit.windowMs);
          expect(within.length).toBeLessThanOrEqual(limit.hits);
        }
      }),
    );
  });

  test('lets an attempt through at the very moment it promised, and not before', () => {
    fc.assert(
      fc.property(moments, limits, (attempts, limit) => {
        const slots: Slot[] = [];
        for (const offset of admitted(attempts, limit)) slots.push({ at: slotOf(new Date(start + offset)), hits: 1 });
        const now = new Date(start + (attempts.at(-1) ?? 0));
        const { used, freeAt } = measure(slots, limit, now);
        if (used < limit.hits) {
          expect(freeAt).toEqual(now);
          return;
        }
        expect(freeAt.getTime()).toBeGreaterThan(now.getTime());
        expect(measure(slots, limit, freeAt).used).toBeLessThan(limit.hits);
        expect(measure(slots, limit, new Date(freeAt.getTime() - 1)).used).toBeGreaterThanOrEqual(limit.hits);
      }),
    );
  });

  test('never makes anyone wait longer than the window and one minute', () => {
    fc.assert(
      fc.property(moments, limits, (attempts, limit) => {
        const slots = admitted(attempts, limit).map((offset) => ({ at: slotOf(new Date(start + offset)), hits: 1 }));
        const now = new Date(start + (attempts.at(-1) ?? 0));
        const wait = measure(slots, limit, now).freeAt.getTime() - now.getTime();
        expect(wait).toBeLessThanOrEqual(limit.windowMs + minute);
      }),
    );
  });
});

test('the wait is said in minutes, rounded up', () => {
  const now = new Date(start);
  const inSeconds = (seconds: number): string => waitWords(new Date(start + seconds * 1000), now);
  expect([0, 59, 60, 61, 840].map(inSeconds)).toEqual([
    'in a minute',
    'in a minute',
    'in a minute',
    'in 2 minutes',
    'in 14 minutes',
  ]);
});

test('an IPv6 household is one address, an IPv4 address is itself', () => {
  expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(networkOf('2001:db8:12:34:aaaa::1')).toBe('2001:db8:12:34');
  expect(networkOf('2001:0db8:0012:0034::9')).toBe('2001:db8:12:34');
  expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0');
  expect(networkOf('::1')).toBe('0:0:0:0');
});

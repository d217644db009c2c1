import { assert, double, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { milesBetween } from '../../src/directory/places.js';
import { ring } from '../../web/src/lib/map/ring.js';

describe('the circle on the map', () => {
  it('is closed, and every corner is as far away as was asked', () => {
    const place = record({
      latitude: double({ min: -14, max: 71, noNaN: true }),
      longitude: double({ min: -170, max: -65, noNaN: true }),
    });
    assert(
      property(place, integer({ min: 1, max: 250 }), (centre, miles) => {
        const corners = ring(centre, miles);
        expect(corners.at(-1)?.[0]).toBeCloseTo(corners[0]?.[0] ?? NaN, 9);
        for (const [longitude, latitude] of corners) {
          expect(Math.abs(milesBetween(centre, { latitude, longitude }) / miles - 1)).toBeLessThan(0.005);
        }
      }),
    );
  });
});

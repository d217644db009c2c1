import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { milesBetween } from '../../src/directory/places.js';
import { cellsAround } from '../../src/platform/search/postgres/cells.js';

const latitude = fc.double({ min: -70, max: 70, noNaN: true });
const longitude = fc.double({ min: -180, max: 179.99, noNaN: true });

describe('cells of the map', () => {
  it('hold every point within the radius', () => {
    fc.assert(
      fc.property(
        latitude,
        longitude,
        fc.double({ min: 1, max: 250, noNaN: true }),
        latitude,
        longitude,
        fc.boolean(),
        (lat, lon, radius, dy, dx, close) => {
          const degrees = radius / 69;
          const point = close
            ? { latitude: lat + (dy / 70) * degrees, longitude: ((lon + (dx / 180) * degrees * 2.5 + 540) % 360) - 180 }
            : { latitude: dy, longitude: dx };
          if (milesBetween({ latitude: lat, longitude: lon }, point) > radius) return;
          const perDegree = radius <= 40 ? 4 : 1;
          const cell = `${radius <= 40 ? 'c' : 'C'}:${Math.floor(point.latitude * perDegree)}:${Math.floor(point.longitude * perDegree)}`;
          expect(cellsAround({ latitude: lat, longitude: lon, radiusMiles: radius })).toContain(cell);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are few', () => {
    expect(cellsAround({ latitude: 39.2, longitude: -76.9, radiusMiles: 25 }).length).toBeLessThanOrEqual(24);
    expect(cellsAround({ latitude: 48, longitude: -110, radiusMiles: 250 }).length).toBeLessThanOrEqual(140);
  });
});

import { milesBetween, type Point } from '../../places.js';

/** Farther than this from the middle of its ZIP code (or city), a point is not believed. */
export const farMiles = 25;

export type CheckedPoint =
  | { point: Point; repair?: 'metres' | 'swapped' | 'sign' | 'swapped and sign' }
  | { point: undefined; reason: 'none' | 'zero' | 'range' | 'far'; miles?: number };

const inRange = (p: Point) => Math.abs(p.latitude) <= 90 && Math.abs(p.longitude) <= 180;

const webMercatorRadius = 6_378_137; // EPSG:3857, metres.

/** Web Mercator metres (north, east) in degrees. */
function fromMetres({ latitude: north, longitude: east }: Point): Point {
  const degrees = 180 / Math.PI;
  return {
    latitude: (2 * Math.atan(Math.exp(north / webMercatorRadius)) - Math.PI / 2) * degrees,
    longitude: (east / webMercatorRadius) * degrees,
  };
}

/**
 * Checks a point against the middle of its ZIP code or city, if known. Metres for degrees, latitude and longitude swapped,
 * or a lost minus sign are repaired where the repaired point lies within 25 miles of that; what cannot be right is dropped.
 */
export function checkPoint(latitude: number, longitude: number, near: Point | undefined): CheckedPoint {
  const point = { latitude, longitude };
  if (latitude === 0 && longitude === 0) return { point: undefined, reason: 'zero' };
  const miles = near && inRange(point) ? milesBetween(point, near) : undefined;
  if (inRange(point) && (miles === undefined || miles <= farMiles)) return { point };
  if (near) {
    const metres = fromMetres(point);
    const repairs = [
      ['sign', { latitude, longitude: -longitude }],
      ['swapped', { latitude: longitude, longitude: latitude }],
      ['swapped and sign', { latitude: longitude, longitude: -latitude }],
      ['metres', metres],
      ['metres', fromMetres({ latitude: longitude, longitude: latitude })],
    ] as const;
    for (const [repair, candidate] of repairs) {
      if (inRange(candidate) && milesBetween(candidate, near) <= farMiles) {
        const round = (x: number) => Math.round(x * 1e7) / 1e7;
        return { point: { latitude: round(candidate.latitude), longitude: round(candidate.longitude) }, repair };
      }
    }
  }
  return { point: undefined, reason: inRange(point) ? 'far' : 'range', ...(miles !== undefined && { miles }) };
}

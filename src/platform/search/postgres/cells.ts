import type { SearchNear } from '../port.js';

/** Above this radius the coarse cells of one degree are asked for, or they would be too many. */
const FINE_MILES = 40;
const MILES_PER_DEGREE = 69.05;

/**
 * The cells of the map that a circle touches, as tags: quarter degrees for small circles (at most about 60), whole
 * degrees for wide ones. What lies in a cell but outside of the circle is sorted out by its distance.
 */
export function cellsAround(near: Pick<SearchNear, 'latitude' | 'longitude' | 'radiusMiles'>): string[] {
  const fine = near.radiusMiles <= FINE_MILES;
  const perDegree = fine ? 4 : 1;
  const tall = near.radiusMiles / MILES_PER_DEGREE;
  const widest = Math.abs(near.latitude) + tall;
  // Around a pole every meridian is near.
  const wide = widest >= 89.9 ? 180 : Math.min(180, tall / Math.cos((widest * Math.PI) / 180));
  const cells: string[] = [];
  for (
    let y = Math.floor((near.latitude - tall) * perDegree);
    y <= Math.floor((near.latitude + tall) * perDegree);
    y += 1
  ) {
    for (
      let x = Math.floor((near.longitude - wide) * perDegree);
      x <= Math.floor((near.longitude + wide) * perDegree);
      x += 1
    ) {
      cells.push(`${fine ? 'c' : 'C'}:${y}:${wrap(x, perDegree)}`);
    }
  }
  return cells;
}

/** Beyond the date line the count starts anew. */
function wrap(x: number, perDegree: number): number {
  const around = 360 * perDegree;
  return ((((x + 180 * perDegree) % around) + around) % around) - 180 * perDegree;
}

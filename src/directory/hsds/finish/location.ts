import { type CheckedPoint, checkPoint, farMiles } from '../clean/coordinates.js';
import type { Point } from '../../places.js';
import type { Complain, Value } from '../rows.js';

const repairs = {
  metres: 'metres of a map projection, now in degrees',
  swapped: 'latitude and longitude in each other’s place',
  sign: 'a longitude without its minus sign',
  'swapped and sign': 'latitude and longitude in each other’s place and a minus sign missing',
} as const;

/** A point that many locations without an address share is a geocoder's default, not a place. */
export const sharedPointLimit = 10;

/** Checks a location's coordinates against its ZIP code or city, and repairs or drops what cannot be right. */
export function finishLocation(
  values: Record<string, Value>,
  near: Point | undefined,
  sharers: number,
  complain: Complain,
): void {
  const { latitude, longitude } = values;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') {
    if (latitude !== null || longitude !== null) {
      complain(
        'WARNING',
        'BAD_COORDINATES',
        'latitude',
        'Only one of latitude and longitude is there; both were left out.',
      );
    }
    drop(values);
    return;
  }
  if (!near && sharers >= sharedPointLimit) {
    complain(
      'WARNING',
      'BAD_COORDINATES',
      'latitude',
      `${sharers} locations without an address all stand at ${latitude}, ${longitude}; it was left out as a geocoder’s default.`,
    );
    drop(values);
    return;
  }
  const checked = checkPoint(latitude, longitude, near);
  if (checked.point) {
    values.latitude = checked.point.latitude;
    values.longitude = checked.point.longitude;
    if (checked.repair) {
      const now = `${checked.point.latitude.toFixed(5)}, ${checked.point.longitude.toFixed(5)}`;
      complain(
        'WARNING',
        'COORDINATES_REPAIRED',
        'latitude',
        `${latitude}, ${longitude} were ${repairs[checked.repair]}; now ${now}.`,
      );
    }
    return;
  }
  drop(values);
  const [code, message] = explain(checked, latitude, longitude);
  complain('WARNING', code, 'latitude', message);
}

function explain(checked: Extract<CheckedPoint, { point: undefined }>, latitude: number, longitude: number) {
  if (checked.reason === 'zero') {
    return ['BAD_COORDINATES', 'Latitude and longitude are 0; leave them empty when they are not known.'] as const;
  }
  if (checked.reason === 'far') {
    const miles = Math.round(checked.miles ?? 0);
    return [
      'COORDINATES_FAR',
      `${latitude}, ${longitude} lies ${miles} miles from its ZIP code or city (more than ${farMiles}); it was left out. Check the point and the address.`,
    ] as const;
  }
  return [
    'BAD_COORDINATES',
    `${latitude}, ${longitude} is not on earth (latitude −90 to 90, longitude −180 to 180); it was left out.`,
  ] as const;
}

function drop(values: Record<string, Value>): void {
  values.latitude = null;
  values.longitude = null;
}

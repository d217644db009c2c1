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
const sharedPointLimit = 10;

/** What is known of a location beside its own row. */
export interface Around {
  /** The middle of its ZIP code or city. */
  near: Point | undefined;
  /** How many locations stand at exactly its point. */
  sharers: number;
  /** All addresses of the package lie in the US. */
  onlyUs: boolean;
}

// South, north, west and east ends: the 48 states, Alaska, Hawaii, Puerto Rico and the Virgin Islands, the Marianas, Samoa.
const usBoxes = [
  [24.3, 49.5, -125, -66.8],
  [51, 71.5, -180, -129.9],
  [18.8, 22.4, -160.6, -154.7],
  [17.6, 18.6, -67.4, -64.4],
  [13.1, 20.6, 144.5, 146.2],
  [-14.7, -11, -171.2, -168],
] as const;

const inUs = (latitude: number, longitude: number) =>
  usBoxes.some(([s, n, w, e]) => latitude >= s && latitude <= n && longitude >= w && longitude <= e);

/** Checks a location's coordinates against its ZIP code or city, and repairs or drops what cannot be right. */
export function finishLocation(values: Record<string, Value>, around: Around, complain: Complain): void {
  const { near, sharers } = around;
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
  if (!near && around.onlyUs && latitude !== 0 && !inUs(latitude, longitude)) {
    const message = `${latitude}, ${longitude} lies outside the US, where all addresses of the package are; it was left out.`;
    complain('WARNING', 'BAD_COORDINATES', 'latitude', message);
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

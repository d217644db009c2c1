import { Field, Float, ObjectType } from 'type-graphql';
import type { SearchNear } from '../../platform/search/port.js';
import {
  allPlaces,
  cityCentre,
  countyLabel,
  countyName,
  milesBetween,
  placeOf,
  type Place,
  type Point,
} from '../places.js';
import { stateCode } from '../states.js';

@ObjectType('Place', { description: 'A place in the United States.' })
export class FoundPlace {
  @Field(() => String, { description: 'How to call it, such as "Columbia, MD 21044".' })
  label!: string;

  @Field(() => String, { nullable: true, description: 'ZIP code.' })
  zip!: string | null;

  @Field(() => String, { nullable: true, description: 'City.' })
  city!: string | null;

  @Field(() => String, { nullable: true, description: 'County, without the word.' })
  county!: string | null;

  @Field(() => String, { nullable: true, description: 'Two-letter code of the state.' })
  state!: string | null;

  @Field(() => Float, { description: 'Degrees north of its middle.' })
  latitude!: number;

  @Field(() => Float, { description: 'Degrees east of its middle.' })
  longitude!: number;
}

interface County extends Point {
  name: string;
  zips: number;
}

let counties: Map<string, County> | undefined;

/** Middles of counties: those of their ZIP codes. Made at first use. */
function countyCentres(): Map<string, County> {
  if (counties) return counties;
  counties = new Map();
  for (const { county, state, latitude, longitude } of allPlaces()) {
    const key = `${state}/${county.toLowerCase()}`;
    const sum = counties.get(key) ?? { name: county, latitude: 0, longitude: 0, zips: 0 };
    counties.set(key, {
      name: county,
      latitude: sum.latitude + latitude,
      longitude: sum.longitude + longitude,
      zips: sum.zips + 1,
    });
  }
  return counties;
}

function zipPlace(place: Place): FoundPlace {
  const { zip, city, county, state, latitude, longitude } = place;
  return { label: `${city}, ${state} ${zip}`, zip, city, county, state, latitude, longitude };
}

/** The ZIP code whose middle is nearest to a point of a state, or of any. */
function nearestZip(point: Point, state?: string): Place | undefined {
  let best: Place | undefined;
  let least = Infinity;
  const shrink = Math.cos((point.latitude * Math.PI) / 180);
  for (const place of allPlaces()) {
    if (state !== undefined && place.state !== state) continue;
    const distance = (place.latitude - point.latitude) ** 2 + ((place.longitude - point.longitude) * shrink) ** 2;
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

function countyPlace(name: string, state: string): FoundPlace | undefined {
  const found = countyCentres().get(`${state}/${countyName(name).toLowerCase()}`);
  if (!found) return undefined;
  const { name: county, zips } = found;
  const centre = { latitude: found.latitude / zips, longitude: found.longitude / zips };
  return { label: countyLabel(county, state), zip: null, city: null, county, state, ...centre };
}

function cityPlace(name: string, state: string): FoundPlace | undefined {
  const centre = cityCentre(name, state);
  if (!centre) return undefined;
  const city = name
    .trim()
    .toLowerCase()
    .replace(/(^|[\s'.-])\p{Ll}/gu, (letter) => letter.toUpperCase());
  const county = nearestZip(centre, state)?.county ?? null;
  return { label: `${city}, ${state}`, zip: null, city, county, state, ...centre };
}

/** The place that a text names: "21044", "Columbia, MD", "Howard County, Maryland"; undefined when it is none or not sure. */
export function findPlace(text: string): FoundPlace | undefined {
  const name = text.trim().replace(/\s+/g, ' ');
  const zip = /^(?:.*\D)?(\d{5})(?:-\d{4})?$/.exec(name)?.[1];
  if (zip !== undefined) {
    const place = placeOf(zip);
    return place && zipPlace(place);
  }
  for (const [before, after] of splits(name)) {
    const state = stateCode(after);
    if (!state) continue;
    // Of an address, the last part before the state is the city.
    for (const part of new Set([before, before.slice(before.lastIndexOf(',') + 1).trim()])) {
      const isCounty = /\b(county|parish|borough|co\.?)$/i.test(part);
      const found = isCounty
        ? countyPlace(part.replace(/ co\.?$/i, ' County'), state)
        : (cityPlace(part, state) ?? countyPlace(part, state));
      if (found) return found;
    }
  }
  return undefined;
}

/** The ways to cut "Columbia, MD" or "new york new york" into a place and a state, the longest state first. */
function splits(name: string): [string, string][] {
  const comma = name.lastIndexOf(',');
  if (comma > 0) {
    const [before, after] = [name.slice(0, comma).trim(), name.slice(comma + 1).trim()];
    // "100 N Charles St, Baltimore MD".
    return [[before, after], ...splits(after)];
  }
  const words = name.split(' ');
  return [3, 2, 1]
    .filter((count) => count < words.length)
    .map((count) => [words.slice(0, -count).join(' '), words.slice(-count).join(' ')]);
}

/** The place around a point, told by the nearest ZIP code. */
export function placeAround(point: Point): FoundPlace {
  const zip = nearestZip(point);
  // Beyond this it is not in the United States, or in the sea.
  const near = zip && milesBetween(zip, point) < 100 ? zip : undefined;
  return {
    label: near ? `${near.city}, ${near.state}` : `${point.latitude.toFixed(3)}, ${point.longitude.toFixed(3)}`,
    zip: near?.zip ?? null,
    city: near?.city ?? null,
    county: near?.county ?? null,
    state: near?.state ?? null,
    ...point,
  };
}

/** The areas that a place lies in, as service areas name them. */
export function areasOf(place: FoundPlace): string[] {
  const { zip, county, state } = place;
  if (!state) return [];
  return ['US', `state:${state}`, ...(county ? [`county:${state}/${county}`] : []), ...(zip ? [`zip:${zip}`] : [])];
}

export function nearOf(place: FoundPlace, radiusMiles: number): SearchNear {
  return { latitude: place.latitude, longitude: place.longitude, radiusMiles, covers: areasOf(place) };
}

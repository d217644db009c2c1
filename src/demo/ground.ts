import { areaWords, type Place } from '../directory/index.js';
import type { Dice } from './dice.js';
import type { ServiceForm } from './words.js';

/** Where the agencies of a network are, and whom their services serve. */
export interface Ground {
  /** Goes to where the next agency is. */
  settle(): void;
  /** A place for one of its services. */
  place(): Place;
  /** What that service says it serves; null when it says nothing, as most do. */
  area(place: Place, form: ServiceForm): { name: string; covers: string[] } | null;
  /** What it calls itself there. */
  nameOf(form: ServiceForm, place: Place): string;
}

const county = (place: Place): { name: string; covers: string[] } => ({
  name: areaWords(`${place.state}/${place.county}`, 'en'),
  covers: [`county:${place.state}/${place.county}`],
});
const state = (place: Place): { name: string; covers: string[] } => ({
  name: areaWords(place.state, 'en'),
  covers: [`state:${place.state}`],
});

/** One metropolitan area: everything serves its county or its state. */
export function metropolis(dice: Dice, places: readonly Place[]): Ground {
  return {
    settle: () => undefined,
    place: () => dice.pick(places),
    area: (place, form) => (form.area === 'county' ? county(place) : state(place)),
    nameOf: (form) => form.name,
  };
}

const PRIMARY = 0.9;

/**
 * The country: an agency keeps to its county, and few services say whom they serve beside who comes to the door (of the
 * 5,054 services of four public directories none does); where they do it is mostly a county or some ZIP codes.
 */
export function country(dice: Dice, places: readonly Place[]): Ground {
  const counties = new Map<string, Place[]>();
  for (const place of places) {
    const key = `${place.state}/${place.county}`;
    counties.set(key, [...(counties.get(key) ?? []), place]);
  }
  let home: readonly Place[] = places;
  return {
    settle: () => {
      const { state: code, county: name } = dice.pick(places);
      home = counties.get(`${code}/${name}`) ?? places;
    },
    place: () => dice.pick(home),
    area: (place, form) => {
      if (form.hideAddress) return state(place);
      if (form.area === 'county') return dice.chance(PRIMARY) ? county(place) : state(place);
      const said = dice.weighted({ nothing: 62, county: 22, zips: 12, state: 4 });
      if (said === 'nothing') return null;
      if (said === 'county') return county(place);
      if (said === 'state') return state(place);
      const zips = [...new Set([place.zip, ...Array.from({ length: dice.int(0, 4) }, () => dice.pick(home).zip)])];
      return { name: zips.join(', '), covers: zips.map((zip) => `zip:${zip}`) };
    },
    nameOf: (form, place) => {
      const called = dice.weighted({ plain: 5, city: 3, county: 2 });
      if (called === 'plain') return form.name;
      return called === 'city' ? `${form.name} - ${place.city}` : `${place.county} County ${form.name}`;
    },
  };
}

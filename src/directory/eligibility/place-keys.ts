import { readArea } from '../hsds/clean/areas.js';
import { countyLabel, placeOf } from '../places.js';
import { stateName } from '../states.js';
import type { Words } from '../../platform/words.js';

/** A place as rules name it: "MD", "MD/Howard" or "21044"; undefined for what is no state, county or ZIP code. */
export function placeKey(text: string): string | undefined {
  // A county of its own that is the whole of its state.
  if (/^(DC\/)?District of Columbia(, DC)?$/i.test(text.trim())) return 'DC';
  const [, state, county] = /^([A-Z]{2})\/(.+)$/.exec(text.trim()) ?? [];
  const [one, ...more] = readArea(state && county ? countyLabel(county, state) : text);
  if (one === undefined || more.length > 0) return undefined;
  return /^(?:state|county|zip):(.+)$/.exec(one)?.[1];
}

/** Places of a rule of RESIDENCE, sorted by what they are. */
export function residenceOf(keys: readonly string[]): { states?: string[]; counties?: string[]; zips?: string[] } {
  const [states, counties, zips] = [
    keys.filter((key) => /^[A-Z]{2}$/.test(key)),
    keys.filter((key) => key.includes('/')),
    keys.filter((key) => /^\d{5}$/.test(key)),
  ];
  return {
    ...(states.length > 0 && { states }),
    ...(counties.length > 0 && { counties }),
    ...(zips.length > 0 && { zips }),
  };
}

/** The states that places lie in. */
export const statesOf = (keys: readonly string[]): string[] => [
  ...new Set(keys.map((key) => (/^\d/.test(key) ? (placeOf(key)?.state ?? '') : key.slice(0, 2)))),
];

/** A place of a rule as people name it: "MD/Howard" → "Howard County, MD". */
export function placeWords(key: string): Words {
  const [state = '', county] = key.split('/');
  const words = /^\d/.test(key) ? key : county ? countyLabel(county, state) : stateName(state);
  return { en: words, es: words };
}

import { allPlaces, countyName, placeOf } from '../../places.js';
import { stateCode } from '../../states.js';

let counties: Set<string> | undefined;

function isCounty(state: string, county: string): boolean {
  counties ??= new Set([...allPlaces()].map((place) => `${place.state}/${place.county}`));
  return counties.has(`${state}/${county}`);
}

/**
 * What a service area covers, in the hub's short form: "US", "state:MD", "county:MD/Howard", "zip:21044". Empty unless
 * every part of the text is certain.
 */
export function readArea(text: string): string[] {
  const whole = text.trim().replace(/\.$/, '');
  if (/^(nation ?wide|national|united states( of america)?|usa|u\.s\.a?\.?|entire country|all states)$/i.test(whole)) {
    return ['US'];
  }
  const zips = whole.split(/[\s,;]+/);
  if (zips.every((zip) => /^\d{5}$/.test(zip) && placeOf(zip))) return zips.map((zip) => `zip:${zip}`);
  const one = place(whole);
  if (one) return [one];
  const parts = whole.split(/\s*(?:;|\n)\s*/).map(place);
  if (parts.every((part) => part !== undefined)) return parts;
  const states = whole
    .split(/\s*(?:,|\band\b|&)\s*/)
    .filter(Boolean)
    .map(stateCode);
  return states.every((state) => state !== undefined) ? states.map((state) => `state:${state}`) : [];
}

function place(text: string): string | undefined {
  const bare = text
    .replace(/^(all of|entire|state of|statewide[ :-]+)\s*/i, '')
    .replace(/,?\s*(statewide|\(statewide\))$/i, '');
  const state = stateCode(bare);
  if (state) return `state:${state}`;
  const [, county, of] = /^(.+?),\s*([A-Za-z. ]+)$/.exec(bare) ?? [];
  const code = of && stateCode(of);
  if (!county || !code || !/\b(county|parish|city|borough)\b/i.test(county)) return undefined;
  const name = countyName(county);
  return isCounty(code, name) ? `county:${code}/${name}` : undefined;
}

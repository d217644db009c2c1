import { edits } from '../../platform/search/spelling.js';
import { allPlaces, countyLabel } from '../places.js';
import { tokensOf } from '../plain/phrases.js';

interface Named {
  label: string;
  folded: string;
  /** ZIP codes: how much of a place it is. */
  size: number;
  isCounty: boolean;
}

const folded = (text: string): string => tokensOf(text.replace(/\bsaint\b/gi, 'st')).join(' ');

interface Gazetteer {
  /** Cities and counties by their first two letters, the largest first. */
  byStart: Map<string, Named[]>;
  zips: { zip: string; label: string }[];
}

let gazetteer: Gazetteer | undefined;

/** Made at first use: 30,000 cities, 3,100 counties. */
function load(): Gazetteer {
  const named = new Map<string, Named>();
  const count = (label: string, name: string, isCounty: boolean): void => {
    const known = named.get(label);
    if (known) known.size += 1;
    else named.set(label, { label, folded: folded(name), size: 1, isCounty });
  };
  const zips: Gazetteer['zips'] = [];
  for (const { zip, city, county, state } of allPlaces()) {
    count(`${city}, ${state}`, `${city} ${state}`, false);
    const label = countyLabel(county, state);
    if (county !== '') count(label, label.replace(', ', ' '), true);
    zips.push({ zip, label: `${city}, ${state} ${zip}` });
  }
  const byStart = new Map<string, Named[]>();
  for (const place of [...named.values()].sort((a, b) => b.size - a.size || (a.label < b.label ? -1 : 1))) {
    const start = place.folded.slice(0, 2);
    const list = byStart.get(start);
    if (list) list.push(place);
    else byStart.set(start, [place]);
  }
  return { byStart, zips: zips.sort((a, b) => (a.zip < b.zip ? -1 : 1)) };
}

/**
 * Cities and counties that are called just this, without their state, the largest first: labels as findPlace reads them.
 * Cities of fewer ZIP codes than `least` are left out.
 */
export function placesCalled(name: string, least = 1): { label: string; size: number }[] {
  const { byStart } = (gazetteer ??= load());
  const typed = folded(name);
  const near = typed.length < 3 ? [] : (byStart.get(typed.slice(0, 2)) ?? []);
  return near.filter(
    (place) => place.folded.slice(0, -' xx'.length) === typed && (place.size >= least || place.isCounty),
  );
}

/** Places whose name begins as typed, the largest first; misspelled ones where none does. ZIP codes from three digits on. */
export function suggestPlaces(text: string, limit: number): string[] {
  const { byStart, zips } = (gazetteer ??= load());
  const digits = /^\s*(\d{3,5})\s*$/.exec(text)?.[1];
  if (digits) {
    const found = zips.filter(({ zip }) => zip.startsWith(digits));
    return found.slice(0, limit).map(({ label }) => label);
  }
  const typed = folded(text);
  if (typed.length < 3) return [];
  const near = byStart.get(typed.slice(0, 2)) ?? [];
  const begin = near.filter((place) => place.folded.startsWith(typed));
  if (begin.length > 0 || typed.length < 5) return begin.slice(0, limit).map(({ label }) => label);
  const forgiven = typed.length >= 9 ? 2 : 1;
  return near
    .map((place) => ({ place, far: edits(typed, place.folded.slice(0, typed.length)) }))
    .filter(({ far }) => far <= forgiven)
    .sort((a, b) => a.far - b.far || b.place.size - a.place.size)
    .slice(0, limit)
    .map(({ place }) => place.label);
}

import { readSeed } from '../../platform/seed.js';
import type { Words } from '../../platform/words.js';
import { allPlaces, type Place } from '../places.js';
import { povertyLevelCents, regionOf } from './poverty-guideline.js';
import { STATUS_RULES } from './rules.js';
import type { FactName, Facts } from './words.js';

type Home = 'HERE' | 'NO_ADDRESS' | 'NEARBY' | 'AWAY' | 'UNKNOWN';

interface Seeded {
  key: string;
  words: Words;
  home: Home;
  age?: number;
  householdSize?: number;
  incomePercent?: number;
  gender?: string;
  languages: string[];
  insurance: string[];
  childAges: number[];
  is?: FactName[];
  unknown?: FactName[];
}

/** A fictional person whom rules are tried on. */
export interface Profile {
  key: string;
  words: Words;
  facts: Facts;
}

const { profiles } = readSeed('standard-profiles.json') as { profiles: Seeded[] };

/** States of which one lies far from any area: it is not both. */
const FAR = ['WY', 'VT'] as const;

interface Homes {
  here: Place[];
  nearby: Place[];
  away: Place[];
}

const isIn = (area: ReadonlySet<string>, { zip, state, county }: Place): boolean =>
  area.has(zip) || area.has(state) || area.has(`${state}/${county}`);

/** Places in an area, around it in the same states, and far from it. Without an area no home is known. */
function homesOf(keys: readonly string[]): Homes {
  const area = new Set(keys);
  const places = [...allPlaces()];
  const here = places.filter((place) => isIn(area, place));
  const states = new Set(here.map(({ state }) => state));
  const away = places.filter(({ state }) => state === FAR.find((one) => !states.has(one)));
  const beside = here.length === 0 ? [] : places.filter((place) => states.has(place.state) && !isIn(area, place));
  return { here, nearby: beside.length > 0 ? beside : away, away };
}

/** The n-th of `all` people lives there, so that they are spread over it. */
const spread = (places: readonly Place[], n: number, all: number): Place | undefined =>
  places[Math.floor(((n + 0.5) * places.length) / all)];

function homeOf(home: Home, homes: Homes, n: number): Pick<Facts, 'state' | 'county' | 'zip'> {
  const from = { HERE: homes.here, NO_ADDRESS: homes.here, NEARBY: homes.nearby, AWAY: homes.away, UNKNOWN: [] }[home];
  const place = spread(from, n, profiles.length);
  if (!place) return {};
  return home === 'NO_ADDRESS' ? { state: place.state } : { state: place.state, county: place.county, zip: place.zip };
}

function factsOf(seeded: Seeded, home: Pick<Facts, 'state' | 'county' | 'zip'>, on: string): Facts {
  const { age, householdSize, incomePercent, gender, languages, insurance, childAges } = seeded;
  const guideline = povertyLevelCents(householdSize ?? 1, regionOf(home.state ?? 'MD'), on);
  const statuses = Object.values(STATUS_RULES).map((fact) => [fact, seeded.is?.includes(fact) ?? false]);
  const known: Facts = {
    ...Object.fromEntries(statuses),
    ageYears: age ?? null,
    householdSize: householdSize ?? null,
    annualIncomeCents: incomePercent === undefined ? null : Math.round((guideline * incomePercent) / 100),
    gender: gender ?? null,
    languages,
    insurance,
    childAges,
    ...home,
  };
  return { ...known, ...Object.fromEntries((seeded.unknown ?? []).map((fact) => [fact, null])) };
}

/** The standard profiles as neighbours of a listing that serves an area (as "MD", "MD/Howard", "21044"). */
export function standardProfiles(area: readonly string[], on: string): Profile[] {
  const homes = homesOf(area);
  return profiles.map((seeded, n) => {
    const { key, words, home } = seeded;
    return { key, words, facts: factsOf(seeded, homeOf(home, homes, n), on) };
  });
}

import * as fc from 'fast-check';
import { newId } from '../../src/platform/id.js';
import {
  COST_KINDS,
  type SearchDocument,
  type SearchFilter,
  type SearchQuestion,
} from '../../src/platform/search/port.js';
import { searchDocument } from './documents.js';

export const NOW = new Date('2026-11-22T15:00:00Z');
export const COLUMBIA = { latitude: 39.2037, longitude: -76.861 };
const areas = ['US', 'state:MD', 'county:MD/Howard', 'county:MD/Garrett', 'zip:21044', 'zip:99999', 'area:4711'];
const categories = ['food-insecurity', 'stress', 'homelessness', 'transportation-insecurity'];
const languages = ['en', 'es', 'ko', 'am'];
const ids = (count: number): string[] => Array.from({ length: count }, () => newId());
const organizations = ids(5);
const terms = ids(6);
const hours = [1, 77_001, 4_503_599_627_370_495];
const eligibility = [2, 88_002, 4_503_599_627_370_494];

const some = (values: readonly string[], most = 3) => fc.subarray([...values], { maxLength: most });
const day = fc.constantFrom(null, '2026-11-20', '2026-10-23', '2026-10-24', '2026-06-01', '2025-11-22', '2025-11-21');
const capacity = fc.constantFrom(null, 'CAPACITY', 'NO_CAPACITY', 'WAITLIST', 'ASSESSMENT_REQUIRED');
const until = fc.constantFrom(
  null,
  NOW.toISOString(),
  '2026-11-22T15:00:00.500Z',
  '2026-11-22T14:59:59Z',
  '2026-12-01T00:00:00Z',
);

/** What differs from site to site. */
const site = fc.record({
  place: fc.option(
    fc.record({
      north: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
      east: fc.double({ min: -0.6, max: 0.6, noNaN: true }),
    }),
  ),
  languages: some(languages),
  covers: some(areas, 2),
  accessible: fc.boolean(),
  hours: fc.constantFrom(null, ...hours),
});

const listing = fc.record({
  organizationId: fc.constantFrom(...organizations),
  categories: some(categories),
  terms: some(terms),
  costs: some(COST_KINDS, 2),
  isFree: fc.boolean(),
  takesReferrals: fc.boolean(),
  hasInterpreter: fc.boolean(),
  eligibility: fc.constantFrom(null, ...eligibility),
  capacityStatus: capacity,
  capacityUntil: until,
  assuredDate: day,
  sites: fc.array(site, { minLength: 1, maxLength: 3 }),
});

/** Documents of services with one to three sites, all with the same word in their name. */
export function corpus(word: string, services: number, seed: number): SearchDocument[] {
  return fc.sample(listing, { numRuns: services, seed }).flatMap(({ sites, ...service }) => {
    const serviceId = newId();
    return sites.map(({ place, ...more }) =>
      searchDocument({
        ...service,
        ...more,
        id: newId(),
        serviceId,
        name: `${word} service`,
        locationId: newId(),
        latitude: place && COLUMBIA.latitude + place.north,
        longitude: place && COLUMBIA.longitude + place.east,
      }),
    );
  });
}

const chosen = (values: readonly string[]) => fc.subarray([...values], { minLength: 1, maxLength: 2 });
const yes = fc.constant(true);

/** Each filter with values of its own. */
export const FILTERS = {
  categories: chosen(categories),
  languages: chosen(languages),
  costs: chosen(COST_KINDS),
  terms: chosen(terms),
  organizationIds: chosen(organizations),
  verifiedSince: fc.constantFrom('2026-10-23', '2026-06-01', '2026-11-20'),
  free: yes,
  takesReferrals: yes,
  hasRoom: yes,
  accessible: yes,
  interpreter: yes,
  open: yes,
  fits: yes,
  servesArea: yes,
} satisfies { [K in keyof SearchFilter]?: fc.Arbitrary<unknown> };

const near = fc.record({
  latitude: fc.constant(COLUMBIA.latitude),
  longitude: fc.constant(COLUMBIA.longitude),
  radiusMiles: fc.constantFrom(5, 12, 25, 60),
  covers: fc.constantFrom(['US', 'state:MD', 'county:MD/Howard', 'zip:21044', 'area:4711'], ['US'], []),
});

/** Questions with up to five filters at once. */
export const questions: fc.Arbitrary<SearchQuestion> = fc
  .record({
    filter: fc.record(FILTERS, { requiredKeys: [] }),
    kept: fc.subarray(Object.keys(FILTERS), { maxLength: 4 }),
    near: fc.option(near, { nil: undefined }),
    open: fc.subarray(hours),
    fit: fc.record({ match: fc.constant([2]), noMatch: fc.subarray([88_002, 4_503_599_627_370_494]) }),
  })
  .map(({ filter, kept, near: place, open, fit }) => {
    const some = Object.fromEntries(
      Object.entries(filter).filter(([name]) => kept.includes(name) && (name !== 'servesArea' || place)),
    );
    return {
      filter: some as SearchFilter,
      open,
      fit,
      now: NOW,
      limit: 1000,
      facets: true,
      ...(place && { near: place }),
    };
  });

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Settings } from 'meilisearch';
import { SEARCH_COUNT_CAP } from '../port.js';

/**
 * Grows when the documents of the index change (see document.ts): it is built anew at the next start then. What is only a
 * setting is applied by difference.
 */
export const LAYOUT = '2';

/** A service more than is counted, so that it is known whether there are more. */
export const MOST_SERVICES = SEARCH_COUNT_CAP + 1;

/** A search that takes longer gives what it has; the fallback takes over well after that. */
const CUTOFF_MS = 400;

/** Words of no weight in English and Spanish. Without accents, as the engine folds them. */
const STOP_WORDS =
  'a an and are as at be by for from in is it its of on or that the their this to with al con de del el en es la las lo los o para por que se su sus un una y';

/** What people say and what listings say instead; a category means all of its services. */
export interface Widening {
  means: readonly string[];
  near: readonly string[];
  category: string | null;
}

/**
 * A word that stands for a widening in a question. Digits: nothing is ever a misspelling of it, and no listing has a number
 * of that length.
 */
export function keyOf({ means, near, category }: Widening): string {
  const text = JSON.stringify([wordsFor({ means, near }), category]);
  return BigInt(`0x1${createHash('md5').update(text).digest('hex').slice(0, 15)}`).toString();
}

const wordsFor = ({ means, near }: Pick<Widening, 'means' | 'near'>): string[] =>
  [...new Set([...means, ...near])].sort();

/** A word that all services of a category have. */
export const categoryWord = (code: string): string => `need${code.replace(/[^a-z]/g, '')}`;

/** Everything the index is told, from the synonyms as the curators have them. */
export function settingsFor(widenings: readonly Widening[]): Settings {
  const strict = widenings.map((widening) => ({ ...widening, near: [], category: null }));
  const synonyms = [...widenings, ...strict.filter(({ means }) => means.length > 0)].map((widening) => [
    keyOf(widening),
    [
      ...new Set([...wordsFor(widening), ...(widening.category === null ? [] : [categoryWord(widening.category)])]),
    ].sort(),
  ]);
  const exact = { facetSearch: false, filter: { equality: true, comparison: false } };
  const ordered = { facetSearch: false, filter: { equality: false, comparison: true } };
  return {
    // In the order of what a word says of a service where it stands.
    searchableAttributes: [
      'name',
      'alternateName',
      'keywords',
      'headings',
      'organizationName',
      'place',
      'lead',
      'summary',
      'needs',
    ],
    filterableAttributes: [
      '_geo',
      {
        attributePatterns: [
          'serviceId',
          'organizationId',
          'categories',
          'languages',
          'terms',
          'costs',
          'covers',
          'flags',
          'capacityStatus',
          'hours',
          'eligibility',
        ],
        features: exact,
      },
      { attributePatterns: ['assuredDay', 'capacityUntil'], features: ordered },
    ],
    sortableAttributes: ['_geo', 'quality'],
    displayedAttributes: ['id', 'serviceId', 'digest'],
    distinctAttribute: 'serviceId',
    rankingRules: ['words', 'typo', 'proximity', 'attribute', 'exactness', 'sort', 'quality:desc'],
    stopWords: STOP_WORDS.split(' '),
    synonyms: Object.fromEntries(synonyms) as Record<string, string[]>,
    typoTolerance: {
      enabled: true,
      disableOnNumbers: true,
      disableOnAttributes: ['needs'],
      minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 },
    },
    localizedAttributes: [{ attributePatterns: ['*'], locales: ['eng', 'spa'] }],
    proximityPrecision: 'byAttribute',
    pagination: { maxTotalHits: MOST_SERVICES },
    searchCutoffMs: CUTOFF_MS,
    facetSearch: false,
    prefixSearch: 'indexingTime',
  };
}

/** Lists whose order says nothing. */
const SETS = new Set(['stopWords', 'sortableAttributes', 'disableOnAttributes']);

function plain(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const list = value.map((one) => plain(one));
    return SETS.has(name) ? list.sort() : list;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one, key)]));
}

/** What of the wanted settings is not so yet. Of a group, what is not named is left as the engine has it. */
export function differing(current: Settings, wanted: Settings): Settings {
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, want]) => {
      const have = current[name as keyof Settings];
      const named =
        name === 'typoTolerance' || name === 'pagination'
          ? Object.fromEntries(
              Object.keys(want as object).map((key) => [key, (have as Record<string, unknown>)?.[key]]),
            )
          : have;
      return !isDeepStrictEqual(plain(named, name), plain(want, name));
    }),
  );
}

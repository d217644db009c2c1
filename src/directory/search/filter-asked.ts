import { fail } from '../../platform/graphql/errors.js';
import { isId } from '../../platform/id.js';
import type { SearchFilter } from '../../platform/search/port.js';
import { given } from '../given.js';
import { checkCategories, checkCategory } from '../known-category.js';
import type { SearchServicesInput } from './search.inputs.js';

const DAY_MS = 86_400_000;
/** Values of one list; more are no choice any more. */
const MOST = 20;
const MOST_CATEGORIES = 24;

/** One list of what was given as a list and alone; undefined when nothing was. */
function listOf<T>(many: readonly T[] | null | undefined, one: T | null | undefined, field: string, most = MOST) {
  const list = [...(many ?? []), ...(given(one) ? [one] : [])];
  if (list.length > most) fail.badInput(`input.${field}`, `at most ${most} are expected`);
  return list.length > 0 ? list : undefined;
}

function languageCode(language: string, field: string): string {
  if (!/^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(language)) {
    fail.badInput(`input.${field}`, 'an ISO 639 code such as `es` is expected');
  }
  return language.toLowerCase().split('-')[0] ?? '';
}

function idsOf(ids: readonly string[] | undefined, field: string): string[] | undefined {
  return ids?.map((id) => (isId(id) ? id.toLowerCase() : fail.badInput(`input.${field}`, 'an id is expected')));
}

/** The filters of a search, checked. */
export function filterAsked(input: SearchServicesInput, now: Date): SearchFilter {
  const { verifiedWithinDays: days } = input;
  if (given(input.category)) checkCategory(input.category, 'input.category');
  const categories = listOf(input.categories, input.category, 'categories', MOST_CATEGORIES);
  const languages = [
    ...(listOf(input.languages, null, 'languages') ?? []).map((code) => languageCode(code, 'languages')),
    ...(given(input.language) ? [languageCode(input.language, 'language')] : []),
  ];
  const lists = {
    categories: categories && checkCategories(categories, 'input.categories'),
    languages: languages.length > 0 ? [...new Set(languages)] : undefined,
    costs: listOf(input.costs, null, 'costs'),
    terms: idsOf(listOf(input.termIds, null, 'termIds'), 'termIds'),
    organizationIds: idsOf(
      listOf(input.organizationIds, input.organizationId, 'organizationIds'),
      input.organizationIds ? 'organizationIds' : 'organizationId',
    ),
  };
  const filter: SearchFilter = Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined));
  if (given(days)) {
    if (days < 1 || days > 3650) fail.badInput('input.verifiedWithinDays', '1 to 3650 days are expected');
    filter.verifiedSince = new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  }
  if (input.openNow && given(input.openAt)) fail.badInput('input.openAt', 'either `openNow` or `openAt` is expected');
  if (input.openNow || given(input.openAt)) filter.open = true;
  if (input.fitsOnly) filter.fits = true;
  if (input.near?.servedOnly) filter.servesArea = true;
  for (const flag of ['free', 'takesReferrals', 'hasRoom', 'accessible', 'interpreter'] as const) {
    if (input[flag]) filter[flag] = true;
  }
  return filter;
}

import { languageOf, type HubContext } from '../../access/index.js';
import { organizationById } from '../../identity/index.js';
import type { SearchCounts } from '../../platform/search/port.js';
import type { Language, Words } from '../../platform/words.js';
import { fill } from '../../platform/words.js';
import { categoriesOfCodes } from '../category.js';
import type { CostKind } from './search.inputs.js';
import type { Facet, SearchFacets } from './search.types.js';

const COSTS: Record<CostKind, Words> = {
  FREE: { en: 'Free', es: 'Gratis' },
  SLIDING_SCALE: { en: 'By income', es: 'Según ingresos' },
  INSURANCE: { en: 'Takes insurance', es: 'Acepta seguro' },
  DONATION: { en: 'Donation', es: 'Donación' },
  FEE: { en: 'Has a fee', es: 'Tiene costo' },
};
const WITHIN: Words = { en: 'Last {days} days', es: 'Últimos {days} días' };

/** Most first, then by name. */
function ordered(facets: readonly Facet[], most = 50): Facet[] {
  return [...facets].sort((a, b) => b.count - a.count || a.label.localeCompare(b.label)).slice(0, most);
}

/** Made once: making them takes longer than all else here. */
const names = {
  en: new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }),
  es: new Intl.DisplayNames(['es'], { type: 'language', fallback: 'code' }),
} as const satisfies Record<Language, Intl.DisplayNames>;

function languageFacets(counts: Record<string, number>, language: Language): Facet[] {
  const label = (code: string): string => (/^[a-z]{2,3}$/.test(code) ? (names[language].of(code) ?? code) : code);
  return ordered(
    Object.entries(counts).map(([value, count]) => ({ value, label: label(value), count })),
    30,
  );
}

async function termFacets(ctx: HubContext, counts: Record<string, number>): Promise<Facet[]> {
  const ids = Object.keys(counts);
  if (ids.length === 0) return [];
  const rows = await ctx.db.gather<{ id: string; name: string }>(
    'select id, name from hub.taxonomy_term where id = any ($1::uuid[])',
    [ids],
  );
  return ordered(rows.map(({ id, name }) => ({ value: id, label: name, count: counts[id] ?? 0 })));
}

async function organizationFacets(ctx: HubContext, counts: Record<string, number>): Promise<Facet[]> {
  const facets = await Promise.all(
    Object.entries(counts).map(async ([value, count]) => {
      const label = (await organizationById(ctx, value))?.name;
      return label === undefined ? [] : [{ value, label, count }];
    }),
  );
  return ordered(facets.flat());
}

/** The counts with words for people; names are read for the lists that are shown. */
export async function facetsOf(
  ctx: HubContext,
  counts: SearchCounts,
  shown: ReadonlySet<string>,
): Promise<SearchFacets> {
  const language = languageOf(ctx);
  const byCount = Object.entries(counts.categories).sort(([, a], [, b]) => b - a);
  const [terms, organizations] = await Promise.all([
    shown.has('terms') ? termFacets(ctx, counts.terms) : [],
    shown.has('organizations') ? organizationFacets(ctx, counts.organizations) : [],
  ]);
  const isCost = (value: string): value is CostKind => value in COSTS;
  return {
    ...counts,
    open: counts.open ?? 0,
    categories: byCount.flatMap(([code, count]) => categoriesOfCodes([code]).map((category) => ({ category, count }))),
    languages: languageFacets(counts.languages, language),
    costs: ordered(
      Object.entries(counts.costs).flatMap(([value, count]) =>
        isCost(value) ? [{ value, label: COSTS[value][language], count }] : [],
      ),
    ),
    terms,
    organizations,
    verifiedWithinDays: Object.entries(counts.verified).map(([value, count]) => ({
      value,
      label: fill(WITHIN, { days: value })[language],
      count,
    })),
  };
}

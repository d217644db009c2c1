import type {
  CellFieldsFragment,
  PopulationDimension,
  PopulationInput,
  ProductLine,
  RateFieldsFragment,
} from '#lib/gql/graphql';
import { count, percent, t } from '#lib/i18n/index';

/** A count, or that it is hidden: too small, or one from which a small one could be worked out. */
export const cellWords = (cell: CellFieldsFragment): string =>
  cell.suppressed || typeof cell.value !== 'number' ? t('population.few') : count(cell.value);

/** "14 of 212". */
export const baseWords = (rate: RateFieldsFragment): string =>
  t('population.of', { part: cellWords(rate.numerator), whole: cellWords(rate.denominator) });

/** The server sends percent from 0 to 100. */
export const rateWords = (rate: RateFieldsFragment): string =>
  typeof rate.percent === 'number' ? percent(rate.percent / 100) : t('population.few');

const monthOf = (at: Date): string => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}`;

/** The last day of a month: "2026-02" → "2026-02-28". */
function lastDay(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return `${month}-${String(new Date(year, number, 0).getDate()).padStart(2, '0')}`;
}

/** What the address asks for, in whole months; without it, the last twelve. */
export function populationInput(params: URLSearchParams, now = new Date()): PopulationInput {
  const elevenBefore = new Date(now.getFullYear(), now.getMonth() - 11, 1);
  const month = (name: string, otherwise: Date) => {
    const given = params.get(name) ?? '';
    return /^\d{4}-\d\d$/.test(given) ? given : monthOf(otherwise);
  };
  return {
    from: `${month('from', elevenBefore)}-01`,
    to: lastDay(month('to', now)),
    by: (params.get('by') || 'CATEGORY') as PopulationDimension,
    category: params.get('category') || undefined,
    productLine: (params.get('line') || undefined) as ProductLine | undefined,
  };
}

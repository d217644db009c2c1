import type {
  CellFieldsFragment,
  PopulationDimension,
  PopulationInput,
  ProductLine,
  RateFieldsFragment,
} from '#lib/gql/graphql';
import { count, percent, t } from '#lib/i18n/index';

/** A count, or that it is too small to show. */
export const cellWords = (cell: CellFieldsFragment): string =>
  cell.suppressed || typeof cell.value !== 'number' ? t('population.few') : count(cell.value);

/** "14 of 212", or that it is too small to show. */
export const baseWords = (rate: RateFieldsFragment): string =>
  t('population.of', { part: cellWords(rate.numerator), whole: cellWords(rate.denominator) });

/** The server sends percent from 0 to 100. */
export const rateWords = (rate: RateFieldsFragment): string =>
  typeof rate.percent === 'number' ? percent(rate.percent / 100) : t('population.few');

const iso = (at: Date): string => at.toISOString().slice(0, 10);

/** What the address asks for; without it, the last twelve months by kind of need. */
export function populationInput(params: URLSearchParams, now = new Date()): PopulationInput {
  const yearAgo = new Date(now.getFullYear() - 1, now.getMonth(), now.getDate(), 12);
  return {
    from: params.get('from') || iso(yearAgo),
    to: params.get('to') || iso(now),
    by: (params.get('by') || 'AGE_BAND') as PopulationDimension,
    category: params.get('category') || undefined,
    productLine: (params.get('line') || undefined) as ProductLine | undefined,
  };
}

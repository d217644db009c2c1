import type { CellFieldsFragment, PopulationDimension, PopulationInput, RateFieldsFragment } from '#lib/gql/graphql';
import { count, percent, t } from '#lib/i18n/index';

/** A count, or that it is hidden: too small, or one from which a small one could be worked out. */
export const cellWords = (cell: CellFieldsFragment): string =>
  cell.suppressed || typeof cell.value !== 'number' ? t('population.few') : count(cell.value);

/** "14 of 212", "0 of a hidden number". */
export const baseWords = ({ numerator, denominator }: RateFieldsFragment): string =>
  t('population.of', {
    part: cellWords(numerator),
    whole: denominator.suppressed ? t('population.fewWhole') : cellWords(denominator),
  });

/** The server sends percent from 0 to 100; of nobody there is none, and then the count says it: 0 is not hidden. */
export const rateWords = (rate: RateFieldsFragment): string =>
  typeof rate.percent === 'number' ? percent(rate.percent / 100) : cellWords(rate.numerator);

/** What the address asks for; without it, the latest report by kind of need. */
export function populationInput(params: URLSearchParams): PopulationInput {
  return {
    reportId: params.get('report') || undefined,
    by: (params.get('by') || 'CATEGORY') as PopulationDimension,
    category: params.get('category') || undefined,
  };
}

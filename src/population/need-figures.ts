import { categoryLabel } from '../access/sensitivity.js';
import type { Language, Words } from '../platform/words.js';
import { cellOf, rateOf } from './cells.js';
import type { CrossTable, PopulationRow } from './population.types.js';
import type { PopulationSummary } from './summary.types.js';
import type { Dimension, ShownNeeds } from './suppress-needs.js';

/** What the summary says of needs. */
export type NeedFigures = Pick<PopulationSummary, 'needs' | 'needsTotal' | 'crossTable'>;
type Shown = number | null;

/** The figures of needs in one breakdown, of all categories or of one, which is a row of the same table. */
export function needFigures(shown: ShownNeeds, by: Dimension, only?: string | null): NeedFigures {
  if (only) return ofCategory(shown, by, only);
  const needsTotal = cellOf(shown.people);
  if (by === 'CATEGORY') {
    const lines = shown.categories.map((key, i) => lineOf(by, key, shown.rowTotals[i], shown.people));
    return { needs: lines, needsTotal, crossTable: null };
  }
  const cut = shown.cuts[by];
  return {
    // A line is left out for a zero that is shown: what is withheld may be zero.
    needs: cut.columns
      .map((key, j) => lineOf(by, key, cut.people[j], shown.people))
      .filter(({ membersWithNeed }) => membersWithNeed.value !== 0),
    needsTotal,
    crossTable: crossTableOf(shown.categories, cut, shown.rowTotals, shown.total),
  };
}

function ofCategory(shown: ShownNeeds, by: Dimension, category: string): NeedFigures {
  const row = shown.categories.indexOf(category);
  const [categories, total] = row < 0 ? [[], 0] : [[category], shown.rowTotals[row] ?? null];
  const needsTotal = cellOf(total);
  if (by === 'CATEGORY') {
    return { needs: categories.map((key) => lineOf(by, key, total, total)), needsTotal, crossTable: null };
  }
  const columns = row < 0 ? [] : shown.cuts[by].columns;
  const cells = shown.cuts[by].cells[row] ?? [];
  return {
    needs: columns.map((key, j) => lineOf(by, key, cells[j], total)),
    needsTotal,
    crossTable: crossTableOf(categories, { columns, cells: [cells], columnTotals: cells }, categories.map(() => total), total), // prettier-ignore
  };
}

function crossTableOf(
  rows: readonly string[],
  table: { columns: readonly string[]; cells: readonly (readonly Shown[])[]; columnTotals: readonly Shown[] },
  rowTotals: readonly Shown[],
  total: Shown,
): CrossTable {
  return {
    rows: [...rows],
    columns: [...table.columns],
    cells: rows.map((_, i) => (table.cells[i] ?? []).map((value) => cellOf(value))),
    rowTotals: rowTotals.map((value) => cellOf(value)),
    columnTotals: table.columnTotals.map((value) => cellOf(value)),
    total: cellOf(total),
  };
}

function lineOf(by: Dimension, key: string, count: Shown = null, total: Shown = null): PopulationRow {
  return { key, label: labelOf(by, key, 'en'), membersWithNeed: cellOf(count), share: rateOf(count, total) };
}

const NO_COUNTY: Words = { en: 'County not known', es: 'Condado desconocido' };
const PRODUCT_LINES: Readonly<Record<string, Words>> = {
  COMMERCIAL: { en: 'Commercial plan', es: 'Plan comercial' },
  EXCHANGE: { en: 'Marketplace plan', es: 'Plan del mercado de seguros' },
  MEDICAID: { en: 'Medicaid', es: 'Medicaid' },
  MEDICARE: { en: 'Medicare', es: 'Medicare' },
};

/** How a key of a dimension reads. */
export function labelOf(by: Dimension, key: string, language: Language): string {
  if (by === 'CATEGORY') return categoryLabel(key)[language];
  if (by === 'COUNTY') return key || NO_COUNTY[language];
  if (by === 'PRODUCT_LINE') return PRODUCT_LINES[key]?.[language] ?? key;
  return key;
}

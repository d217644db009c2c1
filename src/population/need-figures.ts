import { categoryLabel } from '../access/sensitivity.js';
import { rateOf, shownCell, withheldCell } from './cells.js';
import { ANY_NEED, CUTS, type Cut, type Dimension, type NeedCount } from './population.queries.js';
import type { CountCell, CrossTable, PopulationRow } from './population.types.js';
import { suppressTogether, type Hint, type TogetherShown } from './suppress-together.js';
import type { Language, Words } from '../platform/words.js';

/** What the summary says of needs. */
export interface NeedFigures {
  needs: PopulationRow[];
  needsTotal: CountCell;
  crossTable: CrossTable | null;
}

interface Table {
  columns: string[];
  cells: number[][];
}
type Tables = Record<Cut, Table>;

const unique = (keys: readonly string[]): string[] => [...new Set(keys)].toSorted();
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function tableOf(counts: readonly NeedCount[], by: Cut, rows: readonly string[], columns: readonly string[]): Table {
  const found = new Map(
    counts.filter((count) => count.by === by).map(({ category, key, count }) => [`${category}\n${key}`, count]),
  );
  return {
    columns: [...columns],
    cells: rows.map((row) => columns.map((column) => found.get(`${row}\n${column}`) ?? 0)),
  };
}

function tablesOf(counts: readonly NeedCount[], rows: readonly string[]): Tables {
  const table = (by: Cut): Table => {
    const keys = counts.filter((count) => count.by === by).map((count) => count.key);
    return tableOf(counts, by, rows, unique(keys));
  };
  return { AGE_BAND: table('AGE_BAND'), COUNTY: table('COUNTY'), MONTH: table('MONTH') };
}

/**
 * What the cells of categories say of the members with any need beside them: they are no fewer than have one need and no
 * more than the needs together. Where they are as many as that, and the cell is withheld, they would tell what it is.
 */
function hintsOf(cuts: Tables, shown: TogetherShown, people: Tables, all: boolean): Hint[][][] {
  return CUTS.map((by, t) => [
    (people[by].cells[0] ?? []).map((members, j): Hint => {
      const column = cuts[by].cells.map((row) => row[j] ?? 0);
      const { cells = [], columnTotals = [] } = shown.tables[t] ?? {};
      const everyone = column.some((value, i) => value === members && cells[i]?.[j] === null);
      const nobodyTwice = columnTotals[j] === null && sum(column) === members;
      return {
        forced: members > 0 && (all || everyone || nobodyTwice),
        least: Math.min(members, Math.max(0, ...column)),
        most: sum(column),
      };
    }),
  ]);
}

/**
 * The figures of needs, withheld alike however they are asked for: in one breakdown after another, or for one category
 * alone, which is a row of the same tables.
 */
export function needFigures(counts: readonly NeedCount[], by: Dimension, only?: string | null): NeedFigures {
  const categories = unique(counts.flatMap(({ category }) => (category === ANY_NEED ? [] : [category])));
  const cuts = tablesOf(counts, categories);
  const shown = suppressTogether(CUTS.map((cut) => cuts[cut].cells));
  if (only) return ofCategory(only, by, categories, cuts, shown);

  const people: Tables = { ...cuts };
  for (const cut of CUTS) people[cut] = tableOf(counts, cut, [ANY_NEED], cuts[cut].columns);
  const members = sum(people.MONTH.cells[0] ?? []);
  const told = categories.some((_, i) => shown.rowTotals[i] === null && sum(cuts.MONTH.cells[i] ?? []) === members);
  const peopleShown = suppressTogether(
    CUTS.map((cut) => people[cut].cells),
    hintsOf(cuts, shown, people, told),
  );
  const needsTotal = told && members > 0 ? withheldCell : cellOf(peopleShown.total);
  if (by === 'CATEGORY') {
    const rows = categories.map((key, i) => ({ key, count: cellOf(shown.rowTotals[i]) }));
    return { needs: linesOf(by, rows, needsTotal), needsTotal, crossTable: null };
  }
  const at = CUTS.indexOf(by);
  // A line is left out for a zero that is shown: what is withheld may be zero.
  const rows = cuts[by].columns
    .map((key, j) => ({ key, count: cellOf(peopleShown.tables[at]?.cells[0]?.[j]) }))
    .filter(({ count }) => count.value !== 0);
  return {
    needs: linesOf(by, rows, needsTotal),
    needsTotal,
    crossTable: crossTableOf(categories, cuts[by].columns, shown.tables[at], shown.rowTotals, shown.total),
  };
}

function ofCategory(
  category: string,
  by: Dimension,
  categories: readonly string[],
  cuts: Tables,
  shown: TogetherShown,
): NeedFigures {
  const row = categories.indexOf(category);
  if (row < 0) {
    const nothing = by === 'CATEGORY' ? null : crossTableOf([], [], undefined, [], 0);
    return { needs: [], needsTotal: shownCell(0), crossTable: nothing };
  }
  const total = shown.rowTotals[row] ?? null;
  const needsTotal = cellOf(total);
  if (by === 'CATEGORY') {
    return { needs: linesOf(by, [{ key: category, count: needsTotal }], needsTotal), needsTotal, crossTable: null };
  }
  const { columns } = cuts[by];
  const cells = shown.tables[CUTS.indexOf(by)]?.cells[row] ?? [];
  return {
    needs: linesOf(
      by,
      columns.map((key, j) => ({ key, count: cellOf(cells[j]) })),
      needsTotal,
    ),
    needsTotal,
    crossTable: crossTableOf([category], columns, { cells: [cells], columnTotals: cells }, [total], total),
  };
}

const cellOf = (value: number | null | undefined = null): CountCell =>
  value === null ? withheldCell : shownCell(value);

function crossTableOf(
  rows: readonly string[],
  columns: readonly string[],
  table: TogetherShown['tables'][number] | undefined,
  rowTotals: readonly (number | null)[],
  total: number | null,
): CrossTable {
  return {
    rows: [...rows],
    columns: [...columns],
    cells: (table?.cells ?? []).map((line) => line.map(cellOf)),
    rowTotals: rowTotals.map(cellOf),
    columnTotals: (table?.columnTotals ?? []).map(cellOf),
    total: cellOf(total),
  };
}

function linesOf(by: Dimension, rows: readonly { key: string; count: CountCell }[], total: CountCell): PopulationRow[] {
  return rows.map(({ key, count }) => ({
    key,
    label: labelOf(by, key, 'en'),
    membersWithNeed: count,
    share: rateOf(count, total),
  }));
}

const NO_COUNTY: Words = { en: 'County not known', es: 'Condado desconocido' };

/** How a key of a dimension reads. */
export function labelOf(by: Dimension, key: string, language: Language): string {
  if (by === 'CATEGORY') return categoryLabel(key)[language];
  if (by === 'COUNTY') return key || NO_COUNTY[language];
  return key;
}

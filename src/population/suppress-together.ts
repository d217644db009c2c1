import { type Count, isSmall, withhold } from './suppression-network.js';

/** Several tables of the same people as they may be shown; null = withheld. */
export interface TogetherShown {
  /** In the order given. */
  tables: { cells: (number | null)[][]; columnTotals: (number | null)[] }[];
  /** The same for every table. */
  rowTotals: (number | null)[];
  total: number | null;
}

/** What is known or decided of a cell from elsewhere. */
export interface Hint {
  /** To be withheld. */
  forced: boolean;
  least: number;
  most: number;
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const shown = ({ value, withheld }: Count): number | null => (withheld ? null : value);
const columnsOf = (table: readonly (readonly number[])[]) =>
  (table[0] ?? []).map((_, j) => table.map((row) => row[j] ?? 0));

/**
 * Suppresses tables that have the same rows and row totals and different columns, such as needs by age, county and month,
 * which a reader may ask for one after another. A row total is shown in all of them or in none. A row whose total is
 * withheld is withheld whole, zeros included; every other row is protected within its table, its total being known.
 * `hints` are for every cell of every table. When even the total would tell too much, nothing is shown.
 */
export function suppressTogether(
  tables: readonly (readonly (readonly number[])[])[],
  hints: readonly (readonly (readonly Hint[])[])[] = [],
): TogetherShown {
  const totals = (tables[0] ?? []).map(sum);
  if (tables.some((table) => table.length !== totals.length || table.some((row, i) => sum(row) !== totals[i]))) {
    throw new RangeError('tables that are shown together must have the same row totals');
  }
  const alsoHidden = new Set<number>();
  for (;;) {
    const rowTotals = suppressRows(totals, alsoHidden);
    const within = rowTotals && tables.map((table, t) => suppressWithin(table, rowTotals, hints[t]));
    if (!within || within.some(({ failed }) => failed === 'ALL')) return nothingShown(tables);
    const failed = within.flatMap((one) => [...one.failed].map(Number));
    if (failed.length === 0) return { tables: within, rowTotals, total: sum(totals) };
    for (const row of failed) alsoHidden.add(row);
  }
}

/** The row totals beside a total that is known; null when they cannot be protected. */
function suppressRows(totals: readonly number[], alsoHidden: ReadonlySet<number>): (number | null)[] | null {
  if (isSmall(sum(totals))) return null;
  const counts = totals.map((value, row): Count => ({
    from: 0,
    to: 1,
    value,
    total: false,
    withheld: false,
    forced: alsoHidden.has(row),
  }));
  return withhold(counts, 2).length > 0 ? null : counts.map(shown);
}

interface Within {
  cells: (number | null)[][];
  columnTotals: (number | null)[];
  /** Rows in which a count cannot be protected beside a known row total; ALL when it is a column's total. */
  failed: ReadonlySet<number> | 'ALL';
}

function suppressWithin(
  table: readonly (readonly number[])[],
  rowTotals: readonly (number | null)[],
  hints: readonly (readonly Hint[])[] = [],
): Within {
  const columns = columnsOf(table);
  const height = table.length;
  // Nodes: one a row, one for all withheld rows together, one a column, one where the column totals add up.
  const [hiddenRows, end] = [height, height + 1 + columns.length];
  const column = (j: number): number => height + 1 + j;
  const cells = table.map((row, i) =>
    rowTotals[i] === null
      ? null
      : row.map((value, j): Count => ({
          from: column(j),
          to: i,
          value,
          total: false,
          withheld: false,
          ...hints[i]?.[j],
        })),
  );
  const together = columns.map((values, j): Count => {
    const value = sum(values.filter((_, i) => rowTotals[i] === null));
    return { from: column(j), to: hiddenRows, value, total: true, withheld: true, free: true };
  });
  const columnTotals = columns.map((values, j): Count => ({
    from: end,
    to: column(j),
    value: sum(values),
    total: true,
    withheld: false,
  }));
  const unprotected = withhold([...cells.flatMap((row) => row ?? []), ...together, ...columnTotals], end + 1);
  return {
    cells: cells.map((row, i) => row?.map(shown) ?? (table[i] ?? []).map(() => null)),
    columnTotals: columnTotals.map(shown),
    failed: unprotected.some((count) => count.from === end) ? 'ALL' : new Set(unprotected.map((count) => count.to)),
  };
}

function nothingShown(tables: readonly (readonly (readonly number[])[])[]): TogetherShown {
  const nothing = (list: readonly unknown[]): null[] => list.map(() => null);
  const total = sum((tables[0] ?? []).map(sum));
  if (total === 0) {
    return {
      tables: tables.map((table) => ({ cells: table.map((row) => [...row]), columnTotals: columnsOf(table).map(sum) })),
      rowTotals: (tables[0] ?? []).map(sum),
      total,
    };
  }
  return {
    tables: tables.map((table) => ({ cells: table.map(nothing), columnTotals: nothing(table[0] ?? []) })),
    rowTotals: nothing(tables[0] ?? []),
    total: null,
  };
}

import { type Count, withhold } from './suppression-network.js';

export { isSmall } from './suppression-network.js';

/** A table as it may be shown; null = withheld. */
export interface ShownTable {
  cells: (number | null)[][];
  rowTotals: (number | null)[];
  columnTotals: (number | null)[];
  total: number | null;
}

/** A list of counts and their total as they may be shown; null = withheld. */
export interface ShownSeries {
  counts: (number | null)[];
  total: number | null;
}

const shown = ({ value, withheld }: Count): number | null => (withheld ? null : value);
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/**
 * Withholds the small cells (1–10) of a table with its row and column totals and its total, small totals among them, and
 * as many more that none of them can be worked out from what is shown: each has at least two possible values, and each
 * small cell at least two between 1 and 10. The same table always gives the same answer. Every row needs the same length.
 */
export function suppressTable(table: readonly (readonly number[])[]): ShownTable {
  const width = table[0]?.length ?? 0;
  if (table.some((row) => row.length !== width)) throw new RangeError('the rows of a table must be equally long');
  const height = table.length;
  checkCounts(table.flat());
  // Nodes: one a row, one a column, one where the row totals and one where the column totals add up.
  const [rowsEnd, columnsEnd] = [height + width, height + width + 1];
  const column = (j: number) => height + j;
  const count = (from: number, to: number, value: number, total: boolean): Count => ({
    from,
    to,
    value,
    total,
    withheld: false,
  });
  const cells = table.map((row, i) => row.map((value, j) => count(column(j), i, value, false)));
  const rowTotals = table.map((row, i) => count(i, rowsEnd, sum(row), true));
  const columnTotals = Array.from({ length: width }, (_, j) =>
    count(columnsEnd, column(j), sum(table.map((row) => row[j] ?? 0)), true),
  );
  const total = count(rowsEnd, columnsEnd, sum(table.flat()), true);
  protect([...cells.flat(), ...rowTotals, ...columnTotals, total], height + width + 2);
  return {
    cells: cells.map((row) => row.map(shown)),
    rowTotals: rowTotals.map(shown),
    columnTotals: columnTotals.map(shown),
    total: shown(total),
  };
}

/** The same for a single list with its total. */
export function suppressSeries(counts: readonly number[]): ShownSeries {
  checkCounts(counts);
  const cells = counts.map((value): Count => ({ from: 0, to: 1, value, total: false, withheld: false }));
  const total: Count = { from: 1, to: 0, value: sum(counts), total: true, withheld: false };
  protect([...cells, total], 2);
  return { counts: cells.map(shown), total: shown(total) };
}

/** Here it always succeeds: the count and its totals can all rise by one, or, at 10, all fall. */
function protect(counts: Count[], nodes: number): void {
  if (withhold(counts, nodes).length > 0) throw new Error('a small count could not be protected');
}

function checkCounts(counts: readonly number[]): void {
  const wrong = counts.find((count) => !Number.isInteger(count) || count < 0);
  if (wrong !== undefined) throw new RangeError(`${wrong} is not a count`);
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ShownTable, isSmall, suppressSeries, suppressTable } from './suppress.js';

describe('suppression', () => {
  it('withholds 1 to 10, shows 0 and 11', () => {
    expect([0, 1, 10, 11].map(isSmall)).toEqual([false, true, true, false]);
    expect(suppressSeries([0, 40, 11])).toEqual({ counts: [0, 40, 11], total: 51 });
  });

  it('withholds a second count beside a single small one, the smallest that helps', () => {
    expect(suppressSeries([5, 40, 25, 0])).toEqual({ counts: [null, 40, null, 0], total: 70 });
  });

  it('needs no second count when two small ones hide each other', () => {
    expect(suppressSeries([5, 4, 25])).toEqual({ counts: [null, null, 25], total: 34 });
  });

  it('sees that two small counts with a telling sum hide nothing', () => {
    // 1 + 1: whoever knows that neither is zero knows both. 10 + 10 likewise.
    expect(suppressSeries([1, 1, 25])).toEqual({ counts: [null, null, null], total: 27 });
    expect(suppressSeries([10, 10, 25, 90])).toEqual({ counts: [null, null, null, 90], total: 135 });
  });

  it('withholds a total that is small itself', () => {
    expect(suppressSeries([3, 0, 0])).toEqual({ counts: [null, 0, 0], total: null });
    expect(
      suppressTable([
        [3, 0],
        [20, 30],
      ]),
    ).toMatchObject({
      rowTotals: [null, null],
      cells: [
        [null, 0],
        [null, 30],
      ],
    });
  });

  it('withholds in a table the rectangle that hides a cell', () => {
    expect(
      suppressTable([
        [5, 20, 300],
        [40, 30, 300],
        [500, 500, 500],
      ]),
    ).toEqual({
      cells: [
        [null, null, 300],
        [null, null, 300],
        [500, 500, 500],
      ],
      rowTotals: [325, 370, 1500],
      columnTotals: [545, 550, 1100],
      total: 2195,
    });
  });

  it('of one row withholds the column totals that repeat the cells', () => {
    const { cells, columnTotals, total } = suppressTable([[5, 40, 25]]);
    expect(cells).toEqual([[null, 40, null]]);
    expect(columnTotals).toEqual([null, 40, null]);
    expect(total).toBe(70);
  });

  it('of nothing is nothing', () => {
    expect(suppressTable([])).toEqual({ cells: [], rowTotals: [], columnTotals: [], total: 0 });
    expect(suppressSeries([])).toEqual({ counts: [], total: 0 });
    expect(() => suppressTable([[1], [1, 2]])).toThrow('equally long');
    expect(() => suppressSeries([1.5])).toThrow('1.5 is not a count');
  });
});

/** All numbers of a table with its margins, in one list, and the sums they must satisfy. */
function flat(table: readonly (readonly number[])[]): number[] {
  const rows = table.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = (table[0] ?? []).map((_, j) => table.reduce((total, row) => total + (row[j] ?? 0), 0));
  return [...table.flat(), ...rows, ...columns, rows.reduce((a, b) => a + b, 0)];
}
const flatShown = (table: ShownTable) => [
  ...table.cells.flat(),
  ...table.rowTotals,
  ...table.columnTotals,
  table.total,
];

/**
 * What a reader who knows the rule can tell, by brute force: every table of whole numbers that agrees with what is shown,
 * each withheld cell between `low` and `high` of it. For each withheld number the values it takes.
 */
function readings(
  table: number[][],
  shown: ShownTable,
  low: (cell: number) => number,
  high: (cell: number) => number,
): Set<number>[] {
  const numbers = flatShown(shown);
  const seen = numbers.map(() => new Set<number>());
  const width = table[0]?.length ?? 0;
  const guess = table.map((row) => [...row]);
  const hidden = table.flatMap((row, i) =>
    row.flatMap((value, j) => (shown.cells[i]?.[j] === null ? [{ i, j, value }] : [])),
  );
  const search = (at: number): void => {
    const cell = hidden[at];
    if (!cell) {
      const all = flat(guess);
      const agrees = all.every((value, k) => numbers[k] === null || numbers[k] === value);
      if (agrees) all.forEach((value, k) => seen[k]?.add(value));
      return;
    }
    for (let value = low(cell.value); value <= high(cell.value); value += 1) {
      guess[cell.i]![cell.j] = value;
      const open = hidden.slice(at + 1).some((later) => later.i === cell.i);
      if (rowStillFits(guess, shown, cell.i, open)) search(at + 1);
    }
    guess[cell.i]![cell.j] = cell.value;
  };
  expect(width).toBeGreaterThan(0);
  search(0);
  return seen;
}
function rowStillFits(guess: number[][], shown: ShownTable, i: number, open: boolean): boolean {
  const total = shown.rowTotals[i];
  return open || total === null || total === undefined || (guess[i] ?? []).reduce((a, b) => a + b, 0) === total;
}

const count = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 13 }), weight: 4 },
  { arbitrary: fc.constantFrom(0, 1, 10, 11), weight: 2 },
  { arbitrary: fc.integer({ min: 11, max: 60 }), weight: 3 },
);
const tables = (rows: number, columns: number) =>
  fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const anyTable = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) => tables(rows, columns));

describe('any suppressed table', () => {
  it('shows no small number, and everything it shows is true', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const truth = flat(table);
        flatShown(suppressTable(table)).forEach((value, k) => {
          if (isSmall(truth[k] ?? 0)) expect(value).toBeNull();
          else if (value !== null) expect(value).toBe(truth[k]);
        });
      }),
    );
  });

  it('leaves every withheld number at least two values, even to one who knows which cells are 1 to 10', () => {
    // A shift by one is enough to look for: on sums of this form, two values that are possible are joined by such steps.
    const step = (cell: number, by: number) => {
      const [low, high] = isSmall(cell) ? [1, 10] : [1, Infinity];
      return Math.min(high, Math.max(low, cell + by));
    };
    fc.assert(
      fc.property(
        fc
          .constantFrom([1, 3], [2, 2], [2, 3], [3, 2], [3, 3], [2, 4], [1, 6])
          .chain(([r, c]) => tables(r ?? 1, c ?? 1)),
        (table) => {
          const shown = suppressTable(table);
          const seen = readings(
            table,
            shown,
            (cell) => step(cell, -1),
            (cell) => step(cell, 1),
          );
          flatShown(shown).forEach((value, k) => {
            if (value === null) expect(seen[k]?.size ?? 0).toBeGreaterThanOrEqual(2);
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  it('leaves at least two values by full enumeration of small tables', () => {
    fc.assert(
      fc.property(
        fc.constantFrom([1, 2], [2, 2], [1, 3]).chain(([r, c]) =>
          fc.array(fc.array(fc.integer({ min: 0, max: 14 }), { minLength: c ?? 1, maxLength: c ?? 1 }), {
            minLength: r ?? 1,
            maxLength: r ?? 1,
          }),
        ),
        (table) => {
          const shown = suppressTable(table);
          const seen = readings(
            table,
            shown,
            () => 0,
            () => 20,
          );
          flatShown(shown).forEach((value, k) => {
            if (value === null) expect(seen[k]?.size ?? 0).toBeGreaterThanOrEqual(2);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is the same each time, and withholds nothing where nothing is small', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        const shown = suppressTable(table);
        expect(suppressTable(table)).toEqual(shown);
        if (!flat(table).some(isSmall)) expect(flatShown(shown)).toEqual(flat(table));
      }),
    );
  });

  it('never withholds a zero cell', () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        suppressTable(table).cells.forEach((row, i) =>
          row.forEach((value, j) => {
            if (table[i]?.[j] === 0) expect(value).toBe(0);
          }),
        );
      }),
    );
  });
});

describe('any suppressed series', () => {
  it('leaves every withheld number at least two values', () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 7 }), (counts) => {
        const { counts: shown, total } = suppressSeries(counts);
        const hidden = counts.flatMap((value, k) => (shown[k] === null ? [value] : []));
        if (hidden.length === 0) return;
        if (total === null) return; // Without the total nothing ties the counts together.
        const free = (value: number, by: number) => value + by >= 1 && (!isSmall(value) || value + by <= 10);
        hidden.forEach((value, k) => {
          const others = hidden.filter((_, other) => other !== k);
          const up = free(value, 1) && others.some((other) => free(other, -1));
          const down = free(value, -1) && others.some((other) => free(other, 1));
          expect(up || down).toBe(true);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('of a year by category is quick', () => {
    const table = Array.from({ length: 24 }, (_, i) => Array.from({ length: 60 }, (_, j) => (i * 7 + j * 13) % 37));
    const { cells } = suppressTable(table);
    expect(cells.flat().filter((value) => value === null).length).toBeGreaterThan(300);
  });
});

import { isSmall } from './suppression-network.js';
import { suppressTogether, type Hint, type TogetherShown } from './suppress-together.js';

/** The ways to cut a category's count; a member stands in one part of each. */
export const CUTS = ['AGE_BAND', 'COUNTY', 'MONTH', 'PRODUCT_LINE'] as const;
export type Cut = (typeof CUTS)[number];
export type Dimension = Cut | 'CATEGORY';

/** Stands for a category where members with any need are counted. */
export const ANY_NEED = '';

/** Members with a need of a category, in one part of a cut. */
export interface NeedCount {
  category: string;
  by: Cut;
  key: string;
  count: number;
}

/** Members with a need by category as they may be shown; null = withheld. */
export interface ShownNeeds {
  categories: string[];
  /** One a category. */
  rowTotals: (number | null)[];
  total: number | null;
  /** Members with any need. */
  people: number | null;
  cuts: Record<Cut, ShownCut>;
}
interface ShownCut {
  columns: string[];
  /** A row for each category. */
  cells: (number | null)[][];
  columnTotals: (number | null)[];
  people: (number | null)[];
}

interface Table {
  columns: string[];
  cells: number[][];
}
type Tables = Record<Cut, Table>;

const unique = (keys: readonly string[]): string[] => [...new Set(keys)].toSorted();
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const ofCuts = <T>(make: (cut: Cut, at: number) => T): Record<Cut, T> => ({
  AGE_BAND: make('AGE_BAND', 0),
  COUNTY: make('COUNTY', 1),
  MONTH: make('MONTH', 2),
  PRODUCT_LINE: make('PRODUCT_LINE', 3),
});

function tablesOf(counts: readonly NeedCount[], rows: readonly string[]): Tables {
  return ofCuts((by) => {
    const own = counts.filter((count) => count.by === by);
    const found = new Map(own.map(({ category, key, count }) => [`${category}\n${key}`, count]));
    const columns = unique(own.map(({ key }) => key));
    return { columns, cells: rows.map((row) => columns.map((column) => found.get(`${row}\n${column}`) ?? 0)) };
  });
}

/**
 * What the cells of categories say of the members with any need beside them: they are no fewer than have one need and no
 * more than the needs together. Where they are as many as that, and the cell is withheld, they would tell what it is; and
 * where all but a few have a shown need, they would tell how few have not. (By month that is no difference of people: the
 * first need of a member may be of another month than the first of a category.)
 */
function hintsOf(cuts: Tables, shown: TogetherShown, people: Tables, all: boolean): Hint[][][] {
  return CUTS.map((by, t) => [
    (people[by].cells[0] ?? []).map((members, j): Hint => {
      const column = cuts[by].cells.map((row) => row[j] ?? 0);
      const { cells = [], columnTotals = [] } = shown.tables[t] ?? {};
      const everyone = column.some((value, i) => value === members && cells[i]?.[j] === null);
      const nobodyTwice = columnTotals[j] === null && sum(column) === members;
      const fewWithout =
        by !== 'MONTH' && column.some((value, i) => cells[i]?.[j] !== null && isSmall(members - value));
      return {
        forced: members > 0 && (all || everyone || nobodyTwice || fewWithout),
        least: Math.min(members, Math.max(0, ...column)),
        most: sum(column),
      };
    }),
  ]);
}

/**
 * Withholds, of the members with each need and with any need, what is small and what would tell it, in all that can be
 * asked of them: every cut, every category alone, their totals.
 */
export function suppressNeeds(counts: readonly NeedCount[]): ShownNeeds {
  const categories = unique(counts.flatMap(({ category }) => (category === ANY_NEED ? [] : [category])));
  const cuts = tablesOf(counts, categories);
  const shown = suppressTogether(CUTS.map((cut) => cuts[cut].cells));
  const people = peopleBeside(counts, cuts);
  const withNeed = sum(people.MONTH.cells[0] ?? []);
  const told = categories.some((_, i) => {
    const without = withNeed - sum(cuts.MONTH.cells[i] ?? []);
    return shown.rowTotals[i] === null ? without === 0 : isSmall(without);
  });
  const peopleShown = suppressTogether(
    CUTS.map((cut) => people[cut].cells),
    hintsOf(cuts, shown, people, told),
  );
  return {
    categories,
    rowTotals: shown.rowTotals,
    total: shown.total,
    people: told && withNeed > 0 ? null : peopleShown.total,
    cuts: ofCuts((cut, at) => ({
      columns: cuts[cut].columns,
      cells: shown.tables[at]?.cells ?? [],
      columnTotals: shown.tables[at]?.columnTotals ?? [],
      people: peopleShown.tables[at]?.cells[0] ?? [],
    })),
  };
}

/**
 * Whether the number of all members would tell how few of them have no need, or not a certain one; or, being the same, how
 * many those with a need are when that is withheld.
 */
export function nearlyAllInNeed(members: number, counts: readonly NeedCount[], { people }: ShownNeeds): boolean {
  const having = new Map<string, number>();
  for (const { category, by, count } of counts) {
    if (by === 'MONTH') having.set(category, (having.get(category) ?? 0) + count);
  }
  const same = people === null && having.get(ANY_NEED) === members;
  return same || [...having.values()].some((count) => isSmall(members - count));
}

/** Members with any need, in the columns of the categories. */
function peopleBeside(counts: readonly NeedCount[], cuts: Tables): Tables {
  const found = new Map(
    counts.filter(({ category }) => category === ANY_NEED).map(({ by, key, count }) => [`${by}\n${key}`, count]),
  );
  return ofCuts((by) => {
    const { columns } = cuts[by];
    return { columns, cells: [columns.map((column) => found.get(`${by}\n${column}`) ?? 0)] };
  });
}

import { categoryLabel } from '../access/sensitivity.js';
import type { Dimension, FunnelCount, NeedCount } from './population.queries.js';
import { categoriesOfCodes } from '../directory/index.js';
import type { CountCell, CrossTable, RateCell, ReferralFunnel } from './population.types.js';
import { SMALLEST_SHOWN, suppressTable } from './suppress.js';

export const shown = (value: number): CountCell => ({ value, suppressed: false });
const HIDDEN: CountCell = { value: null, suppressed: true };
const cell = (value: number | null): CountCell => (value === null ? HIDDEN : shown(value));

/** A share of two cells that were suppressed together; no percentage where one of them is withheld. */
export function rateOf(numerator: CountCell, denominator: CountCell): RateCell {
  const [part, whole] = [numerator.value, denominator.value];
  const known = part !== null && whole !== null && whole > 0;
  return { numerator, denominator, percent: known ? Math.round((1000 * part) / whole) / 10 : null };
}

const isSmall = (count: number): boolean => count > 0 && count < SMALLEST_SHOWN;

/**
 * Counts of which each is a part of the one before: members and screened, sent and answered. A count is withheld when it
 * is small, or when what fell away since the last shown one is.
 */
export function chain(counts: readonly number[]): CountCell[] {
  let last: number | null = null;
  return counts.map((count) => {
    if (isSmall(count) || (last !== null && isSmall(last - count))) return HIDDEN;
    last = count;
    return shown(count);
  });
}

/** How a key of a dimension reads. */
export function labelOf(by: Dimension, key: string): string {
  if (by === 'CATEGORY') return categoryLabel(key).en;
  if (by === 'COUNTY') return key || 'County not known';
  return key;
}

const unique = (keys: readonly string[]): string[] => [...new Set(keys)].sort();

/** The cross table, suppressed as one: whatever a page shows of it, no withheld cell can be worked out. */
export function crossTableOf(counts: readonly NeedCount[]): CrossTable {
  const rows = unique(counts.map((count) => count.category));
  const columns = unique(counts.map((count) => count.key));
  const found = new Map(counts.map((count) => [`${count.category}\n${count.key}`, count.count]));
  const numbers = rows.map((row) => columns.map((column) => found.get(`${row}\n${column}`) ?? 0));
  const table = suppressTable(numbers);
  return {
    rows,
    columns,
    cells: table.cells.map((line) => line.map(cell)),
    rowTotals: table.rowTotals.map(cell),
    columnTotals: table.columnTotals.map(cell),
    total: cell(table.total),
  };
}

const noReferrals: FunnelCount = {
  category: null,
  sent: 0,
  answered: 0,
  accepted: 0,
  closed: 0,
  helped: 0,
  asked: 0,
  confirmed: 0,
};

/** Withheld when the cell beside it is: the two count the same people in two ways. */
const like = (count: CountCell, ...beside: (number | null)[]): CountCell => (beside.includes(null) ? HIDDEN : count);

/**
 * The funnel, suppressed as one table of category by result (not finished, finished without help, helped), so that
 * neither a category nor a result can be worked out from the totals.
 */
export function funnelOf(counts: readonly FunnelCount[]): ReferralFunnel {
  const all = counts.find((count) => count.category === null) ?? noReferrals;
  const categories = counts.flatMap(({ category, ...count }) => (category === null ? [] : [{ category, ...count }]));
  const table = suppressTable(
    categories.map((count) => [count.sent - count.closed, count.closed - count.helped, count.helped]),
  );
  const [, unhelpedTotal = null, helpedTotal = null] = table.columnTotals;
  const [sent = HIDDEN, answered = HIDDEN, accepted = HIDDEN] = chain([all.sent, all.answered, all.accepted]);
  const [, closedInChain = HIDDEN, helpedInChain = HIDDEN] = chain([all.sent, all.closed, all.helped]);
  const [asked = HIDDEN, confirmed = HIDDEN] = chain([all.asked, all.confirmed]);
  const closed = like(closedInChain, unhelpedTotal, helpedTotal);
  const confirmations = suppressTable([categories.map((count) => count.confirmed)]);
  return {
    sent: like(sent, table.total),
    answered,
    accepted,
    closedByAgency: rateOf(closed, like(sent, table.total)),
    helpReceived: rateOf(like(helpedInChain, helpedTotal), closed),
    confirmedByPatient: rateOf(like(confirmed, confirmations.total), asked),
    byCategory: categories.flatMap((count, row) => {
      const [, unhelped = null, helped = null] = table.cells[row] ?? [];
      return categoriesOfCodes([count.category]).map((category) => ({
        category,
        sent: cell(table.rowTotals[row] ?? null),
        closedByAgency: unhelped === null || helped === null ? HIDDEN : shown(unhelped + helped),
        helpReceived: cell(helped),
        confirmedByPatient: cell(confirmations.cells[0]?.[row] ?? null),
      }));
    }),
  };
}

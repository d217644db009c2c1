import { categoriesOfCodes } from '../directory/index.js';
import { chain, rateOf, shownCell, withheldCell } from './cells.js';
import type { FunnelCount } from './population.queries.js';
import type { CountCell, FunnelRow, ReferralFunnel } from './population.types.js';
import { suppressTogether } from './suppress-together.js';

type Counts = Omit<FunnelCount, 'category'>;
const NONE: Counts = { sent: 0, answered: 0, accepted: 0, closed: 0, helped: 0, asked: 0, confirmed: 0 };

/** A sum of cells, withheld when one of them is. */
function together(...cells: (number | null | undefined)[]): number | null {
  const values = cells.map((value) => value ?? null);
  return values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
}
const cellOf = (value: number | null): CountCell => (value === null ? withheldCell : shownCell(value));
/** A count of referrals where the same count over the categories may be shown. */
const like = (count: CountCell, beside: number | null): CountCell => (beside === null ? withheldCell : count);

type Shown = { [Step in keyof Counts]: number | null };

/**
 * The funnel of each category and of them together, withheld as one: by how referrals ended (not finished, finished
 * without help, helped), how they were answered (not, declined, accepted), and what patients said (not asked, not helped,
 * helped).
 */
function suppressFunnel(counts: readonly Counts[]): { rows: Shown[]; all: Shown } {
  const { tables, rowTotals, total } = suppressTogether([
    counts.map(({ sent, closed, helped }) => [sent - closed, closed - helped, helped]),
    counts.map(({ sent, answered, accepted }) => [sent - answered, answered - accepted, accepted]),
    counts.map(({ sent, asked, confirmed }) => [sent - asked, asked - confirmed, confirmed]),
  ]);
  const stepsOf = (sent: number | null, parts: readonly (readonly (number | null)[] | undefined)[]): Shown => {
    const [closed, answered, asked] = parts.map((part) => together(part?.[1], part?.[2]));
    const [helped, accepted, confirmed] = parts.map((part) => together(part?.[2]));
    const all = { sent, answered, accepted, closed, helped, asked, confirmed };
    return Object.fromEntries(Object.entries(all).map(([step, value]) => [step, value ?? null])) as Shown;
  };
  return {
    rows: counts.map((_, i) =>
      stepsOf(
        rowTotals[i] ?? null,
        tables.map((table) => table.cells[i]),
      ),
    ),
    all: stepsOf(
      total,
      tables.map((table) => table.columnTotals),
    ),
  };
}

/** The funnel of all referrals, or of those of one category, which is a row of the same table. */
export function funnelFigures(found: readonly FunnelCount[], only?: string | null): ReferralFunnel {
  const counts = found.flatMap(({ category, ...count }) => (category === null ? [] : [{ category, ...count }]));
  const shown = suppressFunnel(counts);
  const row = counts.findIndex(({ category }) => category === only);
  const [numbers, may] = only
    ? [counts[row] ?? NONE, shown.rows[row] ?? NONE]
    : [found.find(({ category }) => category === null) ?? NONE, counts.length > 0 ? shown.all : NONE];
  // A referral about two needs stands in two categories: its own counts are not the sums, and small ones among them are
  // withheld as well.
  const [sent = withheldCell, answered = withheldCell, accepted = withheldCell] = chain([
    numbers.sent,
    numbers.answered,
    numbers.accepted,
  ]);
  const [, closed = withheldCell, helped = withheldCell] = chain([numbers.sent, numbers.closed, numbers.helped]);
  const [asked = withheldCell, confirmed = withheldCell] = chain([numbers.asked, numbers.confirmed]);
  const closedShown = like(closed, may.closed);
  return {
    sent: like(sent, may.sent),
    answered: like(answered, may.answered),
    accepted: like(accepted, may.accepted),
    closedByAgency: rateOf(closedShown, like(sent, may.sent)),
    helpReceived: rateOf(like(helped, may.helped), closedShown),
    confirmedByPatient: rateOf(like(confirmed, may.confirmed), like(asked, may.asked)),
    byCategory: counts.flatMap(({ category }, i) =>
      only && i !== row ? [] : rowOf(category, shown.rows[i] ?? { ...NONE, sent: null }),
    ),
  };
}

function rowOf(code: string, shown: Shown): FunnelRow[] {
  return categoriesOfCodes([code]).map((category) => ({
    category,
    sent: cellOf(shown.sent),
    closedByAgency: cellOf(shown.closed),
    helpReceived: cellOf(shown.helped),
    confirmedByPatient: cellOf(shown.confirmed),
  }));
}

import { categoriesOfCodes } from '../directory/index.js';
import { cellOf, chain, rateOf } from './cells.js';
import type { ReferralFunnel } from './population.types.js';
import { suppressTogether } from './suppress-together.js';

export const FUNNEL_STEPS = ['sent', 'answered', 'accepted', 'closed', 'helped', 'asked', 'confirmed'] as const;
type Step = (typeof FUNNEL_STEPS)[number];
type Counts = Record<Step, number>;
/** null: withheld. */
type Shown = Record<Step, number | null>;

/** Referrals of one category and what became of them; null: all referrals, each once. */
export type FunnelCount = Counts & { category: string | null };
/** A funnel as it may be shown, with a line for each category in it. */
export type ShownFunnel = Shown & { byCategory: (Shown & { category: string })[] };

const NONE: Counts = { sent: 0, answered: 0, accepted: 0, closed: 0, helped: 0, asked: 0, confirmed: 0 };

/** A sum of cells, withheld when one of them is. */
function together(...cells: (number | null | undefined)[]): number | null {
  const values = cells.map((value) => value ?? null);
  return values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
}

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
    const [closed = null, answered = null, asked = null] = parts.map((part) => together(part?.[1], part?.[2]));
    const [helped = null, accepted = null, confirmed = null] = parts.map((part) => together(part?.[2]));
    return { sent, answered, accepted, closed, helped, asked, confirmed };
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

/** What may be shown of the funnel of all referrals, or of those of one category, which is a row of the same table. */
export function shownFunnel(found: readonly FunnelCount[], only?: string): ShownFunnel {
  const counts = found.flatMap(({ category, ...count }) => (category === null ? [] : [{ category, ...count }]));
  const { rows, all } = suppressFunnel(counts);
  const row = counts.findIndex(({ category }) => category === only);
  const [numbers, may] = only
    ? [counts[row] ?? NONE, rows[row] ?? NONE]
    : [found.find(({ category }) => category === null) ?? NONE, counts.length > 0 ? all : NONE];
  // A referral about two needs stands in two categories: its own counts are not the sums, and small ones among them are
  // withheld as well.
  const [sent = null, answered = null, accepted = null] = chain([numbers.sent, numbers.answered, numbers.accepted]);
  const [, closed = null, helped = null] = chain([numbers.sent, numbers.closed, numbers.helped]);
  const [asked = null, confirmed = null] = chain([numbers.asked, numbers.confirmed]);
  const own: Shown = { sent, answered, accepted, closed, helped, asked, confirmed };
  const shown = FUNNEL_STEPS.map((step) => [step, may[step] === null ? null : own[step]]);
  return {
    ...(Object.fromEntries(shown) as Shown),
    byCategory: counts.flatMap(({ category }, i) => {
      const line = rows[i];
      return (only && i !== row) || !line ? [] : [{ category, ...line }];
    }),
  };
}

/** The funnel as it is answered; without one, nothing was sent. */
export function funnelOf({ byCategory, ...of }: ShownFunnel = { ...NONE, byCategory: [] }): ReferralFunnel {
  return {
    sent: cellOf(of.sent),
    answered: cellOf(of.answered),
    accepted: cellOf(of.accepted),
    closedByAgency: rateOf(of.closed, of.sent),
    helpReceived: rateOf(of.helped, of.closed),
    confirmedByPatient: rateOf(of.confirmed, of.asked),
    byCategory: byCategory.flatMap((line) =>
      categoriesOfCodes([line.category]).map((category) => ({
        category,
        sent: cellOf(line.sent),
        closedByAgency: cellOf(line.closed),
        helpReceived: cellOf(line.helped),
        confirmedByPatient: cellOf(line.confirmed),
      })),
    ),
  };
}

import { shownApart, type ShownApart } from './apart.js';
import { chain } from './cells.js';
import { shownFunnel, type ShownFunnel } from './funnel-figures.js';
import { nearlyAllInNeed, suppressNeeds, type ShownNeeds } from './suppress-needs.js';
import type { PlanCounts } from './report-counts.js';

/** The figures of one plan and period as they may be shown, and as they are stored; null = withheld. */
export interface Report {
  /** What is counted apart; missing in what was published before it was counted. */
  apart?: ShownApart;
  members: number | null;
  screened: number | null;
  needs: ShownNeeds;
  /** Of all referrals. */
  funnel: ShownFunnel;
  /** Of those of one category, by its code. */
  funnels: Record<string, ShownFunnel>;
}

/** Takes out the small counts of everything that can be asked, together. */
export function reportOf({ members: all, screened: some, needs, funnel, apart }: PlanCounts): Report {
  const shown = suppressNeeds(needs);
  // Where nearly all members have a need, no figure says how many they are.
  const [members = null, screened = null] = nearlyAllInNeed(all, needs, shown) ? [null, ...chain([some])] : chain([all, some]); // prettier-ignore
  return {
    members,
    screened,
    apart: shownApart(apart),
    needs: shown,
    funnel: shownFunnel(funnel),
    funnels: Object.fromEntries(
      funnel.flatMap(({ category }) => (category === null ? [] : [[category, shownFunnel(funnel, category)]])),
    ),
  };
}

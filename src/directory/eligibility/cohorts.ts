import type { HubContext } from '../../access/index.js';
import type { Service } from '../service/service.entity.js';
import type { Facts } from './words.js';

/** More people than these are not judged for a preview, which is asked for after each change: the newest are. 2,000 under seven rules take 20 to 50 ms. */
export const MOST_PEOPLE = 2000;

/** Which people are meant: those who need what a listing offers, where it is offered. */
export interface CohortOf {
  service: Pick<Service, 'id' | 'organizationId' | 'categories'>;
  /** States "MD", counties "MD/Howard", ZIP codes; empty for everywhere. */
  area: readonly string[];
  /** The states that the area lies in: of people there whose county or ZIP code is not known, it cannot be told. */
  states: readonly string[];
  /** At most so many, the newest first. */
  most: number;
}

/**
 * People of whom the caller may read each by itself, so that a count of them tells nothing new: null when there are no such
 * people for this caller. Counting them is written down in the audit by whoever answers.
 */
export type Cohort = (ctx: HubContext, of: CohortOf) => Promise<Facts[] | null>;

export type CohortKind = 'OWN_PATIENTS' | 'OWN_REFERRALS';
const cohorts = new Map<CohortKind, Cohort>();

/** Says who is counted; called by the roots that keep patients and referrals, which stand further down. */
export function useCohort(kind: CohortKind, cohort: Cohort): void {
  cohorts.set(kind, cohort);
}

/** All people whom the caller's organization may have counted, by kind. */
export async function cohortsOf(ctx: HubContext, of: CohortOf): Promise<{ kind: CohortKind; people: Facts[] }[]> {
  const found: { kind: CohortKind; people: Facts[] }[] = [];
  for (const [kind, cohort] of cohorts) {
    const people = await cohort(ctx, of);
    if (people) found.push({ kind, people });
  }
  return found;
}

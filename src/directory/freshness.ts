import { type Day, isoDate, parseDay } from './calendar-day.js';

/** How much harm a wrong listing does. */
export const LISTING_RISKS = ['HIGH', 'MEDIUM', 'LOW'] as const;
export type ListingRisk = (typeof LISTING_RISKS)[number];

/** Days between two verifications. */
export const VERIFY_EVERY_DAYS: Record<ListingRisk, number> = {
  HIGH: 90, // Shelter, safety and crisis help: a wrong door or number endangers.
  MEDIUM: 180, // Takes referrals, or people rely on it weekly: half a year, the stricter of the two terms 211 centres use.
  LOW: 365, // The rest: once a year, the term of the 211 standards.
};

/** A listing is due this many days before its time, so that it can be done in time. */
const DUE_BEFORE_DAYS = 30;

const HIGH_RISK = new Set(['homelessness', 'intimate-partner-violence', 'elder-abuse']);
const MEDIUM_RISK = new Set([
  'food-insecurity',
  'utility-insecurity',
  'housing-instability',
  'transportation-insecurity',
]);
/** Declines in 90 days for a reason that the listing could have told (not eligible, out of area, wrong service). */
const TELLING_DECLINES = 3;

/** What of a service decides its risk. */
export interface ListingFacts {
  categories: readonly string[];
  sensitivity?: string | null;
  takesReferrals?: boolean;
  /** Declines of the last 90 days because the listing was wrong for the person. */
  telling?: number;
}

/** The risk of a listing that is wrong. */
export function listingRisk({ categories, sensitivity, takesReferrals, telling = 0 }: ListingFacts): ListingRisk {
  const high = categories.some((category) => HIGH_RISK.has(category)) || sensitivity === 'INTIMATE_PARTNER_VIOLENCE';
  if (high || telling >= TELLING_DECLINES) return 'HIGH';
  return takesReferrals || categories.some((category) => MEDIUM_RISK.has(category)) ? 'MEDIUM' : 'LOW';
}

/** The day (YYYY-MM-DD) by which a listing assured on a day is to be verified again. */
export function nextVerificationOn(assuredOn: string, risk: ListingRisk): string {
  const day = parseDay(assuredOn);
  if (day === null) throw new RangeError(`"${assuredOn}" is not a date such as 2026-11-22`);
  return isoDate(day + VERIFY_EVERY_DAYS[risk]);
}

/** VERIFIED, DUE (within 30 days, or on the day), OVERDUE (the day has passed) or NEVER. */
export type FreshnessState = 'VERIFIED' | 'DUE' | 'OVERDUE' | 'NEVER';

export interface ListingFreshness {
  assuredOn: string | null;
  dueOn: string | null;
  state: FreshnessState;
  /** Days since it was assured. */
  ageDays: number | null;
}

/** Where a listing's verification stands on a day. `dueOn` overrides the risk's term, when a curator set one. */
export function listingFreshness(
  listing: { assuredOn?: string | null; risk: ListingRisk; dueOn?: string | null },
  today: string,
): ListingFreshness {
  const [assured, now] = [parseDay(listing.assuredOn), parseDay(today)];
  if (now === null) throw new RangeError(`"${today}" is not a date such as 2026-11-22`);
  if (assured === null) return { assuredOn: null, dueOn: null, state: 'NEVER', ageDays: null };
  const due = parseDay(listing.dueOn) ?? assured + VERIFY_EVERY_DAYS[listing.risk];
  return {
    assuredOn: isoDate(assured),
    dueOn: isoDate(due),
    state: stateOn(now, due),
    ageDays: Math.max(0, now - assured),
  };
}

/** What a day by which something is due means today (both YYYY-MM-DD); NEVER without one. */
export function freshnessOn(dueOn: string | null, today: string): FreshnessState {
  const [due, now] = [parseDay(dueOn), parseDay(today)];
  return due === null || now === null ? 'NEVER' : stateOn(now, due);
}

function stateOn(now: Day, due: Day): FreshnessState {
  if (now > due) return 'OVERDUE';
  return now >= due - DUE_BEFORE_DAYS ? 'DUE' : 'VERIFIED';
}

import { VERIFY_EVERY_DAYS, type ListingRisk } from './freshness.js';
import { isoDate, parseDay } from './calendar-day.js';

/** Fields of a listing that change together, the fastest first. Room is faster still: see capacity.ts. */
export const FIELD_GROUPS = ['HOURS', 'CONTACT', 'ELIGIBILITY', 'PLACE', 'NAME'] as const;
export type FieldGroup = (typeof FIELD_GROUPS)[number];

/**
 * Days for which a group of fields is believed of a listing of medium risk; VERIFY_DAYS sets others. A listing as a
 * whole is due with its fastest group, so that hours keep to the half year of the 211 centres.
 */
export const DUE_AFTER_DAYS: Readonly<Record<FieldGroup, number>> = {
  HOURS: VERIFY_EVERY_DAYS.MEDIUM, // Staff, seasons and money change them: the first thing found wrong.
  CONTACT: VERIFY_EVERY_DAYS.MEDIUM, // A number that rings nowhere costs the person as much as a closed door.
  ELIGIBILITY: 270, // Rules follow grants and the fiscal year.
  PLACE: 365, // Leases run for years.
  NAME: 540, // Names and what a service is about hardly change.
};

const GROUP_OF: Readonly<Record<string, FieldGroup>> = {
  schedules: 'HOURS',
  phones: 'CONTACT',
  url: 'CONTACT',
  email: 'CONTACT',
  referral_email: 'CONTACT',
  takes_referrals: 'ELIGIBILITY',
  eligibility_description: 'ELIGIBILITY',
  eligibility_rules: 'ELIGIBILITY',
  minimum_age: 'ELIGIBILITY',
  maximum_age: 'ELIGIBILITY',
  application_process: 'ELIGIBILITY',
  fees_description: 'ELIGIBILITY',
  is_free: 'ELIGIBILITY',
  address: 'PLACE',
  sensitivity: 'PLACE',
  name: 'NAME',
  description: 'NAME',
  categories: 'NAME',
};

/** The group of a field in HSDS's spelling; undefined for one that does not age, such as an alert. */
export const groupOf = (field: string): FieldGroup | undefined => GROUP_OF[field];

/** The fields of a group, as the history calls them. */
export const fieldsOf = (group: FieldGroup): string[] =>
  Object.keys(GROUP_OF).filter((field) => GROUP_OF[field] === group);

/** Days that a group of fields of a listing of this risk is believed. */
export function groupTermDays(
  group: FieldGroup,
  risk: ListingRisk,
  set: Readonly<Partial<Record<FieldGroup, number>>> = {},
): number {
  const days = set[group] ?? DUE_AFTER_DAYS[group];
  return Math.max(1, Math.round((days * VERIFY_EVERY_DAYS[risk]) / VERIFY_EVERY_DAYS.MEDIUM));
}

/** The day (YYYY-MM-DD) by which a group that was assured on a day is to be looked at again. */
export function groupDueOn(
  group: FieldGroup,
  assuredOn: string,
  risk: ListingRisk,
  set?: Readonly<Partial<Record<FieldGroup, number>>>,
): string {
  const day = parseDay(assuredOn);
  if (day === null) throw new RangeError(`"${assuredOn}" is not a date such as 2026-11-22`);
  return isoDate(day + groupTermDays(group, risk, set));
}

/** The first day on which something of a listing is due; null as long as a group was never assured. */
export function listingDueOn(
  assured: Readonly<Record<FieldGroup, string | null>>,
  risk: ListingRisk,
  set?: Readonly<Partial<Record<FieldGroup, number>>>,
): string | null {
  const due = FIELD_GROUPS.map((group) => {
    const on = assured[group];
    return on === null ? null : groupDueOn(group, on, risk, set);
  });
  if (due.includes(null)) return null;
  return due.filter((day) => day !== null).sort()[0] ?? null;
}

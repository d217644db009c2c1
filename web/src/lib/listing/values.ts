import { rowsOf, type RuleRow, type ShownRule } from '#lib/eligibility/rows';
import type { HoursInput, ServiceDetailQuery, ServiceStatus, Weekday } from '#lib/gql/graphql';

type Service = ServiceDetailQuery['service'];
export const weekdays: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** One line of opening hours in the form. */
export interface HoursLine {
  days: string[];
  opensAt: string;
  closesAt: string;
}

export interface ListingValues {
  name: string;
  description: string;
  alert: string;
  phone: string;
  url: string;
  email: string;
  categories: string[];
  applicationProcess: string;
  eligibilityDescription: string;
  rules: RuleRow[];
  feesDescription: string;
  isFree: boolean;
  takesReferrals: boolean;
  status: ServiceStatus;
  hours: HoursLine[];
}

const shortTime = (time: string | null | undefined): string => (time ?? '').slice(0, 5);

export function listingValues(service: Service, rules: readonly ShownRule[]): ListingValues {
  return {
    name: service.name,
    description: service.description ?? '',
    alert: service.alert ?? '',
    phone: service.phones[0]?.number ?? '',
    url: service.url ?? '',
    email: service.email ?? '',
    categories: service.categories.map((one) => one.code),
    applicationProcess: service.applicationProcess ?? '',
    eligibilityDescription: service.eligibilityDescription ?? '',
    rules: rowsOf(rules),
    feesDescription: service.feesDescription ?? '',
    isFree: service.isFree ?? false,
    takesReferrals: service.takesReferrals,
    status: service.status,
    hours: service.weekHours
      .filter((group) => group.opensAt && group.closesAt)
      .map((group) => ({
        days: [...group.days],
        opensAt: shortTime(group.opensAt),
        closesAt: shortTime(group.closesAt),
      })),
  };
}

export function hoursInput(hours: readonly HoursLine[]): HoursInput[] {
  return hours
    .filter((line) => line.days.length > 0 && line.opensAt && line.closesAt)
    .map((line) => ({
      days: weekdays.filter((day) => line.days.includes(day)),
      opensAt: line.opensAt,
      closesAt: line.closesAt,
    }));
}

/** Only what was changed is sent: an emptied field as null, which clears it. */
export function changes<T extends object>(before: T, after: T): Partial<Record<keyof T, T[keyof T] | null>> {
  const keys = Object.keys(after) as (keyof T)[];
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(changed.map((key) => [key, after[key] === '' ? null : after[key]])) as Partial<
    Record<keyof T, T[keyof T] | null>
  >;
}

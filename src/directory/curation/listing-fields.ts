import type { ListingChangesInput } from './changes.inputs.js';

/** What may be changed of a listing, by the names of the API; rules as text, see withRules. */
export type ListingChanges = Partial<Omit<ListingChangesInput, 'rules'>>;
export type ListingKey = keyof ListingChanges;

/**
 * The fields whose change is looked at by a curator first, when an agency asks for it: what a listing is, where it is,
 * for whom, and whether its place is secret. A mistake there sends people to a wrong door, or a violent one to a right
 * door. All else (phone, hours, room, how to apply) an agency knows best and says at once.
 */
const SENSITIVE: ReadonlySet<ListingKey> = new Set<ListingKey>([
  'name',
  'categories',
  'address',
  'confidential',
  'eligibilityDescription',
  'eligibilityRules',
  'minimumAge',
  'maximumAge',
]);

const HISTORY_NAME: Readonly<Partial<Record<ListingKey, string>>> = {
  hours: 'schedules',
  phone: 'phones',
  confidential: 'sensitivity',
};
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** A field in the spelling of the history, which is HSDS's: `eligibilityRules` → `eligibility_rules`. */
export const historyName = (key: ListingKey): string => HISTORY_NAME[key] ?? snake(key);

/** All fields, in the order in which people read a listing. */
const KEYS: readonly ListingKey[] = ['name', 'description', 'status', 'alert', 'categories', 'address', 'confidential', 'phone', 'hours', 'url', 'email', 'applicationProcess', 'eligibilityDescription', 'minimumAge', 'maximumAge', 'eligibilityRules', 'feesDescription', 'isFree', 'takesReferrals', 'referralEmail']; // prettier-ignore

/** The fields that a set of changes says something about. */
export const keysOf = (changes: ListingChanges): ListingKey[] => KEYS.filter((key) => changes[key] !== undefined);

/** Only these fields of a set of changes. */
export function onlyKeys(changes: ListingChanges, keep: (key: ListingKey) => boolean): ListingChanges {
  return Object.fromEntries(
    keysOf(changes)
      .filter(keep)
      .map((key) => [key, changes[key]]),
  );
}

/** What an agency may change at once, and what a curator looks at first. */
export function splitBySensitivity(changes: ListingChanges): { plain: ListingChanges; sensitive: ListingChanges } {
  return {
    plain: onlyKeys(changes, (key) => !SENSITIVE.has(key)),
    sensitive: onlyKeys(changes, (key) => SENSITIVE.has(key)),
  };
}

const SENSITIVE_NAMES: ReadonlySet<string> = new Set([...SENSITIVE].map(historyName));

/** Whether a field of the history, in HSDS's spelling, is one that curators look at first. */
export const isSensitiveField = (name: string): boolean => SENSITIVE_NAMES.has(name);

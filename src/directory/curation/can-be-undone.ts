import type { Service } from '../service/service.entity.js';
import type { Kept } from './records.js';

/** Columns of a listing by their names in the history, as far as a history holds them. */
export const COLUMNS = {
  name: 'name',
  description: 'description',
  url: 'url',
  email: 'email',
  alert: 'alert',
  categories: 'categories',
  application_process: 'applicationProcess',
  eligibility_description: 'eligibilityDescription',
  minimum_age: 'minimumAge',
  maximum_age: 'maximumAge',
  eligibility_rules: 'eligibilityRules',
  fees_description: 'feesDescription',
  is_free: 'isFree',
  takes_referrals: 'takesReferrals',
  referral_email: 'referralEmail',
  status: 'status',
  sensitivity: 'sensitivity',
} as const satisfies Record<string, keyof Service>;

/** Rows written before the hub kept data beside the words: of these, texts can be put back as they are. */
const TEXTS = new Set(['description', 'url', 'email', 'alert', 'application_process', 'eligibility_description', 'fees_description', 'referral_email', 'name', 'status']); // prettier-ignore

const LISTS = new Set(['schedules', 'phones', 'address', 'capacity_status', 'capacities', 'assured_date']);

/** Whether a line of the history can be taken back. */
export function canBeUndone(line: { fieldName: string; previousData?: Kept | null | undefined }): boolean {
  if (line.previousData) return line.fieldName in COLUMNS || LISTS.has(line.fieldName);
  return TEXTS.has(line.fieldName);
}

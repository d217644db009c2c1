import type { Write } from '../record/history.js';
import { recordKinds } from '../record/record-kinds.js';
import type { Service } from '../service/service.entity.js';
import { keptList } from './kept-list.js';
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

/** The row that a line of a listing's history tells of, where it tells of one. */
export function writeOf(line: { previousData?: Kept | null | undefined }): Write | undefined {
  const kept = line.previousData?.v as Partial<Write> | null | undefined;
  return kept?.record !== undefined && recordKinds.has(kept.record) ? (kept as Write) : undefined;
}

/** Columns of the listing itself that are written row by row. */
export const rowColumns: ReadonlySet<string> = new Set(recordKinds.get('service')?.columns.map(({ name }) => name));

/** Whether a line of the history can be taken back. */
export function canBeUndone(line: { fieldName: string; previousData?: Kept | null | undefined }): boolean {
  if (writeOf(line) || keptList(line.previousData)) return true;
  if (!line.previousData) return TEXTS.has(line.fieldName);
  return line.fieldName in COLUMNS || rowColumns.has(line.fieldName) || LISTS.has(line.fieldName);
}

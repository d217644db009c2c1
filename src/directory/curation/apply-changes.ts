import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse } from '../../platform/graphql/refusal.js';
import { Phone } from '../detail/contact.entities.js';
import { mainNumber } from '../detail/phone-order.js';
import { Schedule } from '../detail/schedule.entity.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { given } from '../given.js';
import { checkCategories } from '../known-category.js';
import { indexServices } from '../search/index-services.js';
import { isConfidential, type Service } from '../service/service.entity.js';
import { toHsdsStatus } from '../service/service.enums.js';
import { inHistory, type Change } from './change-listing.js';
import { ageOf, emailOf, hoursInWords, requiredText, rulesOf, textOf, urlOf } from './check-input.js';
import { historyName, type ListingChanges, type ListingKey } from './listing-fields.js';
import { addressOf, addressWords, moveTo, placeOf, servicesAt } from './place-part.js';
import { addHours, addPhone, phoneOf, usualWeek } from './write-parts.js';
import { sensitivityFor } from './sensitivity-for.js';

/** The columns that can be changed. */
export type Columns = Pick<
  Service,
  | 'name'
  | 'description'
  | 'url'
  | 'email'
  | 'alert'
  | 'categories'
  | 'applicationProcess'
  | 'eligibilityDescription'
  | 'minimumAge'
  | 'maximumAge'
  | 'eligibilityRules'
  | 'feesDescription'
  | 'isFree'
  | 'takesReferrals'
  | 'referralEmail'
  | 'status'
>;

/** What the changes say of the columns, checked; what they leave out is not there. */
export function columnsOf(input: ListingChanges): Partial<Columns> {
  const columns: Partial<Columns> = {};
  if (input.name !== undefined) columns.name = requiredText(input.name, 'name', 500);
  for (const field of [
    'description',
    'alert',
    'applicationProcess',
    'eligibilityDescription',
    'feesDescription',
  ] as const) {
    if (input[field] !== undefined) columns[field] = textOf(input[field], field);
  }
  if (input.url !== undefined) columns.url = urlOf(input.url, 'url');
  if (input.email !== undefined) columns.email = emailOf(input.email, 'email');
  if (input.referralEmail !== undefined) columns.referralEmail = emailOf(input.referralEmail, 'referralEmail');
  if (input.minimumAge !== undefined) columns.minimumAge = ageOf(input.minimumAge, 'minimumAge');
  if (input.maximumAge !== undefined) columns.maximumAge = ageOf(input.maximumAge, 'maximumAge');
  if (input.eligibilityRules !== undefined) {
    columns.eligibilityRules = rulesOf(input.eligibilityRules, 'eligibilityRules');
  }
  if (input.isFree !== undefined) columns.isFree = input.isFree;
  if (given(input.takesReferrals)) columns.takesReferrals = input.takesReferrals;
  if (given(input.status)) columns.status = toHsdsStatus(input.status);
  if (given(input.categories)) {
    columns.categories = checkCategories(input.categories, 'input.categories');
    if (columns.categories.length === 0) refuse('REQUIRED', 'Say which need it meets.', 'categories');
  }
  return columns;
}

function applyColumns(service: Service, columns: Partial<Columns>): Change[] {
  return Object.entries(columns).flatMap(([name, after]): Change[] => {
    const before = service[name as keyof Columns] ?? null;
    const [previous, replacement] = [inHistory(before), inHistory(after)];
    if (previous === replacement) return [];
    Object.assign(service, { [name]: after });
    return [{ field: historyName(name as ListingKey), previous, replacement, before, after }];
  });
}

async function applyHours(em: EntityManager, service: Service, { hours }: ListingChanges): Promise<Change[]> {
  if (!given(hours)) return [];
  const old = await em.find(Schedule, { serviceId: service.id }, { orderBy: { id: 'asc' } });
  const [previous, replacement] = [hoursInWords(old), hoursInWords(usualWeek(hours, 'input.hours'))];
  if (previous === replacement) return [];
  const before = old.map((row) => ({ ...row }));
  for (const row of old) em.remove(row);
  const rows = addHours(em, service.id, hours, 'input.hours');
  return [{ field: 'schedules', previous, replacement, before, after: rows.map((row) => ({ ...row })) }];
}

async function applyPhone(em: EntityManager, service: Service, { phone }: ListingChanges): Promise<Change[]> {
  if (phone === undefined) return [];
  const first = mainNumber(await em.find(Phone, { serviceId: service.id }, { orderBy: { id: 'asc' } }));
  const previous = first?.number ?? '';
  const replacement = phone?.trim() ?? '';
  if (replacement === previous) return [];
  const before = first ? { ...first } : null;
  if (replacement === '') {
    if (first) em.remove(first);
  } else if (first) Object.assign(first, phoneOf(replacement, 'phone'));
  else addPhone(em, service.id, replacement, 'phone');
  return [{ field: 'phones', previous, replacement, before, after: null }];
}

async function applyAddress(em: EntityManager, service: Service, { address }: ListingChanges): Promise<Change[]> {
  if (!given(address)) return [];
  const wanted = addressOf(address);
  const before = await placeOf(em, service.id);
  if (before && addressWords(before) === addressWords(wanted)) return [];
  const after = await moveTo(em, service, wanted);
  // What else is given there has moved too.
  await enqueue(em, indexServices, { serviceIds: await servicesAt(em, after.locationId) });
  // No word of it in the history's own words: see migration 0024.
  return [{ field: 'address', previous: '', replacement: '', before, after }];
}

function applyConfidential(service: Service, { confidential }: ListingChanges): Change[] {
  if (!given(confidential) || confidential === isConfidential(service)) return [];
  const before = service.sensitivity;
  service.sensitivity = confidential ? 'INTIMATE_PARTNER_VIOLENCE' : sensitivityFor(service.categories);
  if (service.sensitivity === before) return [];
  const after = service.sensitivity;
  return [{ field: 'sensitivity', previous: before, replacement: after, before, after }];
}

/** Changes a listing and returns what really changed, for its history. What cannot be is refused. */
export async function applyChanges(em: EntityManager, service: Service, wanted: ListingChanges): Promise<Change[]> {
  const changes = [
    ...applyColumns(service, columnsOf(wanted)),
    ...(await applyHours(em, service, wanted)),
    ...(await applyPhone(em, service, wanted)),
    ...(await applyAddress(em, service, wanted)),
    ...applyConfidential(service, wanted),
  ];
  if ((service.minimumAge ?? 0) > (service.maximumAge ?? Infinity)) {
    refuse('BAD_AGE', 'The youngest age lies above the oldest.', 'minimumAge');
  }
  // A listing that was kept secret stays so, whatever its categories become.
  if (changes.length > 0 && service.sensitivity === 'NONE') service.sensitivity = sensitivityFor(service.categories);
  return changes;
}

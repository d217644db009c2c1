import type { EntityManager } from '@mikro-orm/postgresql';
import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { checkCategories } from '../known-category.js';
import { Phone } from '../detail/contact.entities.js';
import { Schedule } from '../detail/schedule.entity.js';
import { toHsdsStatus } from '../service/service.enums.js';
import type { Service } from '../service/service.entity.js';
import { sensitivityFor } from './add-service.js';
import { inHistory, loadListing, recordChanges, type Change } from './change-listing.js';
import { ageOf, emailOf, hoursInWords, requiredText, rulesOf, textOf, urlOf } from './check-input.js';
import type { CorrectServiceInput } from './curation.inputs.js';
import { addHours, addPhone, phoneOf } from './write-parts.js';
import { given } from '../given.js';

/** The columns that can be corrected. */
type Columns = Pick<
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

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What the input says of the columns, checked; what it leaves out is not there. */
function columnsOf(input: CorrectServiceInput): Partial<Columns> {
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
  const changes = Object.entries(columns).flatMap(([name, value]): Change[] => {
    const previous = inHistory(service[name as keyof Columns]);
    const replacement = inHistory(value);
    return previous === replacement ? [] : [{ field: snake(name), previous, replacement }];
  });
  const changed = new Set(changes.map((change) => change.field));
  Object.assign(service, Object.fromEntries(Object.entries(columns).filter(([name]) => changed.has(snake(name)))));
  return changes;
}

async function applyHours(em: EntityManager, service: Service, input: CorrectServiceInput): Promise<Change[]> {
  if (!given(input.hours)) return [];
  const old = await em.find(Schedule, { serviceId: service.id }, { orderBy: { id: 'asc' } });
  for (const row of old) em.remove(row);
  const rows = addHours(em, service.id, input.hours, 'input.hours');
  const [previous, replacement] = [hoursInWords(old), hoursInWords(rows)];
  return previous === replacement ? [] : [{ field: 'schedules', previous, replacement }];
}

async function applyPhone(em: EntityManager, service: Service, input: CorrectServiceInput): Promise<Change[]> {
  if (input.phone === undefined) return [];
  const [first] = await em.find(Phone, { serviceId: service.id }, { orderBy: { id: 'asc' }, limit: 1 });
  const previous = first?.number ?? '';
  const wanted = input.phone?.trim() ?? '';
  if (wanted === previous) return [];
  if (wanted === '') {
    if (first) em.remove(first);
  } else if (first) Object.assign(first, phoneOf(wanted, 'phone'));
  else addPhone(em, service.id, wanted, 'phone');
  return [{ field: 'phones', previous, replacement: wanted }];
}

/** An agency keeps its listing, but only a curator takes one out of the directory or back into it. */
function checkStatus(ctx: HubContext, service: Service, wanted: string | undefined): void {
  if (wanted === undefined || wanted === service.status || ctx.caller?.permissions.has('directory.write')) return;
  const own = ['active', 'temporarily closed'];
  if (!own.includes(wanted) || !own.includes(service.status)) {
    refuse('STATUS_NEEDS_CURATOR', 'Ask the curators of the directory to take it out or put it back.', 'status');
  }
}

/** Corrects a listing: only what changed is written, field by field into its history. Returns its id. */
export async function correctService(ctx: HubContext, input: CorrectServiceInput): Promise<string> {
  const service = await loadListing(ctx, input.id, 'correct', input.expectedVersion);
  const em = await ctx.db.em();
  const columns = columnsOf(input);
  checkStatus(ctx, service, columns.status);
  const changes = [
    ...applyColumns(service, columns),
    ...(await applyHours(em, service, input)),
    ...(await applyPhone(em, service, input)),
  ];
  if ((service.minimumAge ?? 0) > (service.maximumAge ?? Infinity)) {
    refuse('BAD_AGE', 'The youngest age lies above the oldest.', 'minimumAge');
  }
  if (changes.length === 0) return service.id;
  // A listing that was kept secret stays so, whatever its categories become.
  if (service.sensitivity === 'NONE') service.sensitivity = sensitivityFor(service.categories);
  await recordChanges(ctx, service, 'update', changes);
  return service.id;
}

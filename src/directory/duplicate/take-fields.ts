import type { EntityManager } from '@mikro-orm/postgresql';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { inHistory, type Change } from '../curation/change-listing.js';
import { hoursInWords } from '../curation/check-input.js';
import { historyName, type ListingKey } from '../curation/listing-fields.js';
import { Phone } from '../detail/contact.entities.js';
import { mainNumber } from '../detail/phone-order.js';
import { Schedule } from '../detail/schedule.entity.js';
import type { Service } from '../service/service.entity.js';

/** Fields that may be taken from the listing that goes. Its places go over by themselves. */
const COLUMNS = [
  'name',
  'description',
  'alert',
  'categories',
  'url',
  'email',
  'applicationProcess',
  'eligibilityDescription',
  'minimumAge',
  'maximumAge',
  'eligibilityRules',
  'feesDescription',
  'isFree',
  'takesReferrals',
  'referralEmail',
] as const satisfies readonly (ListingKey & keyof Service)[];
type Column = (typeof COLUMNS)[number];

const isColumn = (key: string): key is Column => COLUMNS.some((column) => column === key);

async function takeHours(em: EntityManager, kept: Service, merged: Service): Promise<Change[]> {
  const order = { orderBy: { id: 'asc' } } as const;
  const old = await em.find(Schedule, { serviceId: kept.id }, order);
  const wanted = await em.find(Schedule, { serviceId: merged.id }, order);
  const before = old.map((row) => ({ ...row }));
  for (const row of old) em.remove(row);
  for (const row of wanted) em.create(Schedule, { ...row, id: newId(), serviceId: kept.id });
  const [previous, replacement] = [hoursInWords(old), hoursInWords(wanted)];
  return previous === replacement ? [] : [{ field: 'schedules', previous, replacement, before, after: null }];
}

async function takePhone(em: EntityManager, kept: Service, merged: Service): Promise<Change[]> {
  const order = { orderBy: { id: 'asc' } } as const;
  const own = mainNumber(await em.find(Phone, { serviceId: kept.id }, order));
  const other = mainNumber(await em.find(Phone, { serviceId: merged.id }, order));
  if (!other || other.number === own?.number) return [];
  const before = own ? { ...own } : null;
  const { number, extension = null, callable = null } = other;
  const previous = own?.number ?? '';
  if (own) Object.assign(own, { number, extension, callable });
  else em.create(Phone, { id: newId(), serviceId: kept.id, type: 'voice', number, extension, callable });
  return [{ field: 'phones', previous, replacement: number, before, after: null }];
}

/** Takes the chosen fields of one listing over into another; returns what changed there. */
export async function takeFields(
  em: EntityManager,
  kept: Service,
  merged: Service,
  keys: readonly string[],
): Promise<Change[]> {
  const changes: Change[] = [];
  for (const key of new Set(keys)) {
    if (key === 'hours') changes.push(...(await takeHours(em, kept, merged)));
    else if (key === 'phone') changes.push(...(await takePhone(em, kept, merged)));
    else if (isColumn(key)) {
      const [before, after] = [kept[key] ?? null, merged[key] ?? null];
      const [previous, replacement] = [inHistory(before), inHistory(after)];
      if (previous === replacement) continue;
      Object.assign(kept, { [key]: after });
      changes.push({ field: historyName(key), previous, replacement, before, after });
    } else refuse('UNKNOWN_FIELD', 'This field cannot be taken over.', 'take');
  }
  return changes;
}

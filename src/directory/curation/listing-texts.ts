import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { Phone } from '../detail/contact.entities.js';
import { mainNumber } from '../detail/phone-order.js';
import { Schedule } from '../detail/schedule.entity.js';
import { given } from '../given.js';
import { isConfidential, type Service } from '../service/service.entity.js';
import { columnsOf, type Columns } from './apply-changes.js';
import { inHistory } from './change-listing.js';
import { hoursInWords } from './check-input.js';
import { keysOf, type ListingChanges, type ListingKey } from './listing-fields.js';
import { addressOf, addressWords, placesOf, type PlaceAddress } from './place-part.js';
import { phoneOf, usualWeek } from './write-parts.js';

/** Fields as text, for people to compare. */
export type Texts = Partial<Record<ListingKey, string>>;

/** Fields of a listing that are asked for. */
export interface Asked {
  service: Service;
  keys: readonly ListingKey[];
}

/** The rows of those listings whose field is asked for, by listing: one statement, or none. */
async function rowsFor<T extends { serviceId?: string | null | undefined }>(
  asked: readonly Asked[],
  key: ListingKey,
  read: (serviceIds: string[]) => Promise<T[]>,
): Promise<Map<string, T[]>> {
  const ids = asked.filter(({ keys }) => keys.includes(key)).map(({ service }) => service.id);
  return Map.groupBy(ids.length === 0 ? [] : await read([...new Set(ids)]), (row) => row.serviceId ?? '');
}

type Hours = Pick<Schedule, 'byday' | 'opensAt' | 'closesAt'> & { serviceId: string };

/** Hours that listings without any of their own have from their first place, as people see them there. */
async function placeHours(em: EntityManager, serviceIds: readonly string[]): Promise<Map<string, Hours[]>> {
  if (serviceIds.length === 0) return new Map();
  const { rows } =
    await sql<Hours>`select p.service_id as "serviceId", h.byday, h.opens_at as "opensAt", h.closes_at as "closesAt"
    from (select distinct on (sal.service_id) sal.* from hub.service_at_location sal
      where sal.service_id = any (${[...serviceIds]}::uuid[]) and not hub.is_withheld(sal.location_id)
        and exists (select from hub.schedule h where h.service_at_location_id = sal.id or h.location_id = sal.location_id)
      order by sal.service_id, sal.location_id) p
    join hub.schedule h on h.service_at_location_id = p.id or (h.location_id = p.location_id
      and not exists (select from hub.schedule own where own.service_at_location_id = p.id))
    order by h.id`.execute(em.getKysely<unknown>());
  return Map.groupBy(rows, (row) => row.serviceId);
}

/**
 * What stands in fields of listings now, a constant number of statements for any number of them. With addresses in it:
 * for their keepers, and inside the server.
 */
export async function textsOfListings(em: EntityManager, asked: readonly Asked[]): Promise<Texts[]> {
  const order = { orderBy: { id: 'asc' } } as const;
  const hours = await rowsFor(asked, 'hours', (ids) => em.find(Schedule, { serviceId: { $in: ids } }, order));
  const none = asked.filter(({ service, keys }) => keys.includes('hours') && !hours.has(service.id));
  const there = await placeHours(
    em,
    none.map(({ service }) => service.id),
  );
  const phones = await rowsFor(asked, 'phone', (ids) => em.find(Phone, { serviceId: { $in: ids } }, order));
  const places = await rowsFor(asked, 'address', (ids) => placesOf(em, ids));
  return asked.map(({ service, keys }) => {
    const texts: Texts = {};
    for (const key of keys) {
      if (key === 'hours') texts.hours = hoursInWords(hours.get(service.id) ?? there.get(service.id) ?? []);
      else if (key === 'phone') texts.phone = mainNumber(phones.get(service.id) ?? [])?.number ?? '';
      else if (key === 'address') texts.address = placeWords(places.get(service.id)?.[0]);
      else if (key === 'confidential') texts.confidential = String(isConfidential(service));
      else texts[key] = inHistory(service[key as keyof Columns]);
    }
    return texts;
  });
}

const placeWords = (place: PlaceAddress | undefined): string => (place?.addressId ? addressWords(place) : '');

/** {@link textsOfListings} of one listing. */
export async function textsNow(em: EntityManager, service: Service, keys: readonly ListingKey[]): Promise<Texts> {
  return (await textsOfListings(em, [{ service, keys }]))[0] ?? {};
}

/** What a set of changes says, as text. What cannot be is refused. */
export function textsOf(changes: ListingChanges): Texts {
  const columns = columnsOf(changes);
  const texts: Texts = {};
  for (const key of keysOf(changes)) {
    if (key === 'hours') texts.hours = given(changes.hours) ? hoursInWords(usualWeek(changes.hours, 'hours')) : '';
    else if (key === 'phone') texts.phone = changes.phone?.trim() ? phoneOf(changes.phone, 'phone').number : '';
    else if (key === 'address') texts.address = given(changes.address) ? addressWords(addressOf(changes.address)) : '';
    else if (key === 'confidential') texts.confidential = String(changes.confidential ?? false);
    else texts[key] = inHistory(columns[key as keyof Columns]);
  }
  return texts;
}

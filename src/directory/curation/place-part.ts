import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { newId } from '../../platform/id.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { Service } from '../service/service.entity.js';
import { stateCode } from '../states.js';
import type { AddressInput } from './changes.inputs.js';
import { requiredText, textOf } from './check-input.js';

/** The address of a listing's first place, as it can be put back. */
export interface PlaceAddress {
  locationId: string;
  /** null for a place that had no address. */
  addressId: string | null;
  address1: string;
  address2: string | null;
  city: string;
  stateProvince: string;
  postalCode: string;
  latitude: number | null;
  longitude: number | null;
}

/** Checks an address; what it says must be one in the United States. */
export function addressOf(
  input: AddressInput,
  field = 'address',
): Omit<PlaceAddress, 'locationId' | 'addressId' | 'latitude' | 'longitude'> {
  const postalCode = requiredText(input.postalCode, `${field}.postalCode`, 10);
  if (!/^\d{5}(-\d{4})?$/.test(postalCode)) refuse('BAD_ZIP', 'A ZIP code has five digits.', `${field}.postalCode`);
  const state = stateCode(requiredText(input.stateProvince, `${field}.stateProvince`, 50));
  return {
    address1: requiredText(input.address1, `${field}.address1`, 200),
    address2: textOf(input.address2, `${field}.address2`, 200),
    city: requiredText(input.city, `${field}.city`, 100),
    stateProvince: state ?? refuse('BAD_STATE', 'This is no state.', `${field}.stateProvince`),
    postalCode,
  };
}

/** "5 Lake Dr, Suite 2, Columbia, MD 21044" */
export function addressWords(address: {
  address1: string;
  address2?: string | null | undefined;
  city: string;
  stateProvince: string;
  postalCode: string;
}): string {
  const street = [address.address1, address.address2].filter(Boolean).join(', ');
  return `${street}, ${address.city}, ${address.stateProvince} ${address.postalCode}`;
}

/** Those of the listings whose place must stay secret: their own, or one that they share with a shelter. */
export async function secretPlaces(em: EntityManager, serviceIds: readonly string[]): Promise<Set<string>> {
  if (serviceIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select s.id from hub.service s where s.id = any (${[...serviceIds]}::uuid[])
      and (hub.is_confidential(s.sensitivity, s.categories) or exists (select from hub.service_at_location sal
        where sal.service_id = s.id and hub.is_withheld(sal.location_id)))`.execute(em.getKysely<unknown>());
  return new Set(rows.map(({ id }) => id));
}

/** The first place of each listing and its address. Not for the eyes of anyone: see secretPlaces. */
export async function placesOf(
  em: EntityManager,
  serviceIds: readonly string[],
): Promise<(PlaceAddress & { serviceId: string })[]> {
  const { rows } = await sql<PlaceAddress & { serviceId: string }>`
    select distinct on (sal.service_id) sal.service_id as "serviceId", l.id as "locationId", a.id as "addressId",
      coalesce(a.address_1, '') as address1, a.address_2 as address2, coalesce(a.city, '') as city,
      coalesce(a.state_province, '') as "stateProvince", coalesce(a.postal_code, '') as "postalCode", l.latitude, l.longitude
    from hub.service_at_location sal join hub.location l on l.id = sal.location_id
    left join lateral (select * from hub.address a where a.location_id = l.id order by a.address_type <> 'physical', a.id limit 1) a on true
    where sal.service_id = any (${[...serviceIds]}::uuid[]) and l.location_type = 'physical' order by sal.service_id, sal.id`.execute(
    em.getKysely<unknown>(),
  );
  return rows;
}

/** The first place of a listing and its address; null when it has none. */
export async function placeOf(em: EntityManager, serviceId: string): Promise<PlaceAddress | null> {
  const [place] = await placesOf(em, [serviceId]);
  if (!place) return null;
  const { serviceId: _, ...rest } = place;
  return rest;
}

/** Services that are given at a place: its address is theirs too. */
export async function servicesAt(em: EntityManager, locationId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select service_id as id from hub.service_at_location where location_id = ${locationId}::uuid`.execute(
    em.getKysely<unknown>(),
  );
  return rows.map(({ id }) => id);
}

/** Sets the address of a listing's first place, or gives it one. The point on the map falls back to the ZIP's centre. */
export async function moveTo(
  em: EntityManager,
  service: Service,
  wanted: ReturnType<typeof addressOf> & Partial<Pick<PlaceAddress, 'latitude' | 'longitude'>>,
): Promise<PlaceAddress> {
  const { latitude = null, longitude = null, ...columns } = wanted;
  const { address1, address2, city, stateProvince, postalCode } = columns;
  const db = em.getKysely<unknown>();
  const now = await placeOf(em, service.id);
  const [locationId, addressId] = [now?.locationId ?? newId(), now?.addressId ?? newId()];
  // Past the unit of work: the rows refer to each other, and the listing itself is written once, at the end.
  await sql`insert into hub.location (id, organization_id, location_type, latitude, longitude)
    values (${locationId}::uuid, ${service.organizationId}::uuid, 'physical', ${latitude}, ${longitude})
    on conflict (id) do update set latitude = excluded.latitude, longitude = excluded.longitude`.execute(db);
  if (!now) {
    await sql`insert into hub.service_at_location (id, service_id, location_id)
      values (${newId()}::uuid, ${service.id}::uuid, ${locationId}::uuid)`.execute(db);
  }
  await sql`insert into hub.address (id, location_id, address_1, address_2, city, state_province, postal_code)
    values (${addressId}::uuid, ${locationId}::uuid, ${address1}, ${address2}, ${city}, ${stateProvince}, ${postalCode})
    on conflict (id) do update set address_1 = excluded.address_1, address_2 = excluded.address_2, city = excluded.city,
      state_province = excluded.state_province, postal_code = excluded.postal_code`.execute(db);
  return { locationId, addressId, latitude, longitude, ...columns };
}

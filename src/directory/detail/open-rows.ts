import { sql, type RawBuilder } from 'kysely';

/*
 * Rows `t` that hang on several things at once, such as the phone of a service at one of its places, are shown only
 * where none of these is a place that must stay secret. See also hsds/serialize/open-rows.ts.
 */
const openPlace = sql`(t.location_id is null or not hub.is_withheld(t.location_id))`;
const openSite = sql`(t.service_at_location_id is null or not exists (select from hub.service_at_location x
  where x.id = t.service_at_location_id and hub.is_withheld(x.location_id)))`;
const secretContact = sql`(select from hub.contact c left join hub.service_at_location x on x.id = c.service_at_location_id
  left join hub.service s on s.id = c.service_id where c.id = t.contact_id
  and (hub.is_withheld(c.location_id) or hub.is_withheld(x.location_id) or coalesce(hub.is_confidential(s.sensitivity, s.categories), false)))`;

/** Schedules; service areas have no place of their own. */
export const openSchedule = sql`${openPlace} and ${openSite}`;
export const openArea = openSite;
export const openLanguage = openPlace;
/** Numbers that a directory noted for itself are for those who keep it. */
export const publicNumber = sql`not hub.is_private_number(t.description)`;
export const openPhone = sql`${publicNumber} and ${openPlace} and ${openSite} and (t.contact_id is null or not exists ${secretContact})`;
/** Who works for a shelter is told to nobody. */
export const openContact: RawBuilder<unknown> = sql`${openPlace} and ${openSite} and (t.service_id is null or not exists (
  select from hub.service s where s.id = t.service_id and hub.is_confidential(s.sensitivity, s.categories)))`;

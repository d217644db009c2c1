import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { FIELD_GROUPS, listingDueOn, type FieldGroup } from '../field-groups.js';
import { listingRisk } from '../freshness.js';
import type { Service } from '../service/service.entity.js';

/** Whose word it was. */
export type AssuredVia = 'CURATOR' | 'AGENCY' | 'LINK';

export interface AssuranceRow {
  group: FieldGroup;
  assuredOn: string;
  by: string;
  via: AssuredVia;
}

/** What is known of a listing's groups of fields; a group without a word of its own is as old as the listing's last. */
export async function assurances(em: EntityManager, serviceId: string): Promise<AssuranceRow[]> {
  const { rows } =
    await sql<AssuranceRow>`select field_group as "group", assured_on::text as "assuredOn", assured_by as by, via
    from hub.field_assurance where service_id = ${serviceId}::uuid order by field_group`.execute(
      em.getKysely<unknown>(),
    );
  return rows;
}

/** Days by group as HUB's settings have them. */
export type VerifyDays = Readonly<Partial<Record<FieldGroup, number>>>;

/** When something of the listing is due next, by what is known of its groups. */
export function dueAfter(service: Service, known: readonly AssuranceRow[], days: VerifyDays): string | null {
  const assured = Object.fromEntries(
    FIELD_GROUPS.map((group) => [
      group,
      known.find((row) => row.group === group)?.assuredOn ?? service.assuredDate ?? null,
    ]),
  ) as Record<FieldGroup, string | null>;
  return listingDueOn(assured, listingRisk(service), days);
}

/** Writes down that groups of fields are right as they stand, and when the listing is due again. */
export async function assure(
  em: EntityManager,
  service: Service,
  groups: readonly FieldGroup[],
  word: { by: string; via: AssuredVia; on: string; days: VerifyDays },
): Promise<void> {
  if (groups.length > 0) {
    await sql`insert into hub.field_assurance (service_id, field_group, assured_on, assured_by, via)
      select ${service.id}::uuid, g, ${word.on}::date, ${word.by}, ${word.via} from unnest(${[...groups]}::text[]) g
      on conflict (service_id, field_group) do update set assured_on = excluded.assured_on, assured_by = excluded.assured_by,
        via = excluded.via`.execute(em.getKysely<unknown>());
  }
  service.nextVerificationOn = dueAfter(service, await assurances(em, service.id), word.days);
}

/** What was said of a group was taken back with the value: it is as old as the listing's last confirmation again. */
export async function forgetAssurance(
  em: EntityManager,
  service: Service,
  group: FieldGroup,
  days: VerifyDays,
): Promise<void> {
  await sql`delete from hub.field_assurance where service_id = ${service.id}::uuid and field_group = ${group}`.execute(
    em.getKysely<unknown>(),
  );
  service.nextVerificationOn = dueAfter(service, await assurances(em, service.id), days);
}

/** Puts the groups of a listing back to what they were before a confirmation was taken back. */
export async function restoreAssurances(
  em: EntityManager,
  serviceId: string,
  rows: readonly AssuranceRow[],
): Promise<void> {
  const db = em.getKysely<unknown>();
  await sql`delete from hub.field_assurance where service_id = ${serviceId}::uuid`.execute(db);
  await sql`insert into hub.field_assurance (service_id, field_group, assured_on, assured_by, via)
    select ${serviceId}::uuid, x."group", x."assuredOn", x.by, x.via
    from json_to_recordset(${JSON.stringify(rows)}::json) as x ("group" text, "assuredOn" date, by text, via text)`.execute(
    db,
  );
}

import type { EntityName } from '../model.js';
import type { Ask, Row } from './rows.js';

/*
 * What everybody may see of the directory. Where a survivor of violence is sheltered is told to nobody: neither the
 * place, nor what hangs on it by whatever way, nor who works there, nor what was once written down of it.
 */

const confidential = 'hub.is_confidential(s.sensitivity, s.categories)';

/** Written by those who keep a listing, for those who keep it. */
const INTERNAL = ['referral_email', 'verification_note', 'retirement_reason'];

/**
 * The same as hub.is_withheld in the statement itself: a call for each row takes ten times as long. It is called for places
 * of agencies that give refuge somewhere.
 */
const gives = (organization: string): string =>
  `exists (select from hub.service c where c.organization_id = ${organization} and hub.is_confidential(c.sensitivity, c.categories))`;
const atSecret = (location: string): string =>
  `(exists (select from hub.service_at_location y join hub.service s on s.id = y.service_id where y.location_id = ${location}
      and (${confidential} or (${gives('s.organization_id')} and hub.is_withheld(${location}))))
    or exists (select from hub.location p where p.id = ${location} and ${gives('p.organization_id')} and hub.is_withheld(${location})))`;

const conditions: Readonly<Partial<Record<EntityName, string>>> = {
  organization: 't.listed and t.retired_at is null',
  // Organizations that are not listed are few: services are held against a short list.
  service: `t.status = 'active' and t.organization_id not in (select o.id from hub.organization o where not o.listed or o.retired_at is not null)`,
  location: `not ${atSecret('t.id')}`,
  phone: 'not hub.is_private_number(t.description)',
  service_at_location: `not ${atSecret('t.location_id')}`,
  metadata: `t.field_name not in (${INTERNAL.map((name) => `'${name}'`).join(', ')}) and not exists (select from hub.service s where s.id = t.resource_id and ${confidential})`,
};

/** The rows `t` of a table that everybody may see, in SQL; empty for all, or where {@link closedLinks} decides. */
export const openRows = (entity: EntityName): string => conditions[entity] ?? '';

/** What may lead from a row to a secret place. */
const leads = ['location_id', 'service_at_location_id', 'contact_id', 'service_id'] as const;
export type Lead = (typeof leads)[number];

/** Tables whose rows can hang on several others at once: on a service, and on a place that must stay secret. */
export const guarded: ReadonlySet<EntityName> = new Set<EntityName>([
  'contact',
  'phone',
  'schedule',
  'service_area',
  'language',
]);

/**
 * The links of rows that lead to a secret place, as `column:id`. `isOpen` says of a link that it is known to be open,
 * which spares the question.
 */
export async function closedLinks(
  ask: Ask,
  entity: EntityName,
  rows: readonly Row[],
  isOpen: (column: Lead, id: string) => boolean,
): Promise<Set<string>> {
  const asked = leads.map((column) => {
    // A service may be called, written to and visited by its hours; who works there is not told.
    if (column === 'service_id' && entity !== 'contact') return [];
    const ids = new Set<string>();
    for (const row of rows) {
      const id = row[column];
      if (typeof id === 'string' && !isOpen(column, id)) ids.add(id);
    }
    return [...ids];
  });
  if (asked.every((ids) => ids.length === 0)) return new Set();
  const found = await ask(
    `select 'location_id:' || id as link from unnest($1::uuid[]) id where hub.is_withheld(id)
     union all select 'service_at_location_id:' || x.id from hub.service_at_location x where x.id = any ($2::uuid[]) and hub.is_withheld(x.location_id)
     union all select 'contact_id:' || c.id from hub.contact c left join hub.service_at_location x on x.id = c.service_at_location_id
       left join hub.service s on s.id = c.service_id where c.id = any ($3::uuid[])
       and (hub.is_withheld(c.location_id) or hub.is_withheld(x.location_id) or coalesce(${confidential}, false))
     union all select 'service_id:' || s.id from hub.service s where s.id = any ($4::uuid[]) and ${confidential}`,
    asked,
  );
  return new Set(found.map(({ link }) => String(link)));
}

/** Whether one of a row's links is closed. */
export function leadsAstray(row: Row, closed: ReadonlySet<string>): boolean {
  return closed.size > 0 && leads.some((column) => closed.has(`${column}:${String(row[column])}`));
}

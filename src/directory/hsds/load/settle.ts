import type { ClientBase } from 'pg';
import type { EntityName } from '../model.js';
import { parentColumns } from './columns.js';

const hasService = ['phone', 'schedule', 'service_area', 'cost_option', 'required_document', 'language', 'contact', 'funding', 'service_capacity', 'url'] as const; // prettier-ignore

/**
 * The services that changed in themselves or in something around them: their details, locations, organization or terms.
 * `last_modified` of those that changed only around them is set, as HSDS wants it. On a source's first import they are
 * just its services.
 */
export async function touchedServices(
  client: ClientBase,
  staged: readonly EntityName[],
  fresh: boolean,
): Promise<string[]> {
  if (fresh) {
    const { rows } = await client.query<{ id: string }>(`select id from import_change where entity = 'service'`);
    return rows.map(({ id }) => id);
  }
  const change = (entity: EntityName) => `(select id from import_change where entity = '${entity}')`;
  const removed = (column: string) =>
    `(select id from import_change where entity = '${column}' and action = 'touched')`;
  const sources = [
    `select id from ${removed('service_id')} r`,
    `select v.id from hub.service v where v.id in ${removed('link_id')}`,
    `select sl.service_id from hub.service_at_location sl where sl.id in ${removed('service_at_location_id')} or sl.location_id in ${removed('location_id')}`,
    `select id from import_change where entity = 'service'`,
    `select v.id from hub.service v where v.organization_id in ${change('organization')}`,
    `select sl.service_id from hub.service_at_location sl where sl.id in ${change('service_at_location')} or sl.location_id in ${change('location')}`,
    `select a.link_id from hub.attribute a where a.link_entity = 'service' and a.id in ${change('attribute')}`,
    ...hasService
      .filter((entity) => staged.includes(entity))
      .map((entity) => `select x.service_id from hub.${entity} x where x.id in ${change(entity)}`),
    ...(['phone', 'schedule', 'address', 'language', 'accessibility'] as const)
      .filter(
        (entity) => staged.includes(entity) && parentColumns(entity).some(({ column }) => column === 'location_id'),
      )
      .map(
        (entity) =>
          `select sl.service_id from hub.service_at_location sl join hub.${entity} x on x.location_id = sl.location_id where x.id in ${change(entity)}`,
      ),
  ];
  const { rows } = await client.query<{ id: string }>(
    `with touched as (${sources.join('\n union ')}),
     noted as (update hub.service v set last_modified = now(), version = version + 1 from touched
       where v.id = touched.id and v.id not in ${change('service')} returning v.id)
     select id from touched where id is not null`,
  );
  return rows.map(({ id }) => id);
}

import type { ClientBase } from 'pg';
import { stateZones } from '../../states.js';
import type { EntityName } from '../model.js';
import { parentColumns } from './columns.js';

/** Gives organizations and services that were just made the time zone of the state where their locations are. */
export async function setTimeZones(client: ClientBase): Promise<void> {
  const zones = stateZones();
  const parameters = [zones.map(([state]) => state), zones.map(([, zone]) => zone)];
  const zone = `join unnest($1::text[], $2::text[]) z(state, zone) on z.state = a.state_province`;
  await client.query(
    `update hub.organization o set time_zone = found.zone
     from (select distinct on (l.organization_id) l.organization_id, z.zone from hub.location l
             join import_change c on c.id = l.organization_id and c.entity = 'organization' and c.action = 'created'
             join hub.address a on a.location_id = l.id ${zone}
           group by l.organization_id, z.zone order by l.organization_id, count(*) desc, z.zone) found
     where o.id = found.organization_id and o.time_zone <> found.zone`,
    parameters,
  );
  await client.query(
    `update hub.service v set time_zone = found.zone
     from (select distinct on (sl.service_id) sl.service_id, z.zone from hub.service_at_location sl
             join import_change c on c.id = sl.service_id and c.entity = 'service' and c.action = 'created'
             join hub.address a on a.location_id = sl.location_id ${zone}
           group by sl.service_id, z.zone order by sl.service_id, count(*) desc, z.zone) found, hub.organization o
     where v.id = found.service_id and o.id = v.organization_id and o.time_zone <> found.zone`,
    parameters,
  );
}

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

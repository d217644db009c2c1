import type { ClientBase } from 'pg';
import { stateZones } from '../../states.js';
import type { EntityName } from '../model.js';
import { stage } from './columns.js';

const parametersOf = (): [string[], string[]] => {
  const zones = stateZones();
  return [zones.map(([state]) => state), zones.map(([, zone]) => zone)];
};
const zone = `join unnest($1::text[], $2::text[]) z(state, zone) on z.state = a.state_province`;

/**
 * A source's first import: the time zones of its organizations and services are known before their rows are written, from
 * the states of its addresses. Changing them afterwards wrote most of these rows a second time.
 */
export async function foreseeTimeZones(client: ClientBase, entities: readonly EntityName[]): Promise<void> {
  await client.query(
    `create temp table incoming_zone (id uuid not null, entity text not null, zone text not null) on commit drop`,
  );
  if (!(['organization', 'location', 'address'] as const).every((entity) => entities.includes(entity))) return;
  const located = `${stage('location')} l join ${stage('address')} a on a.location_id = l.id ${zone}`;
  await client.query(
    `insert into incoming_zone select distinct on (l.organization_id) l.organization_id, 'organization', z.zone from ${located}
     where l.organization_id is not null group by l.organization_id, z.zone order by l.organization_id, count(*) desc, z.zone`,
    parametersOf(),
  );
  await client.query('analyze incoming_zone');
  if (!entities.includes('service') || !entities.includes('service_at_location')) return;
  await client.query(
    `insert into incoming_zone select found.service_id, 'service', found.zone
     from (select distinct on (sl.service_id) sl.service_id, z.zone from ${stage('service_at_location')} sl
             join ${stage('address')} a on a.location_id = sl.location_id ${zone}
           group by sl.service_id, z.zone order by sl.service_id, count(*) desc, z.zone) found
     join ${stage('service')} v on v.id = found.service_id
     left join incoming_zone o on o.id = v.organization_id and o.entity = 'organization'
     left join hub.organization there on there.id = v.organization_id
     where found.zone <> coalesce(there.time_zone, o.zone, $3)`,
    [...parametersOf(), usual],
  );
  await client.query('analyze incoming_zone');
}

/** What an organization has that says nothing of where it is; the table's own default. */
const usual = 'America/New_York';

/** How a new row gets the time zone that was foreseen for it; nothing for tables that have none. */
export function zoned(entity: EntityName): { value: string; join: string } | undefined {
  if (entity !== 'organization' && entity !== 'service') return undefined;
  const value = entity === 'organization' ? `coalesce(z.zone, '${usual}')` : 'z.zone';
  return { value, join: `left join incoming_zone z on z.id = s.id and z.entity = '${entity}'` };
}

/** Gives organizations and services that were just made the time zone of the state where their locations are. */
export async function setTimeZones(client: ClientBase): Promise<void> {
  const parameters = parametersOf();
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

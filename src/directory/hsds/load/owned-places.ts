import type { EntityName } from '../model.js';
import { stage } from './columns.js';
import { closeAgreed, noteConflicts } from './conflicts.js';
import type { Run } from './upsert.js';

/** The columns of an address that a curator writes. */
export const addressColumns = ['address_1', 'address_2', 'city', 'state_province', 'postal_code'] as const;

const words = (x: string) =>
  `concat_ws(', ', nullif(${x}.address_1, ''), nullif(${x}.address_2, ''), nullif(${x}.city, ''), nullif(concat_ws(' ', ${x}.state_province, ${x}.postal_code), ''))`;

/**
 * The address that somebody gave a service is that of its first place, a row that other services may share and that the
 * source has too: it keeps what was written and its point on the map, with the source's as a conflict to settle.
 */
export async function keepOwnedPlaces(run: Run, staged: readonly EntityName[]): Promise<void> {
  const { client } = run;
  await client.query(
    `create temp table import_owned_place on commit drop as
     select distinct on (o.entity_id) o.entity_id as service_id, o.owner, l.id as location_id, a.id as address_id
     from hub.field_owner o join hub.service_at_location sal on sal.service_id = o.entity_id
     join hub.location l on l.id = sal.location_id and l.location_type = 'physical'
     left join lateral (select a.id from hub.address a where a.location_id = l.id order by a.address_type <> 'physical', a.id limit 1) a on true
     where o.entity = 'service' and o.field = 'address' order by o.entity_id, sal.id`,
  );
  const has = (entity: EntityName) => staged.includes(entity);
  if (has('address')) {
    const place = has('location') ? `left join ${stage('location')} l on l.id = p.location_id` : '';
    const point = has('location') ? `, 'latitude', l.latitude, 'longitude', l.longitude` : '';
    const both = `pg_temp.import_owned_place p join ${stage('address')} s on s.id = p.address_id join hub.address t on t.id = s.id ${place}`;
    await noteConflicts(run, 'service', 'address', {
      values: `select p.service_id as entity_id, p.owner, ${words('s')} as source_value, ${words('t')} as kept_value,
        jsonb_build_array(jsonb_build_object('location_id', p.location_id, 'address', to_jsonb(s) - 'line'${point})) as source_rows
        from ${both} where ${words('s')} is distinct from ${words('t')}`,
    });
    await closeAgreed(
      run,
      'service',
      'address',
      `select p.service_id from ${both} where ${words('s')} is not distinct from ${words('t')}`,
    );
    await client.query(
      `update ${stage('address')} s set ${addressColumns.map((name) => `${name} = t.${name}`).join(', ')}
       from pg_temp.import_owned_place p, hub.address t where s.id = p.address_id and t.id = s.id`,
    );
  }
  if (has('location')) {
    await client.query(
      `update ${stage('location')} s set latitude = t.latitude, longitude = t.longitude
       from pg_temp.import_owned_place p, hub.location t where s.id = p.location_id and t.id = s.id`,
    );
  }
}

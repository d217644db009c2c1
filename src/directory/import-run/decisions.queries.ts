import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import type { Service } from '../service/service.entity.js';
import { serviceById } from '../service/service.loaders.js';

/** What a row is called, by the table it is in. */
export const calledBy = (entity: string, id: string) => sql<string | null>`case ${sql.ref(entity)}
  when 'service' then (select x.name from hub.service x where x.id = ${sql.ref(id)})
  when 'organization' then (select x.name from hub.organization x where x.id = ${sql.ref(id)})
  when 'location' then (select x.name from hub.location x where x.id = ${sql.ref(id)})
  when 'service_at_location' then (select v.name || coalesce(' · ' || l.name, '') from hub.service_at_location x
    join hub.service v on v.id = x.service_id join hub.location l on l.id = x.location_id where x.id = ${sql.ref(id)}) end`;

/** The latest first. */
export const latest = (table: string) =>
  [
    { by: `${table}.noted_at`, type: 'timestamptz', direction: 'desc' },
    { by: `${table}.id`, type: 'uuid', direction: 'desc' },
  ] as const;

export const serviceOf = async (ctx: HubContext, id: string | null): Promise<Service | null> =>
  id === null ? null : ((await serviceById(ctx, id)) ?? null);

import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { isId } from '../../platform/id.js';
import { kysely } from './find.js';
import type { ListName } from './parameters.js';
import { ApiProblem } from './problem.js';

interface Trace {
  status: string | null;
  into: string | null;
}

/** Why an entry is not there: never was, is no longer, or is another one now. */
export async function missing(ctx: HubContext, list: ListName, id: string): Promise<never> {
  if (!isId(id)) throw new ApiProblem(404, 'NOT_FOUND', 'There is no such entry: ids are UUIDs.');
  const trace = await traceOf(ctx, list, id);
  if (trace?.into) throw new Moved(`/hsds/${list}/${trace.into}`);
  if (!trace) throw new ApiProblem(404, 'NOT_FOUND', 'There is no such entry.');
  if (trace.status === 'defunct') {
    throw new ApiProblem(410, 'GONE', 'It has left the directory for good: drop your copy.');
  }
  throw new ApiProblem(404, 'NOT_OFFERED', 'It is not offered at the moment: hide your copy, and ask again later.');
}

/** It was found to be the same as another one. */
export class Moved extends ApiProblem {
  constructor(readonly location: string) {
    super(308, 'MERGED', 'It was found to be the same as another entry: see Location.');
  }
}

async function traceOf(ctx: HubContext, list: ListName, id: string): Promise<Trace | undefined> {
  const db = await kysely(ctx);
  const entity = { services: 'service', organizations: 'organization', service_at_locations: 'service_at_location' }[list as string]; // prettier-ignore
  if (entity === undefined) return undefined;
  const stone = sql`select 'defunct' as status, null::uuid as into from hub.hsds_tombstone t where t.id = ${id}::uuid and t.entity = ${entity}`;
  const kept = {
    service: sql`select s.status, s.merged_into as into from hub.service s where s.id = ${id}::uuid union all`,
    organization: sql`select case when o.retired_at is null then 'inactive' else 'defunct' end as status, null::uuid as into
      from hub.organization o where o.id = ${id}::uuid and (o.retired_at is not null) union all`,
  }[entity];
  const { rows } = await sql<Trace>`${kept ?? sql``} ${stone} limit 1`.execute(db);
  return rows[0];
}

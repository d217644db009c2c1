import type { EntityName } from '../model.js';
import type { Problem } from '../problems.js';
import { spoken } from '../say.js';
import { loadedColumns, stage } from './columns.js';
import type { Run } from './upsert.js';

const proposalsShown = 200;

/** Puts listings that their source no longer has on record, to be settled by a curator, and says what they are. */
export async function proposeToRetire(
  { client, sourceId, runId }: Run,
  entity: EntityName,
  leftOut: readonly string[],
): Promise<Problem[]> {
  const gone = `t.source_id = $1 and not exists (select from ${stage(entity)} s where s.id = t.id) and t.id <> all($2::uuid[])`;
  const name =
    entity === 'service_at_location'
      ? `(select concat_ws(' · ', v.name, l.name) from hub.service v, hub.location l where v.id = t.service_id and l.id = t.location_id)`
      : loadedColumns(entity).includes('name')
        ? 't.name'
        : 'null::text';
  const retired =
    entity === 'service' ? `and t.status <> 'defunct'` : entity === 'organization' ? 'and t.retired_at is null' : '';
  await client.query(
    `insert into hub.retire_proposal as p (id, source_id, run_id, entity, entity_id, name, source_key)
     select gen_random_uuid(), $1, $3, $4, t.id, ${name}, t.source_key from hub.${entity} t where ${gone} ${retired}
       and not exists (select from hub.retire_proposal k where k.entity_id = t.id and k.entity = $4 and k.decision = 'KEEP' and k.returned_at is null)
     on conflict (entity_id, entity) where decision is null do nothing`,
    [sourceId, leftOut, runId, entity],
  );
  const { rows } = await client.query<{ key: string; name: string | null; total: string }>(
    `select t.source_key as key, ${name} as name, count(*) over () as total from hub.${entity} t
     where ${gone} ${retired} order by t.id limit ${proposalsShown}`,
    [sourceId, leftOut],
  );
  const problems = rows.map(({ key, name: called }): Problem => {
    const message = `The source no longer has this ${spoken(entity)}${called ? ` "${called}"` : ''}; it stays until a curator retires it.`;
    const subject = called ?? undefined;
    const serviceKey = entity === 'service' ? key : undefined;
    return {
      severity: 'WARNING',
      code: 'GONE_FROM_SOURCE',
      file: '',
      entity,
      sourceId: key,
      subject,
      serviceKey,
      message,
    };
  });
  const more = Number(rows[0]?.total ?? 0) - rows.length;
  if (more > 0) {
    const message = `The source no longer has ${more} more rows of ${spoken(entity)}.`;
    problems.push({ severity: 'WARNING', code: 'GONE_FROM_SOURCE', file: '', entity, message });
  }
  return problems;
}

/** Takes back what was proposed of rows that the source has again. */
export async function takeBackProposals({ client }: Run, entity: EntityName): Promise<void> {
  await client.query(
    `update hub.retire_proposal p set returned_at = now(), decision = coalesce(decision, 'RETURNED'), decided_at = coalesce(decided_at, now())
     where p.entity = $1 and p.returned_at is null and p.entity_id in (select id from ${stage(entity)})`,
    [entity],
  );
}

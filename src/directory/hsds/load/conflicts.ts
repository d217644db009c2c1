import type { Run } from './upsert.js';

interface Differing {
  /** Selects entity_id, owner, source_value, kept_value and source_rows of what differs. */
  values: string;
}

/**
 * Puts what differs on record for a curator: one open conflict for each field. What was decided for the curator's value
 * stays decided for as long as the source says the same.
 */
export async function noteConflicts(run: Run, entity: string, field: string, { values }: Differing): Promise<void> {
  await run.client.query(
    `insert into hub.import_conflict as c (id, source_id, run_id, entity, entity_id, field, owner, source_value, kept_value, source_rows)
     select gen_random_uuid(), $1, $2, $3, d.entity_id, $4, d.owner, d.source_value, d.kept_value, d.source_rows from (${values}) d
     where not exists (select from hub.import_conflict k where k.entity = $3 and k.entity_id = d.entity_id and k.field = $4
       and k.decision = 'KEEP_OURS' and k.source_value is not distinct from d.source_value)
     on conflict (entity_id, field, entity) where decision is null do update
       set run_id = excluded.run_id, source_id = excluded.source_id, owner = excluded.owner, source_value = excluded.source_value,
         kept_value = excluded.kept_value, source_rows = excluded.source_rows
       where (c.source_value, c.kept_value, c.owner) is distinct from (excluded.source_value, excluded.kept_value, excluded.owner)`,
    [run.sourceId, run.runId, entity, field],
  );
}

/** Closes conflicts of rows in which the source now says the same. `ids` selects the rows. */
export async function closeAgreed(run: Run, entity: string, field: string, ids: string): Promise<void> {
  await run.client.query(
    `update hub.import_conflict set decision = 'AGREED', decided_at = now()
     where entity = $1 and field = $2 and decision is null and entity_id in (${ids})`,
    [entity, field],
  );
}

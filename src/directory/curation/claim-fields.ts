import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';

/** Fields of a row are from now on those of whoever changed them: an import leaves them alone, and notes what it would say. */
export async function claimFields(
  ctx: HubContext,
  entity: string,
  id: string,
  fields: readonly { field: string; previous: string }[],
): Promise<void> {
  if (fields.length === 0) return;
  const { caller } = ctx;
  const owner = caller?.permissions.has('directory.write') ? 'CURATOR' : 'AGENCY';
  const rows = fields.map(({ field, previous }) => ({ field, source_value: previous }));
  await sql`insert into hub.field_owner (entity, entity_id, field, owner, set_by, set_at, source_value)
    select ${entity}, ${id}::uuid, field, ${owner}, ${caller?.userId ?? null}::uuid, ${ctx.clock.now().toISOString()}::timestamptz, source_value
    from json_to_recordset(${JSON.stringify(rows)}::json) as x (field text, source_value text)
    on conflict (entity_id, field, entity) do update set owner = excluded.owner, set_by = excluded.set_by, set_at = excluded.set_at`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
}

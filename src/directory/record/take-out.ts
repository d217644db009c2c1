import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { checkUnused, hangingOn } from './hanging.js';
import { keepHistory, type Write } from './history.js';
import type { StoredRow } from './owners.js';
import type { RecordName } from './record-kinds.js';

/** Takes out a row with all that hangs on it, and keeps what is needed to bring it back. */
export async function takeOut(
  ctx: HubContext,
  db: Kysely<unknown>,
  entity: RecordName,
  row: StoredRow,
): Promise<Write> {
  await checkUnused(db, entity, row.id);
  const gone = await hangingOn(db, entity, row.id);
  await sql`delete from ${sql.table(`hub.${entity}`)} where id = ${row.id}::uuid`.execute(db);
  for (const one of gone) {
    await keepHistory(ctx, one.entity, { id: String(one.row['id']), action: 'delete', before: one.row, after: {} });
  }
  return keepHistory(ctx, entity, { id: row.id, action: 'delete', before: row, after: {}, gone });
}

import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { alongWith, checkUnused } from './hanging.js';
import { keepHistory, type Write } from './history.js';
import { storedRow, type StoredRow } from './owners.js';
import { putColumns } from './put-columns.js';
import type { RecordName } from './record-kinds.js';

type Db = Kysely<unknown>;

/** Changes one column of a row that stays, with a line in its history. */
export async function relink(
  ctx: HubContext,
  db: Db,
  { entity, column, id }: { entity: RecordName; column: string; id: string },
  to: string | null,
): Promise<void> {
  const before = await storedRow(db, entity, id);
  if (!before) return;
  await keepHistory(ctx, entity, { id, action: 'update', before, after: { [column]: to } });
  await putColumns(db, entity, id, { [column]: to });
}

/** Takes out a row with all that hangs on it, and keeps what is needed to bring it back. */
export async function takeOut(ctx: HubContext, db: Db, entity: RecordName, row: StoredRow): Promise<Write> {
  await checkUnused(db, entity, row.id);
  const along = await alongWith(db, entity, row.id);
  for (const link of along.cleared) await relink(ctx, db, link, null);
  const filed = along.gone.filter((one) => one.entity === 'attribute').map((one) => String(one.row['id']));
  if (filed.length > 0) await sql`delete from hub.attribute where id = any (${filed}::uuid[])`.execute(db);
  await sql`delete from ${sql.table(`hub.${entity}`)} where id = ${row.id}::uuid`.execute(db);
  for (const one of along.gone) {
    await keepHistory(ctx, one.entity, { id: String(one.row['id']), action: 'delete', before: one.row, after: {} });
  }
  return keepHistory(ctx, entity, { id: row.id, action: 'delete', before: row, after: {}, along });
}

import { sql, type Kysely } from 'kysely';
import { refuse } from '../../platform/graphql/refusal.js';
import { storedRow } from './owners.js';
import { linkedEntity, type RecordName } from './record-kinds.js';

type Db = Kysely<unknown>;
type Values = Readonly<Record<string, unknown>>;

/** Puts columns of a row back, in the table's own form. */
export async function putColumns(db: Db, entity: RecordName, id: string, row: Values): Promise<void> {
  const table = sql.table(`hub.${entity}`);
  const sets = Object.keys(row).map((name) => sql`${sql.ref(name)} = r.${sql.ref(name)}`);
  if (sets.length === 0) return;
  await sql`update ${table} t set ${sql.join(sets)} from jsonb_populate_record(null::${table}, ${JSON.stringify(row)}::jsonb) r
    where t.id = ${id}::uuid`.execute(db);
}

/** What a row names must be there, or it could not be brought back. */
export async function checkLinked(db: Db, entity: RecordName, row: Values): Promise<void> {
  for (const [column, value] of Object.entries(row)) {
    const linked = linkedEntity(entity, column);
    if (!linked || typeof value !== 'string' || (await storedRow(db, linked, value))) continue;
    refuse('UNKNOWN_RECORD', 'There is no such entry in the directory.');
  }
}

import { sql, type Kysely } from 'kysely';
import { refuse } from '../../platform/graphql/refusal.js';
import { recordKinds, type RecordName } from './record-kinds.js';

type Db = Kysely<unknown>;

/** A row that hangs on another, and goes with it. */
export interface Hanging {
  entity: RecordName;
  row: Readonly<Record<string, unknown>>;
}

/** Tables whose rows others hang on: taking one out would take those along unseen. */
const USED: Readonly<Partial<Record<RecordName, readonly [table: string, column: string]>>> = {
  unit: ['service_capacity', 'unit_id'],
  taxonomy: ['taxonomy_term', 'taxonomy_id'],
  taxonomy_term: ['taxonomy_term', 'parent_id'],
  location: ['service_at_location', 'location_id'],
};

export async function checkUnused(db: Db, entity: RecordName, id: string): Promise<void> {
  const [table, column] = USED[entity] ?? [];
  if (table === undefined || column === undefined) return;
  const { rows } =
    await sql`select from ${sql.table(`hub.${table}`)} where ${sql.ref(column)} = ${id}::uuid limit 1`.execute(db);
  if (rows.length > 0) refuse('IN_USE', 'Other entries still refer to it. Change or remove those first.');
}

/** All that hangs on a row, what is above before what is below. */
export async function hangingOn(db: Db, entity: RecordName, id: string): Promise<Hanging[]> {
  const link = `${entity}_id`;
  const found: Hanging[] = [];
  for (const [below, { owners }] of recordKinds) {
    if (!owners.includes(link)) continue;
    const { rows } = await sql<Hanging['row']>`
      select * from ${sql.table(`hub.${below}`)} where ${sql.ref(link)} = ${id}::uuid order by id for update`.execute(
      db,
    );
    for (const row of rows) found.push({ entity: below, row }, ...(await hangingOn(db, below, String(row['id']))));
  }
  return found;
}

import { sql, type Kysely } from 'kysely';
import { refuse } from '../../platform/graphql/refusal.js';
import { recordKinds, type RecordName } from './record-kinds.js';

type Db = Kysely<unknown>;

/** A row that hangs on another, and goes with it. */
export interface Hanging {
  entity: RecordName;
  row: Readonly<Record<string, unknown>>;
}

/** What goes or changes elsewhere with a row that is taken out, and comes back with it. */
export interface Along {
  /** Rows that hang on it, what is above before what is below. */
  gone: readonly Hanging[];
  /** Rows that stay, and named it. */
  cleared: readonly { entity: RecordName; column: string; id: string }[];
  /** Rows of the hub's own beside it. */
  beside: readonly { table: BesideTable; row: Readonly<Record<string, unknown>> }[];
}
export type BesideTable = 'term_category';

type Link = readonly [table: string, column: string];

/** Tables whose rows others hang on: taking one out would take those along unseen. */
export const USED: Readonly<Partial<Record<RecordName, readonly Link[]>>> = {
  unit: [['service_capacity', 'unit_id']],
  taxonomy: [['taxonomy_term', 'taxonomy_id']],
  taxonomy_term: [
    ['taxonomy_term', 'parent_id'],
    ['attribute', 'taxonomy_term_id'],
  ],
  location: [['service_at_location', 'location_id']],
};

/** Links that PostgreSQL clears when what they name is taken out. Those of referrals it brings back by itself: see migration 0114. */
export const CLEARED: Readonly<Partial<Record<RecordName, readonly [entity: RecordName, column: string]>>> = {
  program: ['service', 'program_id'],
};

/** What the hub keeps beside a row, under its id. */
export const BESIDE: Readonly<Partial<Record<RecordName, readonly [table: BesideTable, column: string]>>> = {
  taxonomy_term: ['term_category', 'taxonomy_term_id'],
};

export async function checkUnused(db: Db, entity: RecordName, id: string): Promise<void> {
  for (const [table, column] of USED[entity] ?? []) {
    const { rows } =
      await sql`select from ${sql.table(`hub.${table}`)} where ${sql.ref(column)} = ${id}::uuid limit 1`.execute(db);
    if (rows.length > 0) refuse('IN_USE', 'Other entries still refer to it. Change or remove those first.');
  }
}

/** All that hangs on a row, what is above before what is below; what it is filed under among it, by a link of no table of its own. */
async function hangingOn(db: Db, entity: RecordName, id: string): Promise<Hanging[]> {
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
  const { rows: filed } = await sql<Hanging['row']>`
    select * from hub.attribute where link_id = ${id}::uuid and link_entity = ${entity} order by id for update`.execute(
    db,
  );
  return [...found, ...filed.map((row): Hanging => ({ entity: 'attribute', row }))];
}

/** What goes or changes with a row. */
export async function alongWith(db: Db, entity: RecordName, id: string): Promise<Along> {
  const [naming, column] = CLEARED[entity] ?? [];
  const [table, key] = BESIDE[entity] ?? [];
  const cleared =
    naming && column
      ? await sql<{ id: string }>`
          select id from ${sql.table(`hub.${naming}`)} where ${sql.ref(column)} = ${id}::uuid order by id for update`.execute(
          db,
        )
      : null;
  const beside =
    table && key
      ? await sql<Hanging['row']>`
          select * from ${sql.table(`hub.${table}`)} where ${sql.ref(key)} = ${id}::uuid for update`.execute(db)
      : null;
  return {
    gone: await hangingOn(db, entity, id),
    cleared: naming && column ? (cleared?.rows ?? []).map((row) => ({ entity: naming, column, id: row.id })) : [],
    beside: table ? (beside?.rows ?? []).map((row) => ({ table, row })) : [],
  };
}

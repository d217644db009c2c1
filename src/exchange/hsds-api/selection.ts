import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Root } from '../../directory/hsds/serialize/index.js';

/** What a list holds: a statement that gives rows, in an order of ids unless they are ranked. */
export interface Selection {
  root: Root;
  /** A select of `id`, `gone` (the status of a listing that is no longer there, else null), `at` (when it changed), `n` (its rank, or 0). */
  rows: RawBuilder<unknown>;
  ranked: boolean;
  /** `rows` has a column `g` too, and is read through by it: what shares an organization comes together. */
  grouped?: boolean;
}

export interface Selected {
  id: string;
  gone: string | null;
  /** RFC 3339. */
  at: string | null;
  g?: string;
}

type Db = Kysely<unknown>;

const columns = sql`x.id, x.gone, to_char(x.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at`;

export async function countOf(db: Db, { rows }: Selection): Promise<number> {
  const { rows: found } = await sql<{ n: number }>`select count(*)::int as n from (${rows}) x`.execute(db);
  return found[0]?.n ?? 0;
}

/** Entries by their place in the list. */
export async function slice(db: Db, { rows, ranked }: Selection, offset: number, limit: number): Promise<Selected[]> {
  const order = ranked ? sql`x.n, x.id` : sql`x.id`;
  const found = await sql<Selected>`
    select ${columns} from (${rows}) x order by ${order} limit ${limit} offset ${offset}`.execute(db);
  return found.rows;
}

/** Entries after one, by id: as fast for the last of a million as for the first, and steady while others come and go. */
export async function following(
  db: Db,
  { rows, grouped }: Selection,
  after: Selected | undefined,
  limit: number,
): Promise<Selected[]> {
  const key = grouped ? sql`x.g, x.id` : sql`x.id`;
  const values = grouped ? sql`${after?.g}::uuid, ${after?.id}::uuid` : sql`${after?.id}::uuid`;
  const beyond = after === undefined ? sql`true` : sql`(${key}) > (${values})`;
  const found = await sql<Selected>`
    select ${columns}${grouped ? sql`, x.g` : sql``} from (${rows}) x where ${beyond} order by ${key} limit ${limit}`.execute(
    db,
  );
  return found.rows;
}

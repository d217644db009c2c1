import { type Kysely, sql } from 'kysely';
import { isTable, loadedColumns, type TableName } from '../hsds/index.js';
import type { Kept } from './records.js';

type Db = Kysely<unknown>;
type Row = Readonly<Record<string, unknown>>;

/** A list of a service as it stood, row by row, to be put back as a whole. */
export interface KeptList {
  list: TableName;
  rows: readonly Row[];
  /** What its rows hold and go along with: the languages of a number. */
  languages: readonly Row[];
}

/** The whole list that a line of the history holds, where it holds one. */
export function keptList(data: Kept | null | undefined): KeptList | undefined {
  const kept = data?.v as Partial<KeptList> | null | undefined;
  return kept?.list !== undefined && isTable(kept.list) && Array.isArray(kept.rows) ? (kept as KeptList) : undefined;
}

export async function listAsItStands(db: Db, list: TableName, serviceId: string): Promise<KeptList> {
  const read = async (table: TableName, where: ReturnType<typeof sql>): Promise<Row[]> => {
    const { rows } = await sql<{ row: Row }>`
      select to_jsonb(x) as row from ${sql.table(`hub.${table}`)} x where ${where} order by x.id`.execute(db);
    return rows.map(({ row }) => row);
  };
  const rows = await read(list, sql`x.service_id = ${serviceId}::uuid`);
  const ids = rows.map(({ id }) => String(id));
  const languages =
    list === 'phone' && ids.length > 0 ? await read('language', sql`x.phone_id = any (${ids}::uuid[])`) : [];
  return { list, rows, languages };
}

/** Puts other rows in place of those that a list of a service has: all of their columns, or those that a source fills. */
export async function replaceList(
  db: Db,
  list: TableName,
  serviceId: string,
  rows: readonly Row[],
  sourceId?: string,
): Promise<void> {
  await sql`delete from ${sql.table(`hub.${list}`)} where service_id = ${serviceId}::uuid`.execute(db);
  if (sourceId === undefined) return insertRows(db, list, rows);
  const columns = sql.join(['id', 'source_key', ...loadedColumns(list)].map((name) => sql.ref(name)));
  const table = sql.table(`hub.${list}`);
  await sql`insert into ${table} (source_id, ${columns}) select ${sourceId}::uuid, ${columns}
    from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb) on conflict (id) do nothing`.execute(
    db,
  );
}

async function insertRows(db: Db, name: TableName, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const table = sql.table(`hub.${name}`);
  await sql`insert into ${table} select * from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb)
    on conflict (id) do nothing`.execute(db);
}

/** Puts a list back as it stood. Answers how it stood until now. */
export async function putListBack(db: Db, serviceId: string, { list, rows, languages }: KeptList): Promise<KeptList> {
  const before = await listAsItStands(db, list, serviceId);
  await replaceList(db, list, serviceId, rows);
  await insertRows(db, 'language', languages);
  return before;
}

import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { Along, BesideTable, Hanging } from './hanging.js';
import { keepHistory, type Write } from './history.js';
import { demandKeeper, type Owners, ownersOf, storedRow } from './owners.js';
import { recordKinds, type RecordName } from './record-kinds.js';
import { checkLinked, putColumns } from './put-columns.js';
import { relink, takeOut } from './take-out.js';

type Db = Kysely<unknown>;
type Values = Readonly<Record<string, unknown>>;

/** The last write of a row, as its history has it. */
interface LastWrite {
  at: string;
  action: 'create' | 'update' | 'delete';
  /** What was there: of a change the columns that changed, of what was taken out the whole row; null of what was added. */
  row: Values | null;
  /** What went or changed with a row that was taken out. */
  along: Along;
}

type Kept = { row?: Values | null } & Partial<Along>;

async function lastWrite(db: Db, entity: RecordName, id: string): Promise<LastWrite | undefined> {
  const { rows } = await sql<{ at: string; action: string; data: Kept | null }>`
    select at::text, last_action_type as action, previous_data as data from hub.metadata
    where resource_type = ${entity} and resource_id = ${id}::uuid and at is not null
    order by at desc, (previous_data ? 'row') desc, id desc limit 1`.execute(db);
  const [last] = rows;
  if (!last || last.data?.row === undefined) return undefined;
  const { at, action, data } = last;
  const { gone = [], cleared = [], beside = [] } = data;
  return { at, action: action as LastWrite['action'], row: data.row ?? null, along: { gone, cleared, beside } };
}

/** A row as it was, in its table's own form. */
async function insertAgain(db: Db, name: RecordName | BesideTable, row: Values): Promise<void> {
  const table = sql.table(`hub.${name}`);
  await sql`insert into ${table} select * from jsonb_populate_record(null::${table}, ${JSON.stringify(row)}::jsonb)
    on conflict do nothing`.execute(db);
}

const cannot = (): never => refuse('CANNOT_UNDO', 'This change cannot be taken back. Correct the listing instead.');

/** What a row hangs on must still be there. */
async function checkAbove(db: Db, entity: RecordName, row: Values): Promise<void> {
  for (const column of recordKinds.get(entity)?.owners ?? []) {
    const value = row[column];
    const above = column === 'link_id' ? String(row['link_entity']) : column.replace(/_id$/, '');
    if (typeof value !== 'string') continue;
    if (!(await storedRow(db, above as RecordName, value))) {
      refuse('UNKNOWN_RECORD', 'There is no such entry in the directory.');
    }
  }
}

/** The write that took another back, with the row before and after it. */
interface Undone {
  write: Write;
  owners: Owners;
  before: Values | null;
  after: Values | null;
}

/**
 * Takes the last write of a row back: what was added is taken out, what was changed or taken out stands there as before. It
 * is a write of its own, so the next time brings it back. `at`: only when the last write is that one.
 */
export async function undoRecord(ctx: HubContext, entity: RecordName, id: string, at?: string): Promise<Undone> {
  const kind = recordKinds.get(entity) ?? fail.badInput('input.entity', 'a table of HSDS is expected');
  if (kind.changeOnly) fail.badInput('input.entity', `a ${entity} is taken back change by change`);
  const db = (await ctx.db.em()).getKysely<unknown>();
  const there = await storedRow(db, entity, id);
  const last = await lastWrite(db, entity, id);
  const known = there ?? (last?.action === 'delete' ? { ...last.row, id } : undefined);
  if (!known) return fail.notFound('Record');
  const owners = await ownersOf(db, entity, known);
  demandKeeper(ctx, kind, owners);
  if (!last) return cannot();
  if (at !== undefined && new Date(last.at).getTime() !== new Date(at).getTime()) {
    return refuse('CHANGED_SINCE', 'It was changed again since. Take that back first.');
  }
  if (last.action === 'create') {
    if (!there) return cannot();
    return { write: await takeOut(ctx, db, entity, there), owners, before: there, after: null };
  }
  if (last.action === 'update') {
    if (!there || !last.row) return cannot();
    await checkLinked(db, entity, last.row);
    await putColumns(db, entity, id, last.row);
    const write = await keepHistory(ctx, entity, { id, action: 'update', before: there, after: last.row });
    return { write, owners, before: there, after: { ...there, ...last.row } };
  }
  const row = { ...last.row, id };
  await checkAbove(db, entity, row);
  await checkLinked(db, entity, row);
  const again = async (one: Hanging): Promise<Write> => {
    await insertAgain(db, one.entity, one.row);
    return keepHistory(ctx, one.entity, { id: String(one.row['id']), action: 'create', before: {}, after: one.row });
  };
  const write = await again({ entity, row });
  const { gone, cleared, beside } = last.along;
  for (const one of gone) await again(one);
  for (const { table, row: own } of beside) await insertAgain(db, table, own);
  for (const link of cleared) {
    const now = await storedRow(db, link.entity, link.id);
    // Who was given another one since keeps that.
    if (now?.[link.column] === null) await relink(ctx, db, link, id);
  }
  return { write, owners, before: null, after: row };
}

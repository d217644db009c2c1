import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { once } from '../../platform/graphql/idempotency.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { isEntity } from '../hsds/model.js';
import { checkedCells, type Cells } from './check-values.js';
import { keepHistory, touch } from './history.js';
import { demandKeeper, type Owners, ownersOf, storedRow } from './owners.js';
import { camel, linkedEntity, type RecordKind, recordKinds, type RecordName } from './record-kinds.js';
import { takeOut } from './take-out.js';
import { type DeleteRecordInput, type RecordValues, type SaveRecordInput, sentRecord } from './record.inputs.js';

type Db = Kysely<unknown>;

/** Which row was written. */
export interface Written {
  entity: RecordName;
  id: string;
}

function kindOf(entity: RecordName): RecordKind {
  return recordKinds.get(entity) ?? fail.badInput('input.entity', 'a table of HSDS is expected');
}

async function checkVersion(db: Db, owners: Owners, expected: number | null | undefined): Promise<void> {
  if (expected === null || expected === undefined) return;
  const [entity, id] = owners.serviceId
    ? (['service', owners.serviceId] as const)
    : (['organization', owners.organizationId] as const);
  const row = id === null ? undefined : await storedRow(db, entity, id);
  if (!row || row['version'] !== expected) fail.conflict();
}

/** Rows that a row links to must be there; those of programmes of the same organization. */
async function checkLinks(db: Db, entity: RecordName, cells: Cells, organizationId: string | null): Promise<void> {
  for (const [column, value] of Object.entries(cells)) {
    const linked = linkedEntity(entity, column);
    if (!linked || typeof value !== 'string') continue;
    const found = await storedRow(db, linked, value);
    const foreign = linked === 'program' && found?.['organization_id'] !== organizationId;
    if (!found || foreign) refuse('UNKNOWN_RECORD', 'There is no such entry in the directory.', camel(column));
  }
}

/** The links that say what a new row hangs on. */
function ownerCells(entity: RecordName, kind: RecordKind, values: RecordValues): Cells {
  const given = kind.owners.filter((name) => typeof values[camel(name)] === 'string');
  const all =
    entity === 'service_at_location' ? 2 : entity === 'location' ? given.length : Math.min(1, kind.owners.length);
  if (given.length !== all || (entity === 'location' && given.length > 1)) {
    const names = kind.owners.map(camel);
    fail.badInput(`input.${camel(entity)}`, `${all === 2 ? 'both' : 'exactly one'} of ${names.join(', ')} is expected`);
  }
  const cells: Cells = Object.fromEntries(given.map((name) => [name, String(values[camel(name)])]));
  if (entity === 'attribute') {
    const linked = values['linkEntity'];
    if (typeof linked !== 'string' || !isEntity(linked) || linked === 'metadata' || linked === 'attribute') {
      return fail.badInput('input.attribute.linkEntity', 'the name of a table of HSDS is expected');
    }
    cells['link_entity'] = linked;
  }
  return cells;
}

async function insertRow(db: Db, entity: RecordName, cells: Cells): Promise<void> {
  const names = Object.keys(cells);
  await sql`insert into ${sql.table(`hub.${entity}`)} (${sql.join(names.map((name) => sql.ref(name)))})
    values (${sql.join(names.map((name) => sql`${cells[name] ?? null}`))})`.execute(db);
}

async function updateRow(db: Db, entity: RecordName, id: string, cells: Cells): Promise<void> {
  const sets = Object.entries(cells).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  if (sets.length === 0) return;
  await sql`update ${sql.table(`hub.${entity}`)} set ${sql.join(sets)} where id = ${id}::uuid`.execute(db);
}

async function add(ctx: HubContext, entity: RecordName, values: RecordValues, input: SaveRecordInput): Promise<string> {
  const kind = kindOf(entity);
  if (kind.changeOnly) fail.badInput('input.id', `the id of the ${entity} is expected: new ones are made elsewhere`);
  const db = (await ctx.db.em()).getKysely<unknown>();
  const owner = ownerCells(entity, kind, values);
  const id = newId();
  await checkLinks(db, entity, owner, null);
  if (entity === 'attribute') {
    const linked = owner['link_entity'];
    const there =
      typeof linked === 'string' && isEntity(linked) && (await storedRow(db, linked, String(owner['link_id'])));
    if (!there) refuse('UNKNOWN_RECORD', 'There is no such entry in the directory.', 'linkId');
  }
  const owners = await ownersOf(db, entity, { ...owner, id });
  demandKeeper(ctx, kind, owners);
  await checkVersion(db, owners, input.expectedVersion);
  const cells = checkedCells(entity, kind, values, true);
  await checkLinks(db, entity, cells, owners.organizationId);
  const row = { id, ...owner, ...cells };
  if (entity === 'service_at_location') await checkNewSite(db, owner);
  await insertRow(db, entity, row);
  const write = await keepHistory(ctx, entity, { id, action: 'create', before: {}, after: row });
  await touch(ctx, write, await ownersOf(db, entity, row), { before: null, after: row });
  return id;
}

/** A service is at a place once. */
async function checkNewSite(db: Db, owner: Cells): Promise<void> {
  const { rows } = await sql`select from hub.service_at_location
    where service_id = ${owner['service_id']}::uuid and location_id = ${owner['location_id']}::uuid`.execute(db);
  if (rows.length > 0) refuse('ALREADY_THERE', 'The service is at this place already.', 'locationId');
}

async function known(ctx: HubContext, entity: RecordName, id: string, expected?: number | null) {
  const db = (await ctx.db.em()).getKysely<unknown>();
  const row = await storedRow(db, entity, id);
  if (!row) return fail.notFound(camel(`_${entity}`));
  const owners = await ownersOf(db, entity, row);
  demandKeeper(ctx, kindOf(entity), owners);
  await checkVersion(db, owners, expected);
  return { db, row, owners };
}

async function change(ctx: HubContext, entity: RecordName, id: string, values: RecordValues, input: SaveRecordInput) {
  const kind = kindOf(entity);
  const { db, row, owners } = await known(ctx, entity, id, input.expectedVersion);
  for (const name of kind.owners) {
    const sent = values[camel(name)];
    if (sent !== undefined && sent !== row[name]) {
      fail.badInput(
        `input.${camel(entity)}.${camel(name)}`,
        'what a row hangs on cannot change: add another row instead',
      );
    }
  }
  const cells = checkedCells(entity, kind, values, false);
  const changed = Object.fromEntries(Object.entries(cells).filter(([name, value]) => !same(row[name], value)));
  if (Object.keys(changed).length === 0) return;
  await checkLinks(db, entity, changed, owners.organizationId);
  const above = entity === 'taxonomy_term' ? changed['parent_id'] : undefined;
  if (typeof above === 'string') await checkAbove(db, id, above);
  await updateRow(db, entity, id, changed);
  const write = await keepHistory(ctx, entity, { id, action: 'update', before: row, after: changed });
  await touch(ctx, write, owners, { before: row, after: { ...row, ...changed } });
}

/** No term stands above itself. */
async function checkAbove(db: Db, id: string, parentId: string): Promise<void> {
  const { rows } = await sql`with recursive up as (
      select t.id, t.parent_id from hub.taxonomy_term t where t.id = ${parentId}::uuid
      union select t.id, t.parent_id from up join hub.taxonomy_term t on t.id = up.parent_id)
    select from up where id = ${id}::uuid`.execute(db);
  if (rows.length > 0) refuse('BAD_VALUE', 'This value is not possible here.', 'parentId');
}

/** Whether a value is what stands there, however PostgreSQL sends it. */
function same(stored: unknown, value: unknown): boolean {
  if (stored === null || stored === undefined || value === null) return (stored ?? null) === (value ?? null);
  if (typeof value === 'number') return Number(stored) === value;
  if (stored instanceof Date) return stored.toISOString() === value;
  return JSON.stringify(stored) === JSON.stringify(value);
}

/** Adds a row, or changes one. A repeated request with the same key adds nothing. */
export async function saveRecord(ctx: HubContext, input: SaveRecordInput): Promise<Written> {
  const sent = sentRecord(input) ?? fail.badInput('input', 'exactly one kind of row is expected');
  const { entity, values } = sent;
  const { id } = input;
  if (typeof id === 'string') {
    await change(ctx, entity, id, values, input);
    return { entity, id };
  }
  const added = await once(ctx, input.idempotencyKey, 'saveRecord', input, () => add(ctx, entity, values, input));
  return { entity, id: added };
}

/** Takes a row out, and what hangs on it. */
export async function deleteRecord(ctx: HubContext, { entity, id, expectedVersion }: DeleteRecordInput): Promise<void> {
  const kind = kindOf(entity);
  if (kind.changeOnly) fail.badInput('input.entity', `a ${entity} is retired, not deleted`);
  const { db, row, owners } = await known(ctx, entity, id, expectedVersion);
  const write = await takeOut(ctx, db, entity, row);
  await touch(ctx, write, owners, { before: row, after: null });
}

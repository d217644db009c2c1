import { isDeepStrictEqual } from 'node:util';
import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { type KeptList, listAsItStands, putListBack, replaceList } from '../curation/kept-list.js';
import { placeOf, type PlaceAddress } from '../curation/place-part.js';
import { addressColumns, isTable, lists, loadedColumns, type TableName } from '../hsds/index.js';
import { indexServices } from '../search/index-services.js';
import type { ConflictDecision } from './conflict.types.js';

type Db = Kysely<unknown>;

/** What stood in a field, and what was put there: a value, a whole list, or an address with its point. */
interface Taken {
  before: unknown;
  after: unknown;
}

interface Conflict {
  id: string;
  sourceId: string;
  entity: TableName;
  entityId: string;
  field: string;
  owner: 'CURATOR' | 'AGENCY';
  theirs: string | null;
  ours: string | null;
  rows: unknown;
  decision: string | null;
  taken: Taken | null;
}

async function conflictOf(db: Db, id: string): Promise<Conflict> {
  const { rows } = await sql<Conflict>`
    select id, source_id as "sourceId", entity, entity_id as "entityId", field, owner, source_value as theirs, kept_value as ours,
      source_rows as rows, decision, taken
    from hub.import_conflict where id = ${id}::uuid for update`.execute(db);
  const found = rows[0] ?? fail.notFound('Conflict');
  if (!isTable(found.entity)) throw new Error(`A conflict in ${String(found.entity)}`);
  return found;
}

/** Decides a conflict: ours stays as it is; theirs is put in its place and is the source's to keep from then on. */
export async function settleConflict(ctx: HubContext, id: string, decision: ConflictDecision): Promise<void> {
  const db = (await ctx.db.em()).getKysely<unknown>();
  const open = await conflictOf(db, id);
  if (open.decision !== null) refuse('ALREADY_DECIDED', 'Someone has decided this already.');
  const taken = decision === 'TAKE_THEIRS' ? await takeTheirs(ctx, db, open) : null;
  await sql`update hub.import_conflict set decision = ${decision}, decided_at = ${ctx.clock.now().toISOString()}::timestamptz,
    decided_by = ${ctx.caller?.userId ?? null}::uuid, taken = ${taken && JSON.stringify(taken)}::jsonb, batch_id = null where id = ${id}::uuid`.execute(
    db,
  );
}

async function takeTheirs(ctx: HubContext, db: Db, open: Conflict): Promise<Taken> {
  const { entity, entityId, field } = open;
  const list = listOf(open);
  const before = await standing(ctx, db, open);
  if (list !== undefined) await replaceList(db, list, entityId, open.rows as KeptList['rows'], open.sourceId);
  else if (isAddress(open)) await replaceAddress(db, open);
  else await replaceValue(db, open, open.theirs);
  const taken = { before, after: await standing(ctx, db, open) };
  await sql`delete from hub.field_owner where entity = ${entity} and entity_id = ${entityId}::uuid and field = ${field}`.execute(
    db,
  );
  await writeHistory(ctx, db, open, { action: 'update', ...taken, previous: open.ours, replacement: open.theirs });
  await touch(ctx, db, open);
  return taken;
}

/** Takes a decision back: what stood there before stands there again, is ours again, and waits for a decision. */
export async function undoConflict(ctx: HubContext, id: string): Promise<void> {
  const db = (await ctx.db.em()).getKysely<unknown>();
  const settled = await conflictOf(db, id);
  const { decision, taken, entity, entityId, field, owner, theirs } = settled;
  if (decision !== 'KEEP_OURS' && !(decision === 'TAKE_THEIRS' && taken)) {
    refuse('CANNOT_UNDO', 'This change cannot be taken back. Correct the listing instead.');
  }
  if (taken) {
    if (!isSame(await standing(ctx, db, settled), taken.after)) {
      refuse('CHANGED_SINCE', 'It was changed again since. Take that back first.');
    }
    await putBack(db, settled, taken.before);
    const now = ctx.clock.now().toISOString();
    await sql`insert into hub.field_owner (entity, entity_id, field, owner, set_by, set_at, source_value)
      values (${entity}, ${entityId}::uuid, ${field}, ${owner}, ${ctx.caller?.userId ?? null}::uuid, ${now}::timestamptz, ${theirs})
      on conflict (entity_id, field, entity) do nothing`.execute(db);
    const back = { before: taken.after, after: taken.before };
    await writeHistory(ctx, db, settled, { action: 'undo', ...back, previous: theirs, replacement: settled.ours });
    await touch(ctx, db, settled);
  }
  // An import may have asked again since: then that one waits.
  await sql`update hub.import_conflict c set decision = null, decided_at = null, decided_by = null, taken = null where id = ${id}::uuid
    and not exists (select from hub.import_conflict k where k.entity = c.entity and k.entity_id = c.entity_id and k.field = c.field
      and k.decision is null)`.execute(db);
}

const listOf = ({ entity, field }: Conflict): TableName | undefined => {
  const list = Object.entries(lists).find(([, one]) => one.field === field && entity === 'service')?.[0];
  return list !== undefined && isTable(list) ? list : undefined;
};

const isAddress = ({ entity, field }: Conflict): boolean => field === 'address' && entity === 'service';

/** What stands in the field, as it can be put back. */
async function standing(ctx: HubContext, db: Db, conflict: Conflict): Promise<unknown> {
  const { entity, entityId, field } = conflict;
  const list = listOf(conflict);
  if (list !== undefined) return listAsItStands(db, list, entityId);
  if (isAddress(conflict)) return placeOf(await ctx.db.em(), entityId);
  checkColumn(conflict);
  const { rows } = await sql<{ value: unknown }>`
    select to_jsonb(t.${sql.ref(field)}) as value from ${sql.table(`hub.${entity}`)} t where t.id = ${entityId}::uuid`.execute(
    db,
  );
  return rows[0]?.value ?? null;
}

/** Whether what stands now is what was kept as JSON, in whatever order its parts are told. */
const isSame = (standing: unknown, kept: unknown): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(standing)), kept);

function checkColumn({ entity, field }: Conflict): void {
  if (!loadedColumns(entity).includes(field)) throw new Error(`A conflict in ${entity}.${field}`);
}

async function putBack(db: Db, conflict: Conflict, before: unknown): Promise<void> {
  const { entityId } = conflict;
  if (listOf(conflict) !== undefined) await putListBack(db, entityId, before as KeptList);
  else if (isAddress(conflict)) await putAddressBack(db, before as PlaceAddress | null);
  else await replaceValue(db, conflict, before);
}

async function replaceValue(db: Db, conflict: Conflict, value: unknown): Promise<void> {
  checkColumn(conflict);
  const { entity, entityId, field } = conflict;
  const column = sql.ref(field);
  // The text is what the database itself wrote of the value, so it reads it back; its type is the column's own.
  const given = JSON.stringify({ [field]: value });
  await sql`update ${sql.table(`hub.${entity}`)} t set ${column} = x.${column}
    from jsonb_populate_record(null::${sql.table(`hub.${entity}`)}, ${given}::jsonb) x where t.id = ${entityId}::uuid`.execute(
    db,
  );
}

async function replaceAddress(db: Db, { rows }: Conflict): Promise<void> {
  const [place] = rows as {
    location_id: string;
    latitude?: number | null;
    longitude?: number | null;
    address: { id: string };
  }[];
  if (!place) return;
  const sets = sql.join(addressColumns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`x.${name}`)}`));
  await sql`update hub.address t set ${sets} from jsonb_populate_record(null::hub.address, ${JSON.stringify(place.address)}::jsonb) x
    where t.id = ${place.address.id}::uuid`.execute(db);
  if (place.latitude === undefined) return;
  await putPoint(db, place.location_id, place.latitude, place.longitude ?? null);
}

async function putAddressBack(db: Db, place: PlaceAddress | null): Promise<void> {
  if (!place) return;
  await sql`update hub.address set address_1 = ${place.address1}, address_2 = ${place.address2}, city = ${place.city},
    state_province = ${place.stateProvince}, postal_code = ${place.postalCode} where id = ${place.addressId}::uuid`.execute(
    db,
  );
  await putPoint(db, place.locationId, place.latitude, place.longitude);
}

async function putPoint(db: Db, locationId: string, latitude: number | null, longitude: number | null): Promise<void> {
  await sql`update hub.location set latitude = ${latitude}, longitude = ${longitude} where id = ${locationId}::uuid`.execute(
    db,
  );
}

interface Line extends Taken {
  action: 'update' | 'undo';
  previous: string | null;
  replacement: string | null;
}

/** A line that can be taken back, like any other: beside its words it holds what stood there. */
async function writeHistory(ctx: HubContext, db: Db, conflict: Conflict, line: Line): Promise<void> {
  const { entity, entityId, field } = conflict;
  const by = ctx.caller ? (await organizationById(ctx, ctx.caller.organizationId))?.name : undefined;
  const now = ctx.clock.now().toISOString();
  // The history is public, and a place may have to become secret later.
  const [previous, replacement] = isAddress(conflict) ? ['', ''] : [line.previous ?? '', line.replacement ?? ''];
  const before = { v: line.before, ...(entity !== 'service' && { row: { [field]: line.before } }) };
  await sql`insert into hub.metadata (id, resource_id, resource_type, last_action_date, last_action_type, field_name, previous_value,
      replacement_value, updated_by, at, previous_data, replacement_data, via, by_user_id)
    values (${newId()}::uuid, ${entityId}::uuid, ${entity}, ${now.slice(0, 10)}::date, ${line.action}, ${field}, ${previous}, ${replacement},
      ${by ?? 'Unknown'}, ${now}::timestamptz, ${JSON.stringify(before)}::jsonb, ${JSON.stringify({ v: line.after })}::jsonb, 'CURATOR',
      ${ctx.caller?.userId ?? null}::uuid)`.execute(db);
}

/** Marks the services around as changed, and has the search look at them. */
async function touch(ctx: HubContext, db: Db, { entity, entityId }: Conflict): Promise<void> {
  const own: Readonly<Partial<Record<TableName, ReturnType<typeof sql>>>> = {
    service: sql`v.id = ${entityId}::uuid`,
    organization: sql`v.organization_id = ${entityId}::uuid`,
    location: sql`v.id in (select service_id from hub.service_at_location where location_id = ${entityId}::uuid)`,
    service_at_location: sql`v.id in (select service_id from hub.service_at_location where id = ${entityId}::uuid)`,
    address: sql`v.id in (select sal.service_id from hub.service_at_location sal join hub.address a on a.location_id = sal.location_id where a.id = ${entityId}::uuid)`,
  };
  const found =
    own[entity] ??
    (loadedColumns(entity).includes('service_id')
      ? sql`v.id in (select service_id from ${sql.table(`hub.${entity}`)} where id = ${entityId}::uuid)`
      : sql`false`);
  const { rows } = await sql<{
    id: string;
  }>`update hub.service v set last_modified = now(), updated_at = now(), version = version + 1
    where ${found} returning v.id`.execute(db);
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await enqueue(await ctx.db.em(), indexServices, { serviceIds: ids });
}

import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { addressColumns, isTable, lists, loadedColumns, type TableName } from '../hsds/index.js';
import { indexServices } from '../search/index-services.js';
import type { ConflictDecision } from './conflict.types.js';

interface Open {
  id: string;
  sourceId: string;
  entity: string;
  entityId: string;
  field: string;
  theirs: string | null;
  ours: string | null;
  rows: unknown;
}

/** Decides a conflict: ours stays as it is; theirs is put in its place and is the source's to keep from then on. */
export async function settleConflict(ctx: HubContext, id: string, decision: ConflictDecision): Promise<void> {
  const em = await ctx.db.em();
  const db = em.getKysely<unknown>();
  const { rows } = await sql<Open & { decided: boolean }>`
    select id, source_id as "sourceId", entity, entity_id as "entityId", field, source_value as theirs, kept_value as ours,
      source_rows as rows, decision is not null as decided
    from hub.import_conflict where id = ${id}::uuid for update`.execute(db);
  const [open] = rows;
  if (!open) return fail.notFound('Conflict');
  if (open.decided) refuse('ALREADY_DECIDED', 'Someone has decided this already.');
  if (decision === 'TAKE_THEIRS') await takeTheirs(ctx, db, open);
  await sql`update hub.import_conflict set decision = ${decision}, decided_at = ${ctx.clock.now().toISOString()}::timestamptz,
    decided_by = ${ctx.caller?.userId ?? null}::uuid where id = ${id}::uuid`.execute(db);
}

async function takeTheirs(ctx: HubContext, db: Kysely<unknown>, open: Open): Promise<void> {
  const { entity, entityId, field } = open;
  if (!isTable(entity)) throw new Error(`A conflict in ${entity}`);
  const list = Object.entries(lists).find(([, one]) => one.field === field && entity === 'service')?.[0];
  if (list !== undefined && isTable(list)) await replaceList(db, list, open);
  else if (field === 'address' && entity === 'service') await replaceAddress(db, open);
  else await replaceValue(db, entity, open);
  await sql`delete from hub.field_owner where entity = ${entity} and entity_id = ${entityId}::uuid and field = ${field}`.execute(
    db,
  );
  await writeHistory(ctx, db, open);
  const ids = await touched(db, open);
  if (ids.length > 0) await enqueue(await ctx.db.em(), indexServices, { serviceIds: ids });
}

async function replaceValue(db: Kysely<unknown>, entity: TableName, { entityId, field, theirs }: Open): Promise<void> {
  if (!loadedColumns(entity).includes(field)) throw new Error(`A conflict in ${entity}.${field}`);
  const column = sql.ref(field);
  // The text is what the database itself wrote of the value, so it reads it back; its type is the column's own.
  await sql`update ${sql.table(`hub.${entity}`)} t set ${column} = x.${column}
    from jsonb_populate_record(null::${sql.table(`hub.${entity}`)}, jsonb_build_object(${field}::text, ${theirs}::text)) x
    where t.id = ${entityId}::uuid`.execute(db);
}

async function replaceList(db: Kysely<unknown>, list: TableName, { entityId, sourceId, rows }: Open): Promise<void> {
  const table = sql.table(`hub.${list}`);
  const columns = sql.join(['id', 'source_key', ...loadedColumns(list)].map((name) => sql.ref(name)));
  await sql`delete from ${table} where service_id = ${entityId}::uuid`.execute(db);
  await sql`insert into ${table} (source_id, ${columns}) select ${sourceId}::uuid, ${columns}
    from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb) on conflict (id) do nothing`.execute(
    db,
  );
}

async function replaceAddress(db: Kysely<unknown>, { rows }: Open): Promise<void> {
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
  await sql`update hub.location set latitude = ${place.latitude}, longitude = ${place.longitude ?? null}
    where id = ${place.location_id}::uuid`.execute(db);
}

async function writeHistory(
  ctx: HubContext,
  db: Kysely<unknown>,
  { entity, entityId, field, ours, theirs }: Open,
): Promise<void> {
  const by = ctx.caller ? (await organizationById(ctx, ctx.caller.organizationId))?.name : undefined;
  const now = ctx.clock.now().toISOString();
  // The history is public, and a place may have to become secret later.
  const [previous, replacement] = field === 'address' ? ['', ''] : [ours ?? '', theirs ?? ''];
  await sql`insert into hub.metadata (id, resource_id, resource_type, last_action_date, last_action_type, field_name, previous_value,
      replacement_value, updated_by, at, via, by_user_id)
    values (${newId()}::uuid, ${entityId}::uuid, ${entity}, ${now.slice(0, 10)}::date, 'update', ${field}, ${previous}, ${replacement},
      ${by ?? 'Unknown'}, ${now}::timestamptz, 'CURATOR', ${ctx.caller?.userId ?? null}::uuid)`.execute(db);
}

/** Marks the services around as changed. */
async function touched(db: Kysely<unknown>, { entity, entityId }: Open): Promise<string[]> {
  const own: Readonly<Record<string, ReturnType<typeof sql>>> = {
    service: sql`v.id = ${entityId}::uuid`,
    organization: sql`v.organization_id = ${entityId}::uuid`,
    location: sql`v.id in (select service_id from hub.service_at_location where location_id = ${entityId}::uuid)`,
    service_at_location: sql`v.id in (select service_id from hub.service_at_location where id = ${entityId}::uuid)`,
    address: sql`v.id in (select sal.service_id from hub.service_at_location sal join hub.address a on a.location_id = sal.location_id where a.id = ${entityId}::uuid)`,
  };
  const found =
    own[entity] ??
    (isTable(entity) && loadedColumns(entity).includes('service_id')
      ? sql`v.id in (select service_id from ${sql.table(`hub.${entity}`)} where id = ${entityId}::uuid)`
      : sql`false`);
  const { rows } = await sql<{
    id: string;
  }>`update hub.service v set last_modified = now(), updated_at = now(), version = version + 1
    where ${found} returning v.id`.execute(db);
  return rows.map(({ id }) => id);
}

import type { ClientBase } from 'pg';
import type { EntityName } from '../model.js';
import type { Problem } from '../problems.js';
import { inClaimedList } from './owned-fields.js';
import { proposeToRetire } from './proposals.js';
import { incoming, listings, loadedColumns, orderOf, quote, stage } from './columns.js';
import { zoned } from './time-zones.js';

/** What became of the rows of a table. */
export interface EntityChange {
  created: number;
  updated: number;
  /** Rows whose id belongs to another source or was made in the hub; they stay as they are. */
  taken: number;
}

/** What every table's statements need to know of the run. */
export interface Run {
  client: ClientBase;
  runId: string;
  sourceId: string;
  sourceName: string;
  /** Nothing of this source has come in before. */
  fresh: boolean;
  dryRun: boolean;
}

/** Tables that count their versions, so that an editor sees that a row changed under him. */
const versioned: ReadonlySet<EntityName> = new Set<EntityName>(['organization', 'service']);
/** Tables whose changes go into the listing's history. */
const withHistory: ReadonlySet<EntityName> = new Set<EntityName>(['organization', 'service', 'location']);

/** What a column without a value begins with, where that is not nothing. */
const onCreate: Readonly<Record<string, string>> = {
  last_modified: 'coalesce(s.last_modified, now())',
  categories: `coalesce(s.categories, '{}')`,
  sensitivity: `coalesce(s.sensitivity, 'NONE')`,
};

/** A temporary table with the ids of all rows that were made, changed or removed. */
export async function createChanges(client: ClientBase): Promise<void> {
  await client.query(
    `create temp table import_change (entity text not null, id uuid not null, action text not null) on commit drop`,
  );
}

/** Brings one table up to date with its incoming rows. */
export async function upsert(run: Run, entity: EntityName): Promise<EntityChange> {
  const { client, sourceId, fresh } = run;
  const columns = loadedColumns(entity);
  const names = columns.map(quote).join(', ');
  const taken = await client.query(
    `delete from ${stage(entity)} s using hub.${entity} t where t.id = s.id and t.source_id is distinct from $1`,
    [sourceId],
  );
  const differs = `(${columns.map((c) => `t.${quote(c)}`).join(', ')}) is distinct from (${columns.map((c) => incoming(entity, c)).join(', ')})`;
  const changed = await client.query(
    `insert into import_change select $1, s.id, 'updated' from ${stage(entity)} s join hub.${entity} t using (id) where ${differs}`,
    [entity],
  );
  const updated = changed.rowCount ?? 0;
  if (updated > 0) {
    if (withHistory.has(entity)) await writeHistory(run, entity, columns);
    const version = versioned.has(entity) ? ', version = t.version + 1, updated_at = now()' : '';
    const sets = columns.map(
      (c) =>
        `${quote(c)} = ${c === 'last_modified' ? 'greatest(coalesce(s.last_modified, now()), t.last_modified)' : incoming(entity, c)}`,
    );
    await client.query(
      `update hub.${entity} t set ${sets.join(', ')}${version} from ${stage(entity)} s, import_change c
       where t.id = s.id and c.id = s.id and c.entity = $1 and c.action = 'updated'`,
      [entity],
    );
  }
  const values = columns.map((c) => onCreate[c] ?? `s.${quote(c)}`).join(', ');
  const zone = fresh ? zoned(entity) : undefined;
  // In the order of what they hang on: each row locks its parents, and half of the time was to find them here and there.
  const insert = `insert into hub.${entity} (id, source_id, source_key, ${names}${zone ? ', time_zone' : ''})
       select s.id, $1::uuid, s.source_key, ${values}${zone ? `, ${zone.value}` : ''} from ${stage(entity)} s ${zone?.join ?? ''}
       where not exists (select from hub.${entity} t where t.id = s.id) order by ${orderOf(entity)}`;
  // On a source's first import only these are asked for afterwards, and noting ids takes a fifth of the time.
  const noted = !fresh || entity === 'service' || entity === 'organization';
  const created = await client.query(
    noted
      ? `with made as (${insert} returning id) insert into import_change select '${entity}', id, 'created' from made`
      : insert,
    [sourceId],
  );
  return { created: created.rowCount ?? 0, updated, taken: taken.rowCount ?? 0 };
}

/** One row of metadata for each field that is about to change, as HSDS keeps it. */
async function writeHistory(
  { client, sourceName }: Run,
  entity: EntityName,
  columns: readonly string[],
): Promise<void> {
  for (const column of columns) {
    if (column === 'last_modified') continue;
    await client.query(
      `insert into hub.metadata (id, resource_id, resource_type, last_action_date, last_action_type, field_name,
         previous_value, replacement_value, updated_by)
       select gen_random_uuid(), t.id, $1, current_date, 'update', $2, coalesce(t.${quote(column)}::text, ''),
         coalesce((${incoming(entity, column)})::text, ''), $3
       from hub.${entity} t join ${stage(entity)} s using (id) join import_change c on c.id = t.id
       where c.entity = $1 and c.action = 'updated' and t.${quote(column)} is distinct from ${incoming(entity, column)}`,
      [entity, column, `import: ${sourceName}`],
    );
  }
}

/**
 * A link between a service and a location that exists under another id is used as it is: incoming rows that hang on it
 * are hung there.
 */
export async function adoptLinks({ client }: Run, staged: readonly EntityName[]): Promise<void> {
  const table = stage('service_at_location');
  const { rows } = await client.query<{ id: string; there: string }>(
    `delete from ${table} s using hub.service_at_location t
     where t.service_id = s.service_id and t.location_id = s.location_id and t.id <> s.id returning s.id, t.id as there`,
  );
  if (rows.length === 0) return;
  const [from, to] = [rows.map((row) => row.id), rows.map((row) => row.there)];
  for (const entity of staged) {
    if (!loadedColumns(entity).includes('service_at_location_id')) continue;
    await client.query(
      `update ${stage(entity)} s set service_at_location_id = m.there
       from unnest($1::uuid[], $2::uuid[]) m(id, there) where s.service_at_location_id = m.id`,
      [from, to],
    );
  }
}

export interface Gone {
  removed: number;
  /** Listings that the source no longer has, to be settled by a curator. */
  problems: Problem[];
}

/** Rows of this source that the package no longer holds: details of a listing go, listings themselves are proposals. */
export async function settleGone(run: Run, entity: EntityName, leftOut: readonly string[]): Promise<Gone> {
  const { client, sourceId } = run;
  const gone = `t.source_id = $1 and not exists (select from ${stage(entity)} s where s.id = t.id) and t.id <> all($2::uuid[])`;
  if (listings.has(entity)) return { removed: 0, problems: await proposeToRetire(run, entity, leftOut) };
  const claimed = inClaimedList(entity);
  const parents = loadedColumns(entity).filter((column) => touching.has(column));
  const { rows } = await client.query<{ removed: number }>(
    `with removed as (
       delete from hub.${entity} t where ${gone} ${claimed && `and not ${claimed}`}
         and not exists (select from hub.field_owner o where o.entity = '${entity}' and o.entity_id = t.id) returning t.*),
     noted as (insert into import_change
       select * from (${parents.map((column) => `select '${column}', ${column}, 'touched' from removed`).join(' union all ') || `select '', null::uuid, ''`}) x(entity, id, action)
       where id is not null)
     select count(*)::int as removed from removed`,
    [sourceId, leftOut],
  );
  return { removed: rows[0]?.removed ?? 0, problems: [] };
}

/** Columns by which a detail hangs on what the search shows. */
const touching = new Set(['service_id', 'location_id', 'service_at_location_id', 'link_id']);

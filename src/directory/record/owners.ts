import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { columnsOf, type EntityName, isEntity } from '../hsds/model.js';
import { linkedEntity, type RecordKind, type RecordName } from './record-kinds.js';

type Db = Kysely<unknown>;
export type StoredRow = Readonly<Record<string, unknown>> & { id: string };

/** Whose a row is, and whom a change of it concerns. */
export interface Owners {
  /** The service it hangs on alone; null for a row of an organization, a place or of all. */
  serviceId: string | null;
  organizationId: string | null;
  /** Services that show it, and are to be indexed and read anew. */
  touched: string[];
}

/** A row as it is kept, locked until the end. */
export async function storedRow(db: Db, entity: EntityName, id: string): Promise<StoredRow | undefined> {
  const { rows } = await sql<StoredRow>`
    select * from ${sql.table(`hub.${entity}`)} where id = ${id}::uuid for update`.execute(db);
  return rows[0];
}

const NEXT: Readonly<Record<string, EntityName>> = {
  contact_id: 'contact',
  phone_id: 'phone',
  service_at_location_id: 'service_at_location',
};

/** What a row hangs on in the end: it may be the language of the phone of somebody at a place. */
async function rootOf(
  db: Db,
  entity: EntityName,
  row: Readonly<Record<string, unknown>>,
): Promise<{ entity: EntityName; id: string } | undefined> {
  const isRoot = entity === 'service' || entity === 'organization' || entity === 'location';
  if (isRoot) return { entity, id: String(row['id']) };
  if (entity === 'attribute') {
    const linked = String(row['link_entity']);
    const above = isEntity(linked) ? await storedRow(db, linked, String(row['link_id'])) : undefined;
    return above && isEntity(linked) ? rootOf(db, linked, above) : undefined;
  }
  // The narrowest first: who works for a service stands below it, whatever organization pays them.
  for (const column of [
    'phone_id',
    'contact_id',
    'service_at_location_id',
    'service_id',
    'location_id',
    'organization_id',
  ]) {
    const id = row[column];
    if (typeof id !== 'string' || !columnsOf(entity).some(({ name }) => name === column)) continue;
    const next = NEXT[column];
    if (next === undefined) return { entity: linkedEntity(entity, column) ?? 'service', id };
    const above = await storedRow(db, next, id);
    if (above) return rootOf(db, next, above);
  }
  return undefined;
}

/** Services that show a row of a table that many share. */
const SHARED: Readonly<Partial<Record<EntityName, string>>> = {
  unit: 'select service_id as id from hub.service_capacity where unit_id = $id',
  taxonomy_term: `select link_id as id from hub.attribute where link_entity = 'service' and taxonomy_term_id = $id`,
  taxonomy: `select a.link_id as id from hub.attribute a join hub.taxonomy_term t on t.id = a.taxonomy_term_id where a.link_entity = 'service' and t.taxonomy_id = $id`,
};

async function ids(db: Db, text: string, id: string): Promise<string[]> {
  const [before = '', after = ''] = text.split('$id');
  const { rows } = await sql<{ id: string }>`
    select distinct x.id from (${sql.raw(before)} ${id}::uuid ${sql.raw(after)}) x where x.id is not null limit 10000`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** Whose a row is. */
export async function ownersOf(db: Db, entity: RecordName, row: Readonly<Record<string, unknown>>): Promise<Owners> {
  const shared = SHARED[entity];
  if (shared !== undefined) {
    return { serviceId: null, organizationId: null, touched: await ids(db, shared, String(row['id'])) };
  }
  const root = await rootOf(db, entity, row);
  if (root?.entity === 'service') {
    const service = await storedRow(db, 'service', root.id);
    if (!service) return fail.notFound('Service');
    return { serviceId: root.id, organizationId: String(service['organization_id']), touched: [root.id] };
  }
  if (root?.entity === 'organization') {
    const touched = await ids(db, 'select id from hub.service where organization_id = $id', root.id);
    return { serviceId: null, organizationId: root.id, touched };
  }
  if (root?.entity === 'location') {
    const location = await storedRow(db, 'location', root.id);
    const owner = location?.['organization_id'];
    const touched = await ids(
      db,
      'select service_id as id from hub.service_at_location where location_id = $id',
      root.id,
    );
    return { serviceId: null, organizationId: typeof owner === 'string' ? owner : null, touched };
  }
  return { serviceId: null, organizationId: null, touched: [] };
}

/** Curators write every row, an agency those of its own listings that are not a curator's alone. */
export function demandKeeper({ caller }: HubContext, kind: RecordKind, owners: Owners): void {
  if (!caller) return fail.unauthenticated();
  if (caller.permissions.has('directory.write')) return;
  const own = owners.organizationId !== null && owners.organizationId === caller.organizationId;
  if (kind.keeper === 'CURATORS' || !own || !caller.permissions.has('listing.write')) fail.forbidden();
}

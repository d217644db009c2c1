import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { type Change, dayOf, inHistory, loadListing, recordChanges, viaOf } from '../curation/change-listing.js';
import { claimFields } from '../curation/claim-fields.js';
import { hoursInWords } from '../curation/check-input.js';
import { columnsOf } from '../hsds/model.js';
import { partLists } from '../hsds/serialize/index.js';
import { indexServices } from '../search/index-services.js';
import type { Cells } from './check-values.js';
import type { Owners } from './owners.js';
import type { Along } from './hanging.js';
import { linkedEntity, type RecordName } from './record-kinds.js';

type Values = Readonly<Record<string, unknown>>;

interface Step {
  id: string;
  action: 'create' | 'update' | 'delete';
  before: Values;
  after: Values;
  /** What went or changed with a row that was taken out. */
  along?: Along;
}

/** A write of a row, as the history of the listing it hangs on names it. */
export interface Write {
  record: RecordName;
  id: string;
  at: string;
}

/** What a write takes to be taken back: the columns that changed, or the whole row that was taken out; null of a new one. */
function kept({ action, before, after }: Step): Values | null {
  if (action === 'create') return null;
  return action === 'delete'
    ? before
    : Object.fromEntries(Object.keys(after).map((name) => [name, before[name] ?? null]));
}

/** Where something is stands in no words of the history: a place may have to become secret later. */
const SILENT: ReadonlySet<RecordName> = new Set<RecordName>(['location', 'address', 'service_at_location']);

const said = (value: unknown): string =>
  value instanceof Date ? value.toISOString() : inHistory(value).slice(0, 10_000);

/** What programmes are called: a history tells people of them by their names. */
async function programNames(ctx: HubContext, ids: readonly unknown[]): Promise<ReadonlyMap<unknown, string>> {
  const known = ids.filter((id) => typeof id === 'string');
  if (known.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from hub.program where id = any (${known}::uuid[])`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** One row of metadata for each column that changed, as HSDS keeps it. */
export async function keepHistory(ctx: HubContext, entity: RecordName, step: Step): Promise<Write> {
  const { id, action, before, after, along } = step;
  const { caller } = ctx;
  if (!caller) return fail.unauthenticated();
  const silent = SILENT.has(entity);
  const columns = columnsOf(entity).map(({ name }) => name);
  const changed = columns.filter((name) =>
    action === 'update' ? name in after : said(before[name]) !== said(after[name]),
  );
  const now = ctx.clock.now();
  const write: Write = { record: entity, id, at: now.toISOString() };
  const names = entity === 'service' ? await programNames(ctx, [before['program_id'], after['program_id']]) : new Map();
  const rows = changed.map((name, n) => ({
    id: newId(),
    field: name,
    previous: silent ? '' : (names.get(before[name]) ?? said(before[name])),
    replacement: silent ? '' : (names.get(after[name]) ?? said(after[name])),
    previous_data: { v: before[name] ?? null, ...(n === 0 && { row: kept(step), ...along }) },
    replacement_data: { v: after[name] ?? null },
  }));
  if (rows.length === 0) return write;
  const by = (await organizationById(ctx, caller.organizationId))?.name ?? 'Unknown';
  await sql`insert into hub.metadata (id, resource_id, resource_type, last_action_date, last_action_type, field_name, previous_value, replacement_value,
      updated_by, at, previous_data, replacement_data, via, by_user_id)
    select x.id, ${id}::uuid, ${entity}, ${dayOf(now)}::date, ${action}, x.field, x.previous, x.replacement, ${by}, ${now.toISOString()}::timestamptz,
      x.previous_data, x.replacement_data, ${viaOf(ctx)}, ${caller.userId}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (id uuid, field text, previous text, replacement text, previous_data jsonb, replacement_data jsonb)`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  const claimed = changed.map((field) => ({ field, previous: said(before[field]) }));
  await claimFields(ctx, entity, id, claimed);
  return write;
}

/** A row in a few words, for the history of the listing it hangs on. */
function inWords(entity: RecordName, row: Values | Cells | null): string {
  // Nor who works there, nor the number of one of its places.
  if (row === null || SILENT.has(entity) || entity === 'contact' || typeof row['service_id'] !== 'string') return '';
  if (entity === 'schedule') {
    const { byday, opens_at: opensAt, closes_at: closesAt } = row as Record<string, string | null>;
    const hours = { byday: byday ?? '', opensAt: opensAt ?? '', closesAt: closesAt ?? '' };
    if (opensAt || closesAt) return hoursInWords([hours]);
  }
  const columns = columnsOf(entity).filter(({ name, kind }) => !linkedEntity(entity, name) && kind !== 'any');
  const words = columns.map(({ name }) => said(row[name])).filter((word) => word !== '');
  return words.join(', ').slice(0, 500);
}

/** By the name of the service's list, as its history has it; what hangs deeper by the name of its table. */
export function listChange(write: Write, before: Values | Cells | null, after: Values | Cells | null): Change {
  const entity = write.record;
  const own = typeof (after ?? before)?.['service_id'] === 'string';
  const field = own ? partLists('service').find((part) => part.entity === entity)?.name : undefined;
  const words = { previous: inWords(entity, before), replacement: inWords(entity, after) };
  return { field: field ?? entity, ...words, before: write, after: write };
}

/**
 * What a change of a row means for the listings that show it: the service's own history, field and freshness where it
 * hangs on one service; else all services that show it count as changed. The search looks at them again.
 */
export async function touch(
  ctx: HubContext,
  write: Write,
  { serviceId, organizationId, touched }: Owners,
  { before, after }: { before: Values | Cells | null; after: Values | Cells | null },
): Promise<void> {
  const entity = write.record;
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  if (serviceId !== null) {
    const service = await loadListing(ctx, serviceId, 'correct');
    // Its own columns stand in its history already.
    const changes = entity === 'service' ? [] : [listChange(write, before, after)];
    await recordChanges(ctx, service, 'update', changes);
    return;
  }
  const at = now.toISOString();
  const db = em.getKysely<unknown>();
  if (
    organizationId !== null &&
    (entity === 'organization' || typeof (after ?? before)?.['organization_id'] === 'string')
  ) {
    await sql`update hub.organization set updated_at = ${at}::timestamptz, version = version + 1 where id = ${organizationId}::uuid`.execute(
      db,
    );
  }
  if (touched.length === 0) return;
  await sql`update hub.service set last_modified = ${at}::timestamptz, updated_at = ${at}::timestamptz, version = version + 1
    where id = any (${touched}::uuid[])`.execute(db);
  for (let from = 0; from < touched.length; from += 500) {
    await enqueue(em, indexServices, { serviceIds: touched.slice(from, from + 500) });
  }
}

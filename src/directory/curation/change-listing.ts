import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { load, type HubContext } from '../../access/index.js';
import { organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { dayIn, isoDate } from '../calendar-day.js';
import { groupOf, type FieldGroup } from '../field-groups.js';
import { indexServices } from '../search/index-services.js';
import { zoneOf } from '../service/hours.js';
import { Service } from '../service/service.entity.js';
import { assure, type AssuredVia } from '../verification/assure.js';
import { claimFields } from './claim-fields.js';
import { ListingChange } from './records.js';

/** A field of a listing before and after, as text, and as it can be put back. */
export interface Change {
  /** In HSDS's spelling. */
  field: string;
  previous: string;
  replacement: string;
  /** In the table's own form; left out where it cannot be undone. */
  before?: unknown;
  after?: unknown;
}

export type ChangeKind = 'create' | 'update' | 'verify' | 'retire' | 'capacity' | 'undo' | 'merge';

/** A listing to be changed: kept from others until the end, and only as the caller knew it. */
export async function loadListing(
  ctx: HubContext,
  id: string,
  action: string,
  expectedVersion?: number,
): Promise<Service> {
  const service = await load(ctx, Service, id, action, { lock: LockMode.PESSIMISTIC_WRITE, what: 'Service' });
  if (expectedVersion !== undefined && service.version !== expectedVersion) fail.conflict();
  return service;
}

/** How a value stands in the history: empty for nothing, lists joined, all else as JSON or text. */
export function inHistory(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

/** The day of an instant in UTC, YYYY-MM-DD. */
export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

/** By whose word the caller speaks: an agency's link, a curator, or the agency itself. */
export function viaOf({ caller }: Pick<HubContext, 'caller'>): AssuredVia {
  if (caller?.via === 'LINK') return 'LINK';
  return caller?.permissions.has('directory.write') ? 'CURATOR' : 'AGENCY';
}

/** Today in the listing's own time zone. */
export async function todayAt(ctx: HubContext, service: Service): Promise<string> {
  return isoDate(dayIn(await zoneOf(ctx, service), ctx.clock.now()));
}

interface Recorded {
  /** Groups of fields that were confirmed as they stand, beside those that were changed. */
  confirmed?: readonly FieldGroup[];
  /** The change that this one takes back. */
  undoes?: string;
}

/**
 * Writes down what was changed of a listing, claims the changed fields for who changed them (an import leaves them
 * alone from then on), takes what was said as known from today, marks the listing as changed, and has the search look
 * at it again. Returns the lines of the history.
 */
export async function recordChanges(
  ctx: HubContext,
  service: Service,
  kind: ChangeKind,
  changes: readonly Change[],
  { confirmed = [], undoes }: Recorded = {},
): Promise<string[]> {
  const em = await ctx.db.em();
  const { caller } = ctx;
  if (!caller) return fail.unauthenticated();
  const now = ctx.clock.now();
  const via = viaOf(ctx);
  const by = (await organizationById(ctx, caller.organizationId))?.name ?? 'Unknown';
  const lines = changes.map(({ field, previous, replacement, before, after }) =>
    em.create(ListingChange, {
      id: newId(),
      resourceId: service.id,
      resourceType: 'service',
      lastActionDate: dayOf(now),
      lastActionType: kind,
      fieldName: field,
      previousValue: previous,
      replacementValue: replacement,
      updatedBy: by,
      at: now,
      previousData: before === undefined ? null : { v: before },
      replacementData: after === undefined ? null : { v: after },
      via: kind === 'merge' ? 'MERGE' : via,
      byUserId: caller.userId,
      undoes: undoes ?? null,
    }),
  );
  service.lastModified = now;
  service.updatedAt = now;
  const said = kind === 'undo' || kind === 'merge' ? [] : changes.map(({ field }) => groupOf(field));
  const groups = [...new Set([...confirmed, ...said.filter((group) => group !== undefined)])];
  if (kind !== 'create' && groups.length > 0) {
    const days = ctx.platform.config.verifyDays;
    await assure(em, service, groups, { by, via, on: await todayAt(ctx, service), days });
  }
  await em.flush();
  if (kind !== 'verify' && kind !== 'capacity') await claimFields(ctx, 'service', service.id, changes);
  const unveiled = changes.some(({ field }) => field === 'sensitivity');
  await enqueue(em, indexServices, { serviceIds: unveiled ? await listingsOf(em, service) : [service.id] });
  return lines.map(({ id }) => id);
}

/** All listings of its agency: where one gives refuge, the door of the others is withheld too. */
async function listingsOf(em: EntityManager, { organizationId }: Service): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from hub.service where organization_id = ${organizationId}::uuid`.execute(em.getKysely<unknown>());
  return rows.map(({ id }) => id);
}

import type { EntityManager } from '@mikro-orm/postgresql';
import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { Phone } from '../detail/contact.entities.js';
import { mainNumber } from '../detail/phone-order.js';
import { Schedule } from '../detail/schedule.entity.js';
import { groupOf } from '../field-groups.js';
import { listChange, type Write } from '../record/history.js';
import { storedRow } from '../record/owners.js';
import { checkLinked, putColumns } from '../record/put-columns.js';
import { undoRecord } from '../record/undo-record.js';
import type { Service } from '../service/service.entity.js';
import { assurances, forgetAssurance, restoreAssurances, type AssuranceRow } from '../verification/assure.js';
import { canBeUndone, COLUMNS, rowColumns, writeOf } from './can-be-undone.js';
import { inHistory, loadListing, recordChanges, viaOf, type Change } from './change-listing.js';
import { hoursInWords } from './check-input.js';
import type { UndoChangeInput } from './curation.inputs.js';
import { isSensitiveField } from './listing-fields.js';
import { type KeptList, keptList, putListBack } from './kept-list.js';
import { moveTo, placeOf, type PlaceAddress } from './place-part.js';
import { ListingChange } from './records.js';
import { restoreCount } from './say-room.js';

function putColumn(service: Service, line: ListingChange): Change {
  const column = COLUMNS[line.fieldName as keyof typeof COLUMNS];
  const before: unknown = service[column] ?? null;
  const after: unknown = line.previousData ? line.previousData.v : line.previousValue || null;
  Object.assign(service, { [column]: after });
  return { field: line.fieldName, previous: inHistory(before), replacement: inHistory(after), before, after };
}

/** A column that saveRecord writes. */
async function putRowColumn(
  em: EntityManager,
  service: Service,
  { fieldName, previousData }: ListingChange,
): Promise<Change> {
  const db = em.getKysely<unknown>();
  const before = (await storedRow(db, 'service', service.id))?.[fieldName] ?? null;
  const after = previousData?.v ?? null;
  await checkLinked(db, 'service', { [fieldName]: after });
  await putColumns(db, 'service', service.id, { [fieldName]: after });
  return { field: fieldName, previous: inHistory(before), replacement: inHistory(after), before, after };
}

/** A row that hangs on the listing, as it was before the write that the line tells of. */
async function putRow(ctx: HubContext, fieldName: string, { record, id, at }: Write): Promise<Change> {
  const { write, before, after } = await undoRecord(ctx, record, id, at);
  return { ...listChange(write, before, after), field: fieldName };
}

async function putHours(em: EntityManager, service: Service, rows: Partial<Schedule>[]): Promise<Change> {
  const old = await em.find(Schedule, { serviceId: service.id }, { orderBy: { id: 'asc' } });
  for (const row of old) em.remove(row);
  const made = rows.map((row) => em.create(Schedule, { ...row, id: newId(), serviceId: service.id }));
  return {
    field: 'schedules',
    previous: hoursInWords(old),
    replacement: hoursInWords(made),
    before: old.map((row) => ({ ...row })),
    after: made.map((row) => ({ ...row })),
  };
}

/** A list that was replaced as a whole, as where a source's was taken over. */
async function putList(em: EntityManager, service: Service, line: ListingChange, list: KeptList): Promise<Change> {
  const before = await putListBack(em.getKysely<unknown>(), service.id, list);
  return {
    field: line.fieldName,
    previous: line.replacementValue,
    replacement: line.previousValue,
    before,
    after: list,
  };
}

/** The number that was changed: it need not be the first one, and others stay as they are. */
async function putPhone(em: EntityManager, service: Service, kept: Partial<Phone> | null): Promise<Change> {
  const phones = await em.find(Phone, { serviceId: service.id }, { orderBy: { id: 'asc' } });
  const first = kept ? phones.find(({ id }) => id === kept.id) : mainNumber(phones);
  const before = first ? { ...first } : null;
  const previous = first?.number ?? '';
  if (!kept) {
    if (first) em.remove(first);
  } else if (first) {
    const { number = '', extension = null, callable = null } = kept;
    Object.assign(first, { number, extension, callable });
  } else em.create(Phone, { number: '', ...kept, id: newId(), serviceId: service.id });
  return { field: 'phones', previous, replacement: kept?.number ?? '', before, after: kept };
}

async function putAddress(em: EntityManager, service: Service, kept: PlaceAddress | null): Promise<Change> {
  if (!kept?.addressId) return refuse('CANNOT_UNDO', 'There was no address before. Correct it instead.');
  const before = await placeOf(em, service.id);
  const { address1, address2, city, stateProvince, postalCode, latitude, longitude } = kept;
  const after = await moveTo(em, service, { address1, address2, city, stateProvince, postalCode, latitude, longitude });
  return { field: 'address', previous: '', replacement: '', before, after };
}

function putRoom(
  service: Service,
  kept: { status: Service['capacityStatus']; note: string | null; at: string | null },
): Change {
  const previous = service.capacityStatus ?? '';
  const before = {
    status: service.capacityStatus ?? null,
    note: service.capacityNote ?? null,
    at: service.capacityUpdatedAt?.toISOString() ?? null,
  };
  service.capacityStatus = kept.status ?? null;
  service.capacityNote = kept.note;
  service.capacityUpdatedAt = kept.at === null ? null : new Date(kept.at);
  return { field: 'capacity_status', previous, replacement: kept.status ?? '', before, after: kept };
}

interface KeptAssurance {
  assuredDate: string | null;
  nextVerificationOn: string | null;
  groups: AssuranceRow[];
}

const isAssurance = (kept: unknown): kept is KeptAssurance => typeof kept === 'object' && kept !== null;

/** A day that was taken from a source stands for itself: who confirmed what, and when it is due, stays. */
async function onlyThatDay(em: EntityManager, service: Service, assuredDate: string | null): Promise<KeptAssurance> {
  return {
    assuredDate,
    nextVerificationOn: service.nextVerificationOn ?? null,
    groups: await assurances(em, service.id),
  };
}

async function putAssurance(em: EntityManager, service: Service, kept: KeptAssurance): Promise<Change> {
  const previous = service.assuredDate ?? '';
  const before: KeptAssurance = {
    assuredDate: service.assuredDate ?? null,
    nextVerificationOn: service.nextVerificationOn ?? null,
    groups: await assurances(em, service.id),
  };
  service.assuredDate = kept.assuredDate;
  service.nextVerificationOn = kept.nextVerificationOn;
  await restoreAssurances(em, service.id, kept.groups);
  return { field: 'assured_date', previous, replacement: kept.assuredDate ?? '', before, after: null };
}

/** Puts back what a line of the history says stood there before. */
export async function putBack(ctx: HubContext, service: Service, line: ListingChange): Promise<Change> {
  const em = await ctx.db.em();
  const write = writeOf(line);
  if (write) return putRow(ctx, line.fieldName, write);
  const list = keptList(line.previousData);
  if (list) return putList(em, service, line, list);
  if (rowColumns.has(line.fieldName)) return putRowColumn(em, service, line);
  const kept = line.previousData?.v as never;
  switch (line.fieldName) {
    case 'schedules':
      return putHours(em, service, kept);
    case 'phones':
      return putPhone(em, service, kept);
    case 'address':
      return putAddress(em, service, kept);
    case 'capacity_status':
      return putRoom(service, kept);
    case 'assured_date':
      return putAssurance(em, service, isAssurance(kept) ? kept : await onlyThatDay(em, service, kept));
    case 'capacities':
      await restoreCount(ctx, service.id, kept);
      return {
        field: 'capacities',
        previous: line.replacementValue,
        replacement: line.previousValue,
        before: line.replacementData?.v ?? [],
        after: kept,
      };
    default:
      return putColumn(service, line);
  }
}

/**
 * Takes one change of a listing back: what stood there before stands there again. It is a change of its own, which can
 * be taken back in turn. The caller has seen the listing as it is: its version says so.
 */
export async function undoChange(ctx: HubContext, input: UndoChangeInput): Promise<string> {
  const em = await ctx.db.em();
  const line = await em.findOne(ListingChange, { id: input.changeId, resourceType: 'service' });
  if (!line) return fail.notFound('Change');
  const service = await loadListing(ctx, line.resourceId, 'correct', input.expectedVersion);
  if (!canBeUndone(line)) refuse('CANNOT_UNDO', 'This change cannot be taken back. Correct the listing instead.');
  const curatorsOnly = isSensitiveField(line.fieldName) || line.fieldName === 'status';
  if (curatorsOnly && viaOf(ctx) !== 'CURATOR') {
    refuse('NEEDS_CURATOR', 'Only the curators of the directory can take this back.');
  }
  const change = await putBack(ctx, service, line);
  const group = groupOf(line.fieldName);
  if (group) await forgetAssurance(em, service, group, ctx.platform.config.verifyDays);
  await recordChanges(ctx, service, 'undo', [change], { undoes: line.id });
  return service.id;
}

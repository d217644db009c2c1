import type { EntityManager } from '@mikro-orm/postgresql';
import { LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { load, type HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { loadListing, recordChanges, type Change } from '../curation/change-listing.js';
import { ListingChange } from '../curation/records.js';
import { putBack } from '../curation/undo-change.js';
import type { Service } from '../service/service.entity.js';
import { countComplaints } from '../suggestion/count-complaints.js';
import { ListingMerge } from './duplicate.entity.js';
import type { MergeListingsInput, UnmergeListingsInput } from './duplicate.inputs.js';
import { takeFields } from './take-fields.js';

/** The kept listing is given at the places of the other too, but for doors that it has. Copies: an import may own the rows. */
async function copySites(em: EntityManager, keptId: string, mergedId: string): Promise<string[]> {
  const { rows } = await sql<{ location_id: string }>`select distinct on (m.location_id) m.location_id
    from hub.service_at_location m where m.service_id = ${mergedId}::uuid and not exists (
      select from hub.service_at_location k left join hub.address ka on ka.location_id = k.location_id
      left join hub.address ma on ma.location_id = m.location_id
      where k.service_id = ${keptId}::uuid and (k.location_id = m.location_id or (left(ka.postal_code, 5) = left(ma.postal_code, 5)
        and hub.street_words(ka.address_1) = hub.street_words(ma.address_1))))`.execute(em.getKysely<unknown>());
  const copies = rows.map((row) => ({ id: newId(), location: row.location_id }));
  await sql`insert into hub.service_at_location (id, service_id, location_id)
    select x.id, ${keptId}::uuid, x.location from json_to_recordset(${JSON.stringify(copies)}::json) as x (id uuid, location uuid)`.execute(
    em.getKysely<unknown>(),
  );
  return copies.map(({ id }) => id);
}

/** The later word on room counts for both. */
function takeRoom(kept: Service, merged: Service): Change[] {
  const [own, other] = [kept.capacityUpdatedAt?.getTime() ?? 0, merged.capacityUpdatedAt?.getTime() ?? 0];
  if (other <= own) return [];
  const before = {
    status: kept.capacityStatus ?? null,
    note: kept.capacityNote ?? null,
    at: kept.capacityUpdatedAt?.toISOString() ?? null,
  };
  kept.capacityStatus = merged.capacityStatus ?? null;
  kept.capacityNote = merged.capacityNote ?? null;
  kept.capacityUpdatedAt = merged.capacityUpdatedAt ?? null;
  return [
    {
      field: 'capacity_status',
      previous: before.status ?? '',
      replacement: kept.capacityStatus ?? '',
      before,
      after: null,
    },
  ];
}

function checkPair(kept: Service, merged: Service): void {
  if (kept.id === merged.id) refuse('SAME_LISTING', 'These are one listing already.', 'mergeId');
  if (kept.mergedInto || merged.mergedInto) refuse('ALREADY_MERGED', 'One of them was merged already.', 'mergeId');
  // A secret place must not come to stand in a listing that shows its places, nor the other way round.
  if ((kept.sensitivity === 'INTIMATE_PARTNER_VIOLENCE') !== (merged.sensitivity === 'INTIMATE_PARTNER_VIOLENCE')) {
    refuse('ONE_IS_SECRET', 'One of them has a place that must stay secret. Make both secret first.', 'mergeId');
  }
}

/**
 * Makes one listing of two. The row of the one that goes stays: referrals and links keep their id and are answered by
 * the other; its places, its later word on room and the fields that were chosen go over.
 */
export async function mergeListings(ctx: HubContext, input: MergeListingsInput): Promise<ListingMerge> {
  const { keepId, mergeId } = input;
  // Always in one order, so that two curators who merge the same pair never wait for one another in a circle.
  const versions = new Map([
    [keepId, input.keepVersion],
    [mergeId, input.mergeVersion],
  ]);
  const locked = new Map<string, Service>();
  for (const id of [...versions.keys()].toSorted()) {
    locked.set(id, await loadListing(ctx, id, 'merge', versions.get(id)));
  }
  const [kept, merged] = [locked.get(keepId), locked.get(mergeId)];
  if (!kept || !merged) return refuse('SAME_LISTING', 'These are one listing already.', 'mergeId');
  checkPair(kept, merged);
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  const taken = [...(await takeFields(em, kept, merged, input.take ?? [])), ...takeRoom(kept, merged)];
  const copiedSites = await copySites(em, kept.id, merged.id);
  const { rows } = await sql<{ id: string }>`update hub.service set merged_into = ${kept.id}::uuid
    where merged_into = ${merged.id}::uuid returning id`.execute(em.getKysely<unknown>());
  const previousStatus = merged.status;
  merged.mergedInto = kept.id;
  merged.status = 'defunct';
  const into = { field: 'merged_into', previous: '', replacement: kept.id };
  const status = { field: 'status', previous: previousStatus, replacement: 'defunct' };
  await recordChanges(ctx, merged, 'merge', [into, status]);
  const changes = await recordChanges(ctx, kept, 'merge', [
    ...taken,
    { field: 'merged_from', previous: '', replacement: merged.name },
  ]);
  await moveReports(em, merged.id, kept);
  const merge = em.create(ListingMerge, {
    id: newId(),
    keptId: kept.id,
    mergedId: merged.id,
    at: now,
    byUserId: ctx.caller?.userId ?? null,
    previousStatus,
    copiedSites,
    repointed: rows.map(({ id }) => id),
    changes,
  });
  await em.flush();
  await decidePair(ctx, kept.id, merged.id, 'MERGED');
  return merge;
}

/** Open suggestions go over to the kept listing, but for signals that it has had itself. */
async function moveReports(em: EntityManager, from: string, to: Service): Promise<void> {
  await sql`update hub.suggestion g set service_id = ${to.id}::uuid, organization_id = ${to.organizationId}::uuid
    where g.service_id = ${from}::uuid and g.status = 'OPEN' and not exists (select from hub.suggestion o
      where o.service_id = ${to.id}::uuid and o.status = 'OPEN' and o.signal = g.signal)`.execute(
    em.getKysely<unknown>(),
  );
  await countComplaints(em, to.id);
}

export async function decidePair(
  ctx: HubContext,
  one: string,
  other: string,
  status: 'MERGED' | 'DIFFERENT' | 'OPEN',
): Promise<void> {
  const [a, b] = [one, other].toSorted();
  const decided = status === 'OPEN' ? null : ctx.clock.now().toISOString();
  await sql`update hub.duplicate_candidate set status = ${status}, decided_at = ${decided}::timestamptz,
      decided_by = ${status === 'OPEN' ? null : (ctx.caller?.userId ?? null)}::uuid, version = version + 1
    where service_a = ${a}::uuid and service_b = ${b}::uuid`.execute((await ctx.db.em()).getKysely<unknown>());
}

/** Takes a merge back: what went over returns, but for fields that were changed again since. */
export async function unmergeListings(ctx: HubContext, input: UnmergeListingsInput): Promise<ListingMerge> {
  const merge = await load(ctx, ListingMerge, input.mergeId, 'undo', {
    lock: LockMode.PESSIMISTIC_WRITE,
    what: 'Merge',
  });
  if (merge.undoneAt) refuse('ALREADY_UNDONE', 'This merge was taken back already.');
  const locked = new Map<string, Service>();
  for (const id of [merge.keptId, merge.mergedId].toSorted()) locked.set(id, await loadListing(ctx, id, 'merge'));
  const [kept, merged] = [locked.get(merge.keptId), locked.get(merge.mergedId)];
  if (!kept || !merged) return refuse('CANNOT_UNDO', 'This merge cannot be taken back.');
  if (merged.mergedInto !== kept.id) refuse('CANNOT_UNDO', 'Take back the later merge first.');
  const em = await ctx.db.em();
  const db = em.getKysely<unknown>();
  await sql`delete from hub.service_at_location where id = any (${merge.copiedSites}::uuid[])`.execute(db);
  await sql`update hub.service set merged_into = ${merged.id}::uuid where id = any (${merge.repointed}::uuid[])
    and merged_into = ${kept.id}::uuid`.execute(db);
  merged.mergedInto = null;
  merged.status = merge.previousStatus as Service['status'];
  await recordChanges(ctx, kept, 'undo', await putBackTaken(ctx, kept, merge));
  await recordChanges(ctx, merged, 'undo', [
    { field: 'merged_into', previous: kept.id, replacement: '' },
    { field: 'status', previous: 'defunct', replacement: merged.status },
  ]);
  merge.undoneAt = ctx.clock.now();
  merge.undoneBy = ctx.caller?.userId ?? null;
  await em.flush();
  await decidePair(ctx, kept.id, merged.id, 'OPEN');
  return merge;
}

async function putBackTaken(ctx: HubContext, kept: Service, merge: ListingMerge): Promise<Change[]> {
  const em = await ctx.db.em();
  const lines = await em.find(ListingChange, { id: { $in: merge.changes }, previousData: { $ne: null } });
  const back: Change[] = [];
  for (const line of lines) {
    const later = await em.count(ListingChange, {
      resourceId: kept.id,
      fieldName: line.fieldName,
      at: { $gt: line.at },
    });
    if (later === 0) back.push(await putBack(ctx, kept, line));
  }
  return back;
}

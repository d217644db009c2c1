import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Refusal, refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { retireService } from '../curation/keep-service.js';
import { undoChange } from '../curation/undo-change.js';
import { touch } from '../record/history.js';
import { storedRow } from '../record/owners.js';
import { isRecord } from '../record/record-kinds.js';
import { takeOut } from '../record/take-out.js';
import { undoRecord } from '../record/undo-record.js';
import { indexServices } from '../search/index-services.js';
import { AT_ONCE } from './decided-together.types.js';
import { nextDecided, nextOpen, previewOf, type Proposed } from './retire.queries.js';
import type { RetireDecision, SettleRetireProposalsInput, UndoRetireBatchInput } from './retire.types.js';

type Db = Kysely<unknown>;

/** Decides what becomes of a listing that its source no longer has. Answers by what it can be taken back. */
export async function settleProposal(ctx: HubContext, id: string, decision: RetireDecision): Promise<string> {
  const db = (await ctx.db.em()).getKysely<unknown>();
  const { rows } = await sql<Proposed>`
    select p.id, p.entity, p.entity_id as "entityId", s.name as source, p.decision
    from hub.retire_proposal p join hub.import_source s on s.id = p.source_id where p.id = ${id}::uuid for update of p`.execute(
    db,
  );
  const [open] = rows;
  if (!open) return fail.notFound('Proposal');
  if (open.decision !== null) refuse('ALREADY_DECIDED', 'Someone has decided this already.');
  const batchId = newId();
  if (decision === 'RETIRE') await retire(ctx, open);
  await decided(ctx, db, [open.id], decision, batchId);
  return batchId;
}

async function decided(
  ctx: HubContext,
  db: Db,
  ids: readonly string[],
  decision: RetireDecision,
  batchId: string,
): Promise<void> {
  await sql`update hub.retire_proposal set decision = ${decision}, decided_at = ${ctx.clock.now().toISOString()}::timestamptz,
    decided_by = ${ctx.caller?.userId ?? null}::uuid, batch_id = ${batchId}::uuid where id = any (${[...ids]}::uuid[])`.execute(
    db,
  );
}

interface Step {
  batch: string;
  done: number;
  left: number;
  next: string | null;
}

/** Decides the next of many. What others still need stays as it is, and waits. */
export async function settleProposals(ctx: HubContext, input: SettleRetireProposalsInput): Promise<Step> {
  const { filter, decision, expected } = input;
  const db = (await ctx.db.em()).getKysely<unknown>();
  // A source may have been imported since: what nobody has seen is not decided along.
  if (!input.batchId && (await previewOf(db, filter)).total > expected) {
    refuse('CHANGED_SINCE', 'More has come in since you looked. Look again.');
  }
  const batchId = input.batchId ?? newId();
  const found = await nextOpen(db, filter, input.after ?? null, AT_ONCE);
  const done: string[] = [];
  for (const one of found) {
    if (decision === 'KEEP' || (await unlessRefused(() => retire(ctx, one)))) done.push(one.id);
  }
  if (done.length > 0) await decided(ctx, db, done, decision, batchId);
  return { batch: batchId, done: done.length, left: found.length - done.length, next: nextOf(found) };
}

/** Takes the next of a batch back, the last decided first, so that what others hang on is there before them. */
export async function undoBatch(ctx: HubContext, input: UndoRetireBatchInput): Promise<Step> {
  const db = (await ctx.db.em()).getKysely<unknown>();
  const { batchId } = input;
  const found = await nextDecided(db, batchId, input.after ?? null, AT_ONCE);
  const done: string[] = [];
  for (const one of found) {
    if (one.decision === 'KEEP' || (await unlessRefused(() => bringBack(ctx, db, one)))) done.push(one.id);
  }
  if (done.length > 0) {
    await sql`update hub.retire_proposal p set decision = null, decided_at = null, decided_by = null, batch_id = null
      where id = any (${done}::uuid[]) and not exists (select from hub.retire_proposal k
        where k.entity_id = p.entity_id and k.entity = p.entity and k.decision is null)`.execute(db);
  }
  return { batch: batchId, done: done.length, left: found.length - done.length, next: nextOf(found) };
}

const nextOf = (found: readonly Proposed[]): string | null =>
  found.length < AT_ONCE ? null : (found.at(-1)?.id ?? null);

/** Whether it was done. Who refuses does so before anything is written. */
async function unlessRefused(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function retire(ctx: HubContext, { entity, entityId, source }: Proposed): Promise<void> {
  const em = await ctx.db.em();
  const db = em.getKysely<unknown>();
  if (entity === 'service') {
    const expectedVersion = await versionOf(db, entityId);
    if (expectedVersion === undefined) return;
    await retireService(ctx, { id: entityId, expectedVersion, reason: `No longer listed by ${source}.` });
    return;
  }
  const services = await around(db, entity, entityId);
  if (entity === 'organization') await setRetired(ctx, db, entityId, true);
  else {
    // HSDS knows no state for these: they go, and with them what hangs on them, to be brought back by who removed them.
    if (!isRecord(entity)) throw new Error(`A proposal in ${entity}`);
    const row = await storedRow(db, entity, entityId);
    if (!row) return;
    await takeOut(ctx, db, entity, row);
  }
  await changed(ctx, db, services);
}

/** Undoes what {@link retire} did. */
async function bringBack(ctx: HubContext, db: Db, { entity, entityId }: Proposed): Promise<void> {
  if (entity === 'service') {
    const { rows } = await sql<{
      id: string;
    }>`select m.id from hub.metadata m join hub.service v on v.id = m.resource_id
      where m.resource_type = 'service' and m.resource_id = ${entityId}::uuid and m.last_action_type = 'retire' and m.field_name = 'status'
        and v.status = 'defunct' order by m.at desc limit 1`.execute(db);
    const expectedVersion = await versionOf(db, entityId);
    // It is offered again by other hands already.
    if (!rows[0] || expectedVersion === undefined) return;
    await undoChange(ctx, { changeId: rows[0].id, expectedVersion });
  } else if (entity === 'organization') {
    await setRetired(ctx, db, entityId, false);
    await changed(ctx, db, await around(db, entity, entityId));
  } else {
    if (!isRecord(entity)) throw new Error(`A proposal in ${entity}`);
    if (await storedRow(db, entity, entityId)) return;
    const { write, owners, before, after } = await undoRecord(ctx, entity, entityId);
    await touch(ctx, write, owners, { before, after });
  }
}

async function versionOf(db: Db, serviceId: string): Promise<number | undefined> {
  const { rows } = await sql<{
    version: number;
  }>`select version from hub.service where id = ${serviceId}::uuid`.execute(db);
  return rows[0]?.version;
}

/** The services that show it. */
async function around(db: Db, entity: string, id: string): Promise<string[]> {
  const where =
    entity === 'organization'
      ? sql`organization_id = ${id}::uuid`
      : entity === 'program'
        ? sql`program_id = ${id}::uuid`
        : entity === 'location'
          ? sql`id in (select service_id from hub.service_at_location where location_id = ${id}::uuid)`
          : entity === 'service_at_location'
            ? sql`id in (select service_id from hub.service_at_location where id = ${id}::uuid)`
            : sql`id in (select link_id from hub.attribute where taxonomy_term_id = ${id}::uuid)`;
  const { rows } = await sql<{ id: string }>`select id from hub.service where ${where}`.execute(db);
  return rows.map((row) => row.id);
}

async function changed(ctx: HubContext, db: Db, serviceIds: string[]): Promise<void> {
  if (serviceIds.length === 0) return;
  await sql`update hub.service set last_modified = now(), updated_at = now(), version = version + 1
    where id = any (${serviceIds}::uuid[])`.execute(db);
  await enqueue(await ctx.db.em(), indexServices, { serviceIds });
}

/** An agency leaves the directory or comes back, with a line in its history. */
async function setRetired(ctx: HubContext, db: Db, organizationId: string, retired: boolean): Promise<void> {
  const by = ctx.caller ? (await organizationById(ctx, ctx.caller.organizationId))?.name : undefined;
  const now = ctx.clock.now().toISOString();
  const [action, before, after] = retired ? ['retire', 'active', 'defunct'] : ['undo', 'defunct', 'active'];
  await sql`update hub.organization set retired_at = ${retired ? now : null}::timestamptz, version = version + 1,
    updated_at = ${now}::timestamptz where id = ${organizationId}::uuid`.execute(db);
  await sql`insert into hub.metadata (id, resource_id, resource_type, last_action_date, last_action_type, field_name, previous_value,
      replacement_value, updated_by, at, via, by_user_id)
    values (${newId()}::uuid, ${organizationId}::uuid, 'organization', ${now.slice(0, 10)}::date, ${action}, 'status', ${before}, ${after},
      ${by ?? 'Unknown'}, ${now}::timestamptz, 'CURATOR', ${ctx.caller?.userId ?? null}::uuid)`.execute(db);
}

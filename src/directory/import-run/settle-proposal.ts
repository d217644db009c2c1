import { sql, type Kysely } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { retireService } from '../curation/keep-service.js';
import { storedRow } from '../record/owners.js';
import { isRecord } from '../record/record-kinds.js';
import { takeOut } from '../record/take-out.js';
import { indexServices } from '../search/index-services.js';
import type { RetireDecision } from './conflict.types.js';

interface Open {
  entity: string;
  entityId: string;
  source: string;
  decided: boolean;
}

/** Decides what becomes of a listing that its source no longer has. */
export async function settleProposal(ctx: HubContext, id: string, decision: RetireDecision): Promise<void> {
  const db = (await ctx.db.em()).getKysely<unknown>();
  const { rows } = await sql<Open>`
    select p.entity, p.entity_id as "entityId", s.name as source, p.decision is not null as decided
    from hub.retire_proposal p join hub.import_source s on s.id = p.source_id where p.id = ${id}::uuid for update of p`.execute(
    db,
  );
  const [open] = rows;
  if (!open) return fail.notFound('Proposal');
  if (open.decided) refuse('ALREADY_DECIDED', 'Someone has decided this already.');
  if (decision === 'RETIRE') await retire(ctx, open);
  await sql`update hub.retire_proposal set decision = ${decision}, decided_at = ${ctx.clock.now().toISOString()}::timestamptz,
    decided_by = ${ctx.caller?.userId ?? null}::uuid where id = ${id}::uuid`.execute(db);
}

async function retire(ctx: HubContext, { entity, entityId, source }: Open): Promise<void> {
  const em = await ctx.db.em();
  const db = em.getKysely<unknown>();
  if (entity === 'service') {
    const { rows } = await sql<{
      version: number;
    }>`select version from hub.service where id = ${entityId}::uuid`.execute(db);
    const expectedVersion = rows[0]?.version ?? fail.notFound('Service');
    await retireService(ctx, { id: entityId, expectedVersion, reason: `No longer listed by ${source}.` });
    return;
  }
  const now = ctx.clock.now().toISOString();
  const around =
    entity === 'organization'
      ? sql`organization_id = ${entityId}::uuid`
      : entity === 'program'
        ? sql`program_id = ${entityId}::uuid`
        : entity === 'location'
          ? sql`id in (select service_id from hub.service_at_location where location_id = ${entityId}::uuid)`
          : entity === 'service_at_location'
            ? sql`id in (select service_id from hub.service_at_location where id = ${entityId}::uuid)`
            : sql`id in (select link_id from hub.attribute where taxonomy_term_id = ${entityId}::uuid)`;
  const { rows: services } = await sql<{ id: string }>`select id from hub.service where ${around}`.execute(db);
  if (entity === 'organization') {
    await sql`update hub.organization set retired_at = ${now}::timestamptz, version = version + 1, updated_at = ${now}::timestamptz
      where id = ${entityId}::uuid`.execute(db);
    await noteRetired(ctx, db, entityId);
  } else {
    // HSDS knows no state for these: they go, and with them what hangs on them, to be brought back by who removed them.
    if (!isRecord(entity)) throw new Error(`A proposal in ${entity}`);
    const row = await storedRow(db, entity, entityId);
    if (!row) return;
    await takeOut(ctx, db, entity, row);
  }
  const ids = services.map((service) => service.id);
  if (ids.length > 0) {
    await sql`update hub.service set last_modified = now(), updated_at = now(), version = version + 1 where id = any (${ids}::uuid[])`.execute(
      db,
    );
    await enqueue(em, indexServices, { serviceIds: ids });
  }
}

/** An agency that left the directory, in its history. */
async function noteRetired(ctx: HubContext, db: Kysely<unknown>, organizationId: string): Promise<void> {
  const by = ctx.caller ? (await organizationById(ctx, ctx.caller.organizationId))?.name : undefined;
  const now = ctx.clock.now().toISOString();
  await sql`insert into hub.metadata (id, resource_id, resource_type, last_action_date, last_action_type, field_name, previous_value,
      replacement_value, updated_by, at, via, by_user_id)
    values (${newId()}::uuid, ${organizationId}::uuid, 'organization', ${now.slice(0, 10)}::date, 'retire', 'status', 'active', 'defunct',
      ${by ?? 'Unknown'}, ${now}::timestamptz, 'CURATOR', ${ctx.caller?.userId ?? null}::uuid)`.execute(db);
}

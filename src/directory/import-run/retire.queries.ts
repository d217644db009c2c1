import { type Kysely, type RawBuilder, sql } from 'kysely';
import { toDate } from '../../platform/database/rows.js';
import type { RetireBatch, RetireDecision, RetireFilter, RetirePreview } from './retire.types.js';

type Db = Kysely<unknown>;

/** Those whose agency keeps them here: the source's word is not the last one. `p` is the proposal. */
export const keptByAgency = sql<boolean>`(case p.entity
  when 'service' then exists (select from hub.service v join hub.organization o on o.id = v.organization_id
    where v.id = p.entity_id and o.claimed_at is not null)
  when 'organization' then exists (select from hub.organization o where o.id = p.entity_id and o.claimed_at is not null)
  else false end)`;

/** What is taken out first: what hangs on others before them. */
const RANKS = [
  'service_at_location',
  'service',
  'location',
  'program',
  'organization',
  'taxonomy_term',
  'taxonomy',
  'unit',
];
const rankOf = sql<number>`array_position(${RANKS}::text[], p.entity)`;

/** The condition of a filter over proposals `p` and sources `s`. */
export function matches({ source, entity, text }: RetireFilter): RawBuilder<boolean> {
  const parts = [
    sql<boolean>`p.decision is null`,
    ...(source ? [sql<boolean>`s.name = ${source}`] : []),
    ...(entity ? [sql<boolean>`p.entity = ${entity}`] : []),
    ...(text?.trim() ? [sql<boolean>`position(lower(${text.trim()}) in lower(p.name)) > 0`] : []),
  ];
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

export async function previewOf(db: Db, filter: RetireFilter): Promise<RetirePreview> {
  const { rows: sources } = await sql<{ name: string }>`select s.name from hub.import_source s
    where exists (select from hub.retire_proposal p where p.source_id = s.id and p.decision is null) order by s.name`.execute(
    db,
  );
  const { rows } = await sql<{ entity: string; count: number; kept: number }>`
    select p.entity, count(*) filter (where not ${keptByAgency})::int as count, count(*) filter (where ${keptByAgency})::int as kept
    from hub.retire_proposal p join hub.import_source s on s.id = p.source_id where ${matches(filter)}
    group by p.entity order by ${rankOf}`.execute(db);
  const kinds = rows.filter(({ count }) => count > 0).map(({ entity, count }) => ({ entity, count }));
  return {
    sources: sources.map(({ name }) => name),
    kinds,
    total: kinds.reduce((sum, { count }) => sum + count, 0),
    keptByAgency: rows.reduce((sum, { kept }) => sum + kept, 0),
    services: kinds.find(({ entity }) => entity === 'service')?.count ?? 0,
  };
}

export interface Proposed {
  id: string;
  entity: string;
  entityId: string;
  source: string;
  decision: RetireDecision | null;
}

const columns = sql`p.id, p.entity, p.entity_id as "entityId", s.name as source, p.decision`;

/** The next that can be decided together, after one of them. */
export async function nextOpen(db: Db, filter: RetireFilter, after: string | null, most: number): Promise<Proposed[]> {
  const from = after
    ? sql`and (${rankOf}, p.id) > (select ${rankOf}, p.id from hub.retire_proposal p where p.id = ${after}::uuid)`
    : sql``;
  const { rows } = await sql<Proposed>`select ${columns}
    from hub.retire_proposal p join hub.import_source s on s.id = p.source_id
    where ${matches(filter)} and not ${keptByAgency} ${from} order by ${rankOf}, p.id limit ${most} for update of p`.execute(
    db,
  );
  return rows;
}

/** The next of a batch to be taken back, in the order opposite to that in which they were decided. */
export async function nextDecided(db: Db, batchId: string, after: string | null, most: number): Promise<Proposed[]> {
  const from = after
    ? sql`and (${rankOf}, p.id) < (select ${rankOf}, p.id from hub.retire_proposal p where p.id = ${after}::uuid)`
    : sql``;
  const { rows } = await sql<Proposed>`select ${columns}
    from hub.retire_proposal p join hub.import_source s on s.id = p.source_id
    where p.batch_id = ${batchId}::uuid and p.decision in ('RETIRE', 'KEEP') and p.returned_at is null ${from}
    order by ${rankOf} desc, p.id desc limit ${most} for update of p`.execute(db);
  return rows;
}

/** The latest decisions of several at once that still stand, of the days in which somebody may want them back. */
export async function latestBatches(db: Db, since: Date, most: number): Promise<RetireBatch[]> {
  const { rows } = await sql<{ id: string; decision: RetireDecision; count: number; at: string }>`
    select batch_id as id, min(decision) as decision, count(*)::int as count, max(decided_at) as at
    from hub.retire_proposal
    where batch_id is not null and decided_at > ${since.toISOString()}::timestamptz and decision in ('RETIRE', 'KEEP') and returned_at is null
    group by batch_id having count(*) > 1 order by max(decided_at) desc, batch_id desc limit ${most}`.execute(db);
  return rows.map(({ at, ...batch }) => ({ ...batch, decidedAt: toDate(at) }));
}

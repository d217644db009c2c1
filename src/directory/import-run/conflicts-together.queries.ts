import { type Kysely, type RawBuilder, sql } from 'kysely';
import { toDate } from '../../platform/database/rows.js';
import type { ConflictBatch, ConflictFilter, ConflictPreview } from './conflicts-together.types.js';
import type { ConflictDecision } from './conflict.types.js';
import { calledBy } from './decisions.queries.js';
import { AT_ONCE, BATCHES } from './decided-together.types.js';

type Db = Kysely<unknown>;

/** The condition of a filter over open conflicts `c` and sources `s`. */
export function conflictMatches({ source, field, text }: ConflictFilter): RawBuilder<boolean> {
  const parts = [
    sql<boolean>`c.decision is null`,
    ...(source ? [sql<boolean>`s.name = ${source}`] : []),
    ...(field ? [sql<boolean>`c.field = ${field}`] : []),
    ...(text?.trim()
      ? [sql<boolean>`position(lower(${text.trim()}) in lower(${calledBy('c.entity', 'c.entity_id')})) > 0`]
      : []),
  ];
  return sql<boolean>`(${sql.join(parts, sql` and `)})`;
}

const from = sql`hub.import_conflict c join hub.import_source s on s.id = c.source_id`;

export async function conflictPreview(db: Db, filter: ConflictFilter): Promise<ConflictPreview> {
  const { rows: sources } = await sql<{ name: string }>`select s.name from hub.import_source s
    where exists (select from hub.import_conflict c where c.source_id = s.id and c.decision is null) order by s.name`.execute(
    db,
  );
  const { rows } = await sql<{ field: string; count: number; agency: number }>`
    select c.field, count(*) filter (where c.owner <> 'AGENCY')::int as count, count(*) filter (where c.owner = 'AGENCY')::int as agency
    from ${from} where ${conflictMatches(filter)} group by c.field order by 2 desc, c.field`.execute(db);
  const { rows: entries } = await sql<{ count: number }>`select count(distinct c.entity_id)::int as count
    from ${from} where ${conflictMatches(filter)} and c.owner <> 'AGENCY'`.execute(db);
  return {
    sources: sources.map(({ name }) => name),
    fields: rows.filter(({ count }) => count > 0).map(({ field, count }) => ({ field, count })),
    total: rows.reduce((sum, { count }) => sum + count, 0),
    setByAgency: rows.reduce((sum, { agency }) => sum + agency, 0),
    entries: entries[0]?.count ?? 0,
  };
}

const ids = async (found: Promise<{ rows: { id: string }[] }>): Promise<string[]> =>
  (await found).rows.map(({ id }) => id);

/** The next that can be decided together, after one of them. */
export const nextDiffering = (db: Db, filter: ConflictFilter, after: string | null): Promise<string[]> =>
  ids(
    sql<{ id: string }>`select c.id from ${from} where ${conflictMatches(filter)} and c.owner <> 'AGENCY'
      ${after ? sql`and c.id > ${after}::uuid` : sql``} order by c.id limit ${AT_ONCE} for update of c`.execute(db),
  );

/** The next of a batch to be taken back. */
export const nextSettled = (db: Db, batchId: string, after: string | null): Promise<string[]> =>
  ids(
    sql<{ id: string }>`select c.id from hub.import_conflict c
      where c.batch_id = ${batchId}::uuid and c.decision in ('KEEP_OURS', 'TAKE_THEIRS')
      ${after ? sql`and c.id > ${after}::uuid` : sql``} order by c.id limit ${AT_ONCE} for update of c`.execute(db),
  );

/** The latest decisions of several at once that still stand, of the days in which somebody may want them back. */
export async function conflictBatches(db: Db, since: Date): Promise<ConflictBatch[]> {
  const { rows } = await sql<{ id: string; decision: ConflictDecision; count: number; at: string }>`
    select batch_id as id, min(decision) as decision, count(*)::int as count, max(decided_at) as at from hub.import_conflict
    where batch_id is not null and decided_at > ${since.toISOString()}::timestamptz and decision in ('KEEP_OURS', 'TAKE_THEIRS')
    group by batch_id having count(*) > 1 order by max(decided_at) desc, batch_id desc limit ${BATCHES}`.execute(db);
  return rows.map(({ at, ...batch }) => ({ ...batch, decidedAt: toDate(at) }));
}

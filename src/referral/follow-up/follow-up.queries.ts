import { sql, type SqlBool } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import type { Connection, PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import type { FollowUp, FollowUpKind, FollowUpResult } from './follow-up.entity.js';

interface FollowUpRecord {
  id: string;
  care_org_id: string;
  patient_id: string;
  referral_id: string | null;
  off_platform_id: string | null;
  kind: FollowUpKind;
  due_on: string;
  assigned_to: string | null;
  note: string | null;
  made_by: string;
  made_at: string;
  done_at: string | null;
  done_by: string | null;
  result: FollowUpResult | null;
  result_note: string | null;
  version: number;
}

const COLUMNS = [
  'id',
  'care_org_id',
  'patient_id',
  'referral_id',
  'off_platform_id',
  'kind',
  'due_on',
  'assigned_to',
  'note',
  'made_by',
  'made_at',
  'done_at',
  'done_by',
  'result',
  'result_note',
  'version',
] as const satisfies readonly (keyof FollowUpRecord)[];

/** A follow-up as lists carry it. */
export type FollowUpRow = Omit<Pick<FollowUp, keyof FollowUp>, symbol>;

const toFollowUp = (row: FollowUpRecord): FollowUpRow => ({
  id: row.id,
  careOrgId: row.care_org_id,
  patientId: row.patient_id,
  referralId: row.referral_id,
  offPlatformId: row.off_platform_id,
  kind: row.kind,
  dueOn: row.due_on,
  assignedToId: row.assigned_to,
  note: row.note,
  madeBy: row.made_by,
  madeAt: toDate(row.made_at),
  doneAt: toDateOrNull(row.done_at),
  doneBy: row.done_by,
  result: row.result,
  resultNote: row.result_note,
  version: row.version,
});

export interface OpenFollowUps {
  /** Only those of this person. */
  userId: string | undefined;
  /** Only those due by this day. */
  dueBy: string | undefined;
}

async function openOnes(ctx: HubContext, orgId: string, { userId, dueBy }: OpenFollowUps) {
  let query = (await ctx.db.em())
    .getKysely<{ 'hub.follow_up': FollowUpRecord }>()
    .selectFrom('hub.follow_up')
    .where('care_org_id', '=', orgId)
    .where('done_at', 'is', null)
    // Nobody calls somebody who has died, or their family, to ask how it went.
    .where(
      sql<SqlBool>`(kind <> 'CHECK_IN' or exists (select from hub.patient p where p.id = hub.follow_up.patient_id and p.status <> 'DECEASED'))`,
    );
  if (userId !== undefined) query = query.where('assigned_to', '=', userId);
  if (dueBy !== undefined) query = query.where(sql<SqlBool>`due_on <= ${dueBy}::date`);
  return query;
}

/** What is still to be done, the earliest day first. */
export async function followUpPage(
  ctx: HubContext,
  orgId: string,
  which: OpenFollowUps,
  page: PageArgs,
): Promise<Connection<FollowUpRow>> {
  const query = (await openOnes(ctx, orgId, which)).select(COLUMNS);
  const order = [
    { by: 'due_on', type: 'date' as const },
    { by: 'id', type: 'uuid' as const },
  ];
  return keysetPage(query, order, page, toFollowUp);
}

/** How much is due. */
export async function countFollowUps(ctx: HubContext, orgId: string, which: OpenFollowUps): Promise<number> {
  const query = (await openOnes(ctx, orgId, which)).select(sql<number>`count(*)::int`.as('count'));
  return (await query.executeTakeFirstOrThrow()).count;
}

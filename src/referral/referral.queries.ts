import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { HubContext } from '../access/index.js';
import type { Connection, PageArgs } from '../platform/graphql/connection.js';
import { keysetPage } from '../platform/graphql/keyset.js';
import { INBOX, SENT, type Queue } from './queues.js';
import type { AgencyQueue, SentQueue } from './referral.enums.js';
import { REFERRAL_COLUMNS, toReferral, type ReferralRecord, type ReferralRow } from './referral.row.js';

export interface ReferralTables {
  'hub.referral': ReferralRecord;
}

export async function tables(ctx: HubContext): Promise<Kysely<ReferralTables>> {
  return (await ctx.db.em()).getKysely<ReferralTables>();
}

/** The rows of an organization on one side; a queue narrows them. */
async function rowsOf(ctx: HubContext, side: 'from_org_id' | 'to_org_id', orgId: string, queue: Queue) {
  return (await tables(ctx))
    .selectFrom('hub.referral')
    .select(REFERRAL_COLUMNS)
    .where(side, '=', orgId)
    .where(queue.rows(ctx.clock.now().toISOString(), orgId));
}

/** What an agency received. */
export async function inboxPage(
  ctx: HubContext,
  orgId: string,
  name: AgencyQueue,
  page: PageArgs,
): Promise<Connection<ReferralRow>> {
  const queue = INBOX[name];
  return keysetPage(await rowsOf(ctx, 'to_org_id', orgId, queue), queue.order, page, toReferral);
}

export interface SentFilter {
  queue: SentQueue;
  patientId?: string | null | undefined;
  /** Only what this person sent. */
  sentBy?: string | undefined;
  /** Only what this person sent, and what is about the patients they look after. */
  deskOf?: string | undefined;
}

function onDesk(userId: string, orgId: string): RawBuilder<SqlBool> {
  return sql`(sent_by = ${userId} or patient_id in (select a.patient_id from hub.assignment a
    where a.care_org_id = ${orgId} and a.user_id = ${userId} and a.ends_at is null))`;
}

/** What a care organization sent. */
export async function sentPage(
  ctx: HubContext,
  orgId: string,
  filter: SentFilter,
  page: PageArgs,
): Promise<Connection<ReferralRow>> {
  const queue = SENT[filter.queue];
  let query = await rowsOf(ctx, 'from_org_id', orgId, queue);
  if (filter.patientId) query = query.where('patient_id', '=', filter.patientId);
  if (filter.sentBy !== undefined) query = query.where('sent_by', '=', filter.sentBy);
  if (filter.deskOf !== undefined) query = query.where(onDesk(filter.deskOf, orgId));
  return keysetPage(query, queue.order, page, toReferral);
}

type Counts<N extends string> = Record<N, number>;

/** How much lies in several queues: one statement, and each queue counted along an index of its own. */
async function counted<N extends string>(
  ctx: HubContext,
  queues: Record<N, Queue>,
  orgId: string,
  rows: RawBuilder<SqlBool>,
): Promise<Counts<N>> {
  const now = ctx.clock.now().toISOString();
  const counts = (Object.keys(queues) as N[]).map(
    (name) =>
      sql`(select count(*) from hub.referral where ${rows} and (${queues[name].rows(now, orgId)}))::int as ${sql.id(name)}`,
  );
  const found = await sql<Counts<N>>`select ${sql.join(counts)}`.execute(await tables(ctx));
  const [row] = found.rows;
  if (!row) throw new Error('A count gives one row');
  return row;
}

export type InboxNumbers = Counts<'new' | 'overdue' | 'waiting' | 'inWork'>;

/** How much lies in each open queue of an agency. */
export function inboxNumbers(ctx: HubContext, orgId: string): Promise<InboxNumbers> {
  const queues = { new: INBOX.NEW, overdue: INBOX.OVERDUE, waiting: INBOX.WAITING, inWork: INBOX.IN_WORK };
  return counted(ctx, queues, orgId, sql`to_org_id = ${orgId}`);
}

export type DeskNumbers = Counts<'overdue' | 'toConfirm' | 'toDecide' | 'declined'>;

/** How much waits on the desk of a person, or of the whole care organization. */
export function deskNumbers(ctx: HubContext, orgId: string, userId?: string): Promise<DeskNumbers> {
  const queues = { overdue: SENT.STUCK, toConfirm: SENT.TO_CONFIRM, toDecide: SENT.TO_DECIDE, declined: SENT.DECLINED };
  const own = sql<SqlBool>`from_org_id = ${orgId}`;
  return counted(ctx, queues, orgId, userId === undefined ? own : sql`${own} and ${onDesk(userId, orgId)}`);
}

import { sql, type Kysely, type SelectQueryBuilder } from 'kysely';
import type { HubContext } from '../access/context.js';
import type { Connection, PageArgs } from '../platform/graphql/connection.js';
import { keysetPage, type OrderBy } from '../platform/graphql/keyset.js';
import type { AgencyQueue, SentQueue } from './referral.enums.js';
import { REFERRAL_COLUMNS, toReferral, type ReferralRecord, type ReferralRow } from './referral.row.js';

export interface ReferralTables {
  'hub.referral': ReferralRecord;
}
type Query = SelectQueryBuilder<ReferralTables, 'hub.referral', ReferralRecord>;

/** Oldest clock first: who has waited longest past the due hour stands on top. */
const BY_CLOCK: readonly OrderBy[] = [
  { by: 'answer_due_at', type: 'timestamptz', nulls: 'last' },
  { by: 'id', type: 'uuid' },
];
const BY_RECENT: readonly OrderBy[] = [
  { by: 'sent_at', type: 'timestamptz', direction: 'desc', nulls: 'last' },
  { by: 'id', type: 'uuid', direction: 'desc' },
];

export async function tables(ctx: HubContext): Promise<Kysely<ReferralTables>> {
  return (await ctx.db.em()).getKysely<ReferralTables>();
}

/** The rows of a queue. Each names its statuses, so that the index on (organization, status, due) is walked. */
function inQueue(query: Query, queue: AgencyQueue, now: string): Query {
  switch (queue) {
    case 'NEW':
      return query.where('status', '=', 'REQUESTED');
    case 'OVERDUE':
      return query.where('status', '=', 'REQUESTED').where('answer_due_at', '<', now);
    case 'WAITING':
      return query.where('status', '=', 'ON_HOLD');
    case 'IN_WORK':
      return query.where('status', 'in', ['ACCEPTED', 'IN_PROGRESS']);
    case 'DONE':
      return query.where('status', 'in', ['COMPLETED', 'FAILED', 'REJECTED', 'CANCELLED']);
    case 'ALL':
      return query.where('status', 'not in', ['DRAFT', 'ENTERED_IN_ERROR']);
  }
}

/** What an agency received. */
export async function inboxPage(
  ctx: HubContext,
  orgId: string,
  queue: AgencyQueue,
  page: PageArgs,
): Promise<Connection<ReferralRow>> {
  const query = (await tables(ctx)).selectFrom('hub.referral').select(REFERRAL_COLUMNS).where('to_org_id', '=', orgId);
  const order = queue === 'DONE' || queue === 'ALL' ? BY_RECENT : BY_CLOCK;
  return keysetPage(inQueue(query, queue, ctx.clock.now().toISOString()), order, page, toReferral);
}

export interface InboxNumbers {
  new: number;
  overdue: number;
  waiting: number;
  inWork: number;
}

/** How much lies in each open queue of an agency: one pass over its open rows. */
export async function inboxNumbers(ctx: HubContext, orgId: string): Promise<InboxNumbers> {
  const now = ctx.clock.now().toISOString();
  const row = await (
    await tables(ctx)
  )
    .selectFrom('hub.referral')
    .select([
      sql<number>`(count(*) filter (where status = 'REQUESTED'))::int`.as('new'),
      sql<number>`(count(*) filter (where status = 'REQUESTED' and answer_due_at < ${now}))::int`.as('overdue'),
      sql<number>`(count(*) filter (where status = 'ON_HOLD'))::int`.as('waiting'),
      sql<number>`(count(*) filter (where status in ('ACCEPTED', 'IN_PROGRESS')))::int`.as('inWork'),
    ])
    .where('to_org_id', '=', orgId)
    .where('status', 'in', ['REQUESTED', 'ON_HOLD', 'ACCEPTED', 'IN_PROGRESS'])
    .executeTakeFirstOrThrow();
  return row;
}

function inSentQueue(query: Query, queue: SentQueue, now: string): Query {
  switch (queue) {
    case 'STUCK':
      return query.where('status', '=', 'REQUESTED').where('answer_due_at', '<', now);
    case 'OPEN':
      return query.where('status', 'in', ['DRAFT', 'REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD']);
    case 'DECLINED':
      return query.where('status', 'in', ['REJECTED', 'FAILED']);
    case 'TO_CONFIRM':
      return query.where('status', '=', 'COMPLETED').where('patient_confirmation', 'is', null);
    case 'CLOSED':
      return query.where('status', 'in', ['COMPLETED', 'FAILED', 'REJECTED', 'CANCELLED']);
    case 'ALL':
      return query;
  }
}

export interface SentFilter {
  queue: SentQueue;
  patientId?: string | null;
  sentBy?: string | null;
}

/** What a care organization sent. */
export async function sentPage(
  ctx: HubContext,
  orgId: string,
  filter: SentFilter,
  page: PageArgs,
): Promise<Connection<ReferralRow>> {
  let query = (await tables(ctx)).selectFrom('hub.referral').select(REFERRAL_COLUMNS).where('from_org_id', '=', orgId);
  if (filter.patientId) query = query.where('patient_id', '=', filter.patientId);
  if (filter.sentBy) query = query.where('sent_by', '=', filter.sentBy);
  const order = filter.queue === 'STUCK' || filter.queue === 'OPEN' ? BY_CLOCK : BY_RECENT;
  return keysetPage(inSentQueue(query, filter.queue, ctx.clock.now().toISOString()), order, page, toReferral);
}

/** The first rows of a sent queue, for the desk; at most 100. */
export async function firstSent(
  ctx: HubContext,
  orgId: string,
  queue: SentQueue,
  size: number,
): Promise<ReferralRow[]> {
  const page = await sentPage(ctx, orgId, { queue }, { first: size });
  return page.edges.map((edge) => edge.node);
}

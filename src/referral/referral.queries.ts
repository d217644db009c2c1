import type { GraphQLResolveInfo } from 'graphql';
import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { HubContext } from '../access/index.js';
import { nowhere, unseen, type PlaceOf } from '../platform/database/compile.js';
import type { Connection, PageArgs } from '../platform/graphql/connection.js';
import { keptPage } from '../platform/graphql/keyset.js';
import { fieldsAt } from '../platform/graphql/selection.js';
import { columnsFor } from './referral.columns.js';
import { columnsBeside, keepBeside, namedAt, type Named } from './referral.lines.js';
import { INBOX, SENT, type Queue } from './queues.js';
import type { AgencyQueue, SentQueue } from './referral.enums.js';
import { toReferral, type ReferralRecord, type ReferralRow } from './referral.row.js';

type Column = keyof ReferralRecord;

export interface ReferralTables {
  'hub.referral': ReferralRecord;
}

export async function tables(ctx: HubContext): Promise<Kysely<ReferralTables>> {
  return (await ctx.db.em()).getKysely<ReferralTables>();
}

/** What the audit says of each line of a page. */
const AUDITED = ['patient_id', 'from_org_id'] as const;

/** What of a page of referrals will be seen: the fields of its lines, what they name, and whether its cursors are. */
export interface Shown {
  fields: ReadonlySet<string>;
  named: readonly Named[];
  cursors: boolean;
}

/** What a query for a connection of referrals shows. */
export function shownIn(info: GraphQLResolveInfo): Shown {
  const ends = fieldsAt(info, 'pageInfo');
  const cursors = ends.has('startCursor') || ends.has('endCursor') || fieldsAt(info, 'edges').has('cursor');
  return { fields: fieldsAt(info, 'edges', 'node'), named: namedAt(info, 'edges', 'node'), cursors };
}

const base = nowhere as unknown as Kysely<ReferralTables>;

/** The rows of an organization on one side, with what they name; a queue narrows them. */
function rowsOf(
  place: PlaceOf,
  side: 'from_org_id' | 'to_org_id',
  queue: Queue,
  columns: readonly Column[],
  named: readonly Named[],
) {
  const beside = columnsBeside(named, 'hub.referral');
  return base
    .selectFrom('hub.referral')
    .select(columns)
    .select(beside.map((column) => sql.raw<unknown>(column.sql).as(column.as)))
    .where(side, '=', unseen(place('org'), 'uuid'))
    .where(queue.rows(place('now'), place('org')));
}

function lineOf(ctx: HubContext, row: Partial<ReferralRecord>, named: readonly Named[]): ReferralRow {
  keepBeside(ctx, named, row);
  return toReferral(row);
}

/** What an agency received. */
export async function inboxPage(
  ctx: HubContext,
  orgId: string,
  name: AgencyQueue,
  page: PageArgs,
  { fields, named, cursors }: Shown,
): Promise<Connection<ReferralRow>> {
  const queue = INBOX[name];
  const columns = columnsFor(fields, AUDITED);
  const list = {
    key: `inbox ${name} ${columns.join()} ${named.join()}`,
    query: (place: PlaceOf) => rowsOf(place, 'to_org_id', queue, columns, named),
    values: { org: orgId, now: ctx.clock.now().toISOString() },
    order: queue.order,
    cursors,
  };
  return keptPage(ctx.db, list, page, (row) => lineOf(ctx, row, named));
}

export interface SentFilter {
  queue: SentQueue;
  patientId?: string | null | undefined;
  /** Only what this person sent, or was copied to them. */
  sentBy?: string | undefined;
  /** Only what this person sent, and what is about the patients they look after. */
  deskOf?: string | undefined;
}

/** What colleagues copied to this person. */
const copiedTo = (userId: string, orgId: string): RawBuilder<SqlBool> =>
  sql`id in (select w.referral_id from hub.referral_watcher w where w.from_org_id = ${orgId} and w.user_id = ${userId})`;

function onDesk(userId: string, orgId: string): RawBuilder<SqlBool> {
  return sql`(sent_by = ${userId} or patient_id in (select a.patient_id from hub.assignment a
    where a.care_org_id = ${orgId} and a.user_id = ${userId} and a.ends_at is null) or ${copiedTo(userId, orgId)})`;
}

/** What a care organization sent. */
export async function sentPage(
  ctx: HubContext,
  orgId: string,
  filter: SentFilter,
  page: PageArgs,
  { fields, named, cursors }: Shown,
): Promise<Connection<ReferralRow>> {
  const queue = SENT[filter.queue];
  const columns = columnsFor(fields, AUDITED);
  const { patientId, sentBy, deskOf } = filter;
  const list = {
    key: `sent ${filter.queue} ${Boolean(patientId)} ${sentBy !== undefined} ${deskOf !== undefined} ${columns.join()} ${named.join()}`,
    query: (place: PlaceOf) => {
      let query = rowsOf(place, 'from_org_id', queue, columns, named);
      if (patientId) query = query.where('patient_id', '=', place('patientId'));
      if (sentBy !== undefined) {
        const by = place('sentBy');
        query = query.where(sql<SqlBool>`(sent_by = ${by} or ${copiedTo(by, place('org'))})`);
      }
      if (deskOf !== undefined) query = query.where(onDesk(place('deskOf'), place('org')));
      return query;
    },
    values: { org: orgId, now: ctx.clock.now().toISOString(), patientId, sentBy, deskOf },
    order: queue.order,
    cursors,
  };
  return keptPage(ctx.db, list, page, (row) => lineOf(ctx, row, named));
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

export type DeskNumbers = Counts<'overdue' | 'lateHelp' | 'toConfirm' | 'toDecide' | 'declined'>;

/** How much waits on the desk of a person, or of the whole care organization. */
export function deskNumbers(ctx: HubContext, orgId: string, userId?: string): Promise<DeskNumbers> {
  const { STUCK, LATE_HELP, TO_CONFIRM, TO_DECIDE, DECLINED } = SENT;
  const queues = {
    overdue: STUCK,
    lateHelp: LATE_HELP,
    toConfirm: TO_CONFIRM,
    toDecide: TO_DECIDE,
    declined: DECLINED,
  };
  const own = sql<SqlBool>`from_org_id = ${orgId}`;
  return counted(ctx, queues, orgId, userId === undefined ? own : sql`${own} and ${onDesk(userId, orgId)}`);
}

import type { GraphQLResolveInfo } from 'graphql';
import { sql } from 'kysely';
import { byId, manyBy, ofPatients, type HubContext } from '../access/index.js';
import { keys } from '../platform/database/compile.js';
import { toDate } from '../platform/database/rows.js';
import type { Connection, PageArgs } from '../platform/graphql/connection.js';
import { argumentsOf, fieldsAt } from '../platform/graphql/selection.js';
import type { ReferralContact } from './answer/referral-contact.entity.js';
import { SENT } from './queues.js';
import { messagesPage } from './messages-page.js';
import { columnsFor } from './referral.columns.js';
import { columnsBeside, keepBeside, namedAt } from './referral.lines.js';
import { deskNumbers, type DeskNumbers } from './referral.queries.js';
import { REFERRAL_COLUMNS, toReferral, type ReferralRecord, type ReferralRow } from './referral.row.js';
import type { SharedItem } from './shared-information.js';

/** What stands beside a referral that is read alone, where its page shows it. */
interface Beside {
  shared?: SharedItem[];
  steps?: readonly Step[];
  messages?: { page: PageArgs; read: Promise<Connection<object>> };
}

interface StepRow {
  referralId: string;
  at: string;
}
type Step = Omit<StepRow, 'at'> & { at: Date };

interface LoaderTables {
  'hub.referral': ReferralRecord & { shared: SharedItem[] };
  'hub.referral_need': { referral_id: string; need_id: string; from_org_id: string };
}

/** What the audit of a read says of it. */
const AUDITED = ['patient_id', 'from_org_id', 'consent_id'] as const;

const stepColumns = `id, referral_id as "referralId", from_status as "fromStatus", to_status as "toStatus", reason_code as "reasonCode",
  reason, side, via, by_name as "byName", at`;
const toStep = (row: StepRow): Step => ({ ...row, at: toDate(row.at) });

const BESIDE = {
  shared: 'shared',
  transitions: `(select coalesce(json_agg(t order by t.at, t.id), '[]') from (select ${stepColumns} from hub.referral_transition
    where referral_id = r.id and (from_org_id = $2 or to_org_id = $2)) t) as steps`,
} as const;

/** The page of messages that will be shown, read in the same round trip; who may not see it is found out when it is. */
function messagesBeside(ctx: HubContext, id: string, info: GraphQLResolveInfo): Beside['messages'] {
  const page = argumentsOf<PageArgs>(info, 'messages');
  if (!page) return undefined;
  const read = messagesPage(ctx, id, page);
  read.catch(() => undefined);
  return { page, read };
}

/**
 * One referral, as the read rule of its policy has it, with what is asked for below `info`; null for one that the caller
 * may not know of. In one statement with its steps and what it names, which every page of a referral shows.
 */
export async function readReferral(
  ctx: HubContext,
  id: string,
  info: GraphQLResolveInfo,
): Promise<(ReferralRow & Beside) | null> {
  const fields = fieldsAt(info);
  const named = namedAt(info);
  const beside = Object.entries(BESIDE).filter(([field]) => fields.has(field));
  const columns = [
    ...columnsFor(fields, AUDITED),
    ...beside.map(([, column]) => column),
    ...columnsBeside(named, 'r').map((column) => `${column.sql} as ${column.as}`),
  ];
  const reading = ctx.db.query<ReferralRecord & { shared?: SharedItem[]; steps?: StepRow[] }>(
    `select ${columns.join(', ')} from hub.referral r
     where id = $1 and (from_org_id = $2 or (to_org_id = $2 and status <> 'DRAFT'))`,
    [id, mine(ctx)],
  );
  const messages = messagesBeside(ctx, id, info);
  const [row] = await reading;
  if (!row) return null;
  keepBeside(ctx, named, row);
  const { shared, steps } = row;
  return Object.assign(
    toReferral(row),
    shared && { shared },
    steps && { steps: steps.map(toStep) },
    messages && { messages },
  );
}

const mine = (ctx: HubContext): string | null => ctx.caller?.organizationId ?? null;
const kysely = async (ctx: HubContext) => (await ctx.db.em()).getKysely<LoaderTables>();

/** Referrals that the caller's organization sent, batched. */
export const referralById = byId<ReferralRow>(async (ctx, ids) => {
  const rows = await (
    await kysely(ctx)
  )
    .selectFrom('hub.referral')
    .select(REFERRAL_COLUMNS)
    .where('id', 'in', ids)
    .where('from_org_id', '=', mine(ctx))
    .execute();
  return rows.map(toReferral);
});

/** What a referral shares; read only when asked for, since it is the widest column. */
export const sharedOf = byId<{ id: string; shared: SharedItem[] }>(async (ctx, ids) =>
  (await kysely(ctx))
    .selectFrom('hub.referral')
    .select(['id', 'shared'])
    .where('id', 'in', ids)
    .where((eb) => eb.or([eb('from_org_id', '=', mine(ctx)), eb('to_org_id', '=', mine(ctx))]))
    .execute(),
);

const stepsStatement = `
  select ${stepColumns} from hub.referral_transition
  where referral_id = any ($1::uuid[]) and (from_org_id = $2 or to_org_id = $2) order by at, id`;

/** Every step of a referral, the first one first. */
export const transitionsOf = manyBy<Step>(
  async (ctx, ids) => (await ctx.db.gather<StepRow>(stepsStatement, [keys(ids), mine(ctx)])).map(toStep),
  (step) => step.referralId,
);

interface ContactRow extends Pick<ReferralContact, 'id' | 'how' | 'reached' | 'note' | 'byName' | 'at'> {
  referralId: string;
}

/** Each time the agency tried to reach the person, oldest first. */
export const contactsOf = manyBy<ContactRow>(
  async (ctx, ids) => {
    const rows = await ctx.db.gather<Omit<ContactRow, 'at'> & { at: string }>(
      `select id, referral_id as "referralId", how, reached, note, by_name as "byName", at from hub.referral_contact
       where referral_id = any ($1::uuid[]) and (from_org_id = $2 or to_org_id = $2) order by referral_id, at, id`,
      [keys(ids), mine(ctx)],
    );
    return rows.map((row) => ({ ...row, at: toDate(row.at) }));
  },
  (row) => row.referralId,
);

/** The needs a referral is for; row-level security shows the links to the sending side alone. */
export const needIdsOf = manyBy(
  async (ctx, ids) =>
    (await kysely(ctx))
      .selectFrom('hub.referral_need')
      .select(['referral_id', 'need_id'])
      .where('referral_id', 'in', ids)
      .where('from_org_id', '=', mine(ctx))
      .execute(),
  (row) => row.referral_id,
);

/** The referrals made for a need, newest first. */
export const referralsOfNeed = manyBy<ReferralRow & { needId: string }>(
  async (ctx, needIds) => {
    const rows = await (
      await kysely(ctx)
    )
      .selectFrom('hub.referral_need as n')
      .innerJoin('hub.referral as r', 'r.id', 'n.referral_id')
      .select(REFERRAL_COLUMNS.map((column) => `r.${column}` as const))
      .select('n.need_id')
      .where('n.need_id', 'in', needIds)
      .where('n.from_org_id', '=', mine(ctx))
      .orderBy('r.created_at', 'desc')
      .orderBy('r.id', 'desc')
      .execute();
    return rows.map((row) => Object.assign(toReferral(row), { needId: row.need_id }));
  },
  (row) => row.needId,
);

/** The referrals of a patient that the caller's organization sent, newest first; none for who may read the record only. */
export const referralsOfPatient = manyBy<ReferralRow>(
  async (ctx, patientIds) => {
    if (!ctx.caller?.permissions.has('referral.read')) return [];
    const rows = await (
      await kysely(ctx)
    )
      .selectFrom('hub.referral')
      .select(REFERRAL_COLUMNS)
      .where('patient_id', 'in', patientIds)
      .where('from_org_id', '=', mine(ctx))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .execute();
    ctx.audit.record({ action: 'referral.list', ...ofPatients(patientIds), entity: 'referral', detail: { count: rows.length } }); // prettier-ignore
    return rows.map(toReferral);
  },
  (row) => row.patientId,
);

interface OpenCount {
  patientId: string;
  open: number;
  overdue: number;
}

/** Open and overdue referrals of many patients in one statement. */
export const openCountsOf = manyBy<OpenCount>(
  async (ctx, patientIds) =>
    (await kysely(ctx))
      .selectFrom('hub.referral')
      .select([
        'patient_id as patientId',
        sql<number>`count(*)::int`.as('open'),
        sql<number>`(count(*) filter (where ${SENT.STUCK.rows(ctx.clock.now().toISOString(), '')}))::int`.as('overdue'),
      ])
      .where('patient_id', 'in', patientIds)
      .where('from_org_id', '=', mine(ctx))
      .where('status', 'in', ['REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'])
      .groupBy('patient_id')
      .execute(),
  (row) => row.patientId,
);

const WHOLE = 'whole';

/** The numbers of a desk, counted once however many of them are asked for; by the person's id, or of the whole organization. */
const deskById = byId<DeskNumbers & { id: string }>(async (ctx, ids) =>
  Promise.all(
    ids.map(async (id) => ({
      id,
      ...(await deskNumbers(ctx, mine(ctx) ?? '', id === WHOLE ? undefined : id)),
    })),
  ),
);
export const deskOf = (ctx: HubContext, userId: string | undefined): Promise<DeskNumbers | null> =>
  deskById(ctx, userId ?? WHOLE);

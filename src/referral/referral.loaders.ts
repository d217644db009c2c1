import { byId, manyBy } from '../access/loader.js';
import { toDate } from '../platform/database/rows.js';
import type { ReasonCode, Side, Status } from './referral.enums.js';
import { REFERRAL_COLUMNS, toReferral, type ReferralRecord, type ReferralRow } from './referral.row.js';
import type { SharedItem } from './shared-information.js';

interface LoaderTables {
  'hub.referral': ReferralRecord & { shared: SharedItem[] };
  'hub.referral_need': { referral_id: string; need_id: string; from_org_id: string };
  'hub.referral_transition': {
    id: string;
    referral_id: string;
    from_status: Status | null;
    to_status: Status;
    reason_code: ReasonCode | null;
    reason: string | null;
    side: Side;
    by_name: string;
    at: string;
  };
}

/** What a referral shares; read only when asked for, since it is the widest column. */
export const sharedOf = byId<{ id: string; shared: SharedItem[] }>(async (ctx, ids) =>
  (await ctx.db.em())
    .getKysely<LoaderTables>()
    .selectFrom('hub.referral')
    .select(['id', 'shared'])
    .where('id', 'in', ids)
    .execute(),
);

export const transitionsOf = manyBy(
  async (ctx, ids) => {
    const rows = await (
      await ctx.db.em()
    )
      .getKysely<LoaderTables>()
      .selectFrom('hub.referral_transition')
      .selectAll()
      .where('referral_id', 'in', ids)
      .orderBy('at')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      id: row.id,
      referralId: row.referral_id,
      fromStatus: row.from_status,
      toStatus: row.to_status,
      reasonCode: row.reason_code,
      reason: row.reason,
      side: row.side,
      byName: row.by_name,
      at: toDate(row.at),
    }));
  },
  (row) => row.referralId,
);

/** The needs a referral is for; row-level security shows the links to the sending side alone. */
export const needIdsOf = manyBy(
  async (ctx, ids) =>
    (await ctx.db.em())
      .getKysely<LoaderTables>()
      .selectFrom('hub.referral_need')
      .select(['referral_id', 'need_id'])
      .where('referral_id', 'in', ids)
      .where('from_org_id', '=', ctx.caller?.organizationId ?? '')
      .execute(),
  (row) => row.referral_id,
);

/** The referrals made for a need, newest first. */
export const referralsOfNeed = manyBy<ReferralRow & { needId: string }>(
  async (ctx, needIds) => {
    const rows = await (
      await ctx.db.em()
    )
      .getKysely<LoaderTables>()
      .selectFrom('hub.referral_need as n')
      .innerJoin('hub.referral as r', 'r.id', 'n.referral_id')
      .select(REFERRAL_COLUMNS.map((column) => `r.${column}` as const))
      .select('n.need_id')
      .where('n.need_id', 'in', needIds)
      .where('n.from_org_id', '=', ctx.caller?.organizationId ?? '')
      .orderBy('r.created_at', 'desc')
      .execute();
    return rows.map((row) => ({ ...toReferral(row), needId: row.need_id }));
  },
  (row) => row.needId,
);

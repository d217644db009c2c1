import { byId, manyBy, type HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import { toDate } from '../../platform/database/rows.js';
import { REFERRAL_COLUMNS, toReferral, type ReferralRecord, type ReferralRow } from '../referral.row.js';
import { ReferralTransfer } from './transfer.entity.js';

const mine = (ctx: HubContext): string | null => ctx.caller?.organizationId ?? null;
/** Either side, as the read rule of the policy has it. */
const SEEN = `(r.from_org_id = $2 or (r.to_org_id = $2 and r.status <> 'DRAFT'))`;
const COLUMNS = REFERRAL_COLUMNS.map((column) => `r.${column}`).join(', ');

/** An older referral, for whoever may know of it: the agency that it was passed on to may not. */
export const olderById = byId<ReferralRow>(async (ctx, ids) => {
  const rows = await ctx.db.query<ReferralRecord>(
    `select ${COLUMNS} from hub.referral r where r.id = any ($1::uuid[]) and ${SEEN}`,
    [keys(ids), mine(ctx)],
  );
  return rows.map(toReferral);
});

/** What follows a referral, for whoever may know of it. */
export const followersOf = manyBy<ReferralRow>(
  async (ctx, ids) => {
    const rows = await ctx.db.query<ReferralRecord>(
      `select ${COLUMNS} from hub.referral r where r.follows_id = any ($1::uuid[]) and ${SEEN} and r.status <> 'ENTERED_IN_ERROR'`,
      [keys(ids), mine(ctx)],
    );
    return rows.map(toReferral);
  },
  (row) => row.followsId ?? '',
);

/** The proposal of an agency that stands last, open or settled. */
export const transfersOf = manyBy<ReferralTransfer>(
  async (ctx, ids) => {
    const rows = await ctx.db.query<Partial<ReferralTransfer>>(
      `select id, referral_id as "referralId", service_id as "serviceId", note, proposed_by_name as "proposedByName",
         proposed_at as "proposedAt", settled from hub.referral_transfer
       where referral_id = any ($1::uuid[]) and (from_org_id = $2 or to_org_id = $2) order by proposed_at desc, id desc`,
      [keys(ids), mine(ctx)],
    );
    return rows.map((row) =>
      Object.assign(Object.create(ReferralTransfer.prototype) as ReferralTransfer, row, {
        proposedAt: toDate(row.proposedAt as unknown as string),
      }),
    );
  },
  (row) => row.referralId,
);

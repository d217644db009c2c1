import { manyBy } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import { toDate } from '../../platform/database/rows.js';
import type { PhoneAnswer } from './phone-answer.entity.js';

type Row = Omit<PhoneAnswer, 'saidAt' | 'recordedAt' | 'contradictedAt'> & {
  saidAt: string;
  recordedAt: string;
  contradictedAt: string | null;
};

const OF_REFERRALS = `select id, referral_id as "referralId", answer, said_by as "saidBy", said_at as "saidAt", note,
    recorded_by_name as "recordedByName", recorded_at as "recordedAt", contradicted_at as "contradictedAt",
    contradicted_by_name as "contradictedByName", contradiction
  from hub.phone_answer where referral_id = any ($1::uuid[]) and (from_org_id = $2 or to_org_id = $2)
  order by referral_id, recorded_at, id`;

/** What the agency said by phone, as it was written down, oldest first. */
export const phoneAnswersOf = manyBy<PhoneAnswer>(
  async (ctx, ids) => {
    const rows = await ctx.db.gather<Row>(OF_REFERRALS, [keys(ids), ctx.caller?.organizationId ?? null]);
    return rows.map((row) => ({
      ...row,
      saidAt: toDate(row.saidAt),
      recordedAt: toDate(row.recordedAt),
      contradictedAt: row.contradictedAt === null ? null : toDate(row.contradictedAt),
    })) as PhoneAnswer[];
  },
  (row) => row.referralId,
);

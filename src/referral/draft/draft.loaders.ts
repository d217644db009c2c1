import { manyBy, type HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import { toDate } from '../../platform/database/rows.js';
import { ReferralDraft } from './draft.entity.js';

const COLUMNS = `id, patient_id as "patientId", service_id as "serviceId", service_at_location_id as "serviceAtLocationId",
  need_ids as "needIds", share, household, kind, priority, request, follows_id as "followsId", follows_how as "followsHow",
  made_by as "madeBy", made_by_name as "madeByName", updated_at as "updatedAt", version`;

interface Row {
  patientId: string;
  updatedAt: string;
}
const toDraft = (row: Row): ReferralDraft =>
  Object.assign(Object.create(ReferralDraft.prototype) as ReferralDraft, row, { updatedAt: toDate(row.updatedAt) });

const sends = (ctx: HubContext): boolean => ctx.caller?.permissions.has('referral.send') ?? false;

/** The drafts about a patient, the latest first. */
export const draftsOfPatient = manyBy<ReferralDraft>(
  async (ctx, ids) => {
    if (!sends(ctx)) return [];
    const rows = await ctx.db.query<Row>(
      `select ${COLUMNS} from hub.referral_draft where patient_id = any ($1::uuid[]) and from_org_id = $2
       order by updated_at desc, id desc`,
      [keys(ids), ctx.caller?.organizationId ?? null],
    );
    return rows.map(toDraft);
  },
  (row) => row.patientId,
);

/** What somebody began and did not send, the latest first. */
export async function draftsOf(ctx: HubContext, userId: string | null, limit: number): Promise<ReferralDraft[]> {
  if (!sends(ctx)) return [];
  const rows = await ctx.db.query<Row>(
    `select ${COLUMNS} from hub.referral_draft where from_org_id = $1 and ($2::uuid is null or made_by = $2::uuid)
     order by updated_at desc, id desc limit $3`,
    [ctx.caller?.organizationId ?? null, userId, limit],
  );
  return rows.map(toDraft);
}

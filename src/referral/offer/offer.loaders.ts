import { byId, manyBy, type HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import { OfferTarget, type ReferralOffer } from './offer.entity.js';

const mine = (ctx: HubContext): string | null => ctx.caller?.organizationId ?? null;

type OfferRow = Pick<
  ReferralOffer,
  'id' | 'kind' | 'status' | 'priority' | 'sendOn' | 'sentByName' | 'createdAt' | 'closedAt' | 'patientId'
>;

/** One offer that the caller's organization sent; nobody else learns that there is one. */
export const offerById = byId<OfferRow>(async (ctx, ids) => {
  const rows = await ctx.db.query<OfferRow>(
    `select id, kind, status, priority, send_on as "sendOn", sent_by_name as "sentByName", created_at as "createdAt",
       closed_at as "closedAt", patient_id as "patientId" from hub.referral_offer where id = any ($1::uuid[]) and from_org_id = $2`,
    [keys(ids), mine(ctx)],
  );
  return rows.map((row) => ({ ...row, createdAt: toDate(row.createdAt), closedAt: toDateOrNull(row.closedAt) }));
});

/** The agencies of an offer, in order. */
export const targetsOfOffer = manyBy<OfferTarget>(
  async (ctx, ids) => {
    const rows = await ctx.db.query<Partial<OfferTarget>>(
      `select offer_id as "offerId", position, to_org_id as "toOrgId", service_id as "serviceId", state, skipped_for as "skippedFor",
         chosen_by as "chosenBy", referral_id as "referralId", at
       from hub.offer_target where offer_id = any ($1::uuid[]) and from_org_id = $2 order by offer_id, position`,
      [keys(ids), mine(ctx)],
    );
    return rows.map((row) => Object.assign(Object.create(OfferTarget.prototype), row, { at: toDateOrNull(row.at) }));
  },
  (row) => row.offerId,
);

import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { manyBy, type HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import { mayReadPerson } from '../agency-view.js';
import { Referral } from '../referral.entity.js';
import { sideOf } from '../take-step.js';
import { ReferralPerson } from './household.inputs.js';

/** Whom in the household referrals are for; the database shows the agency no more than it may read. */
const personsOf = manyBy<ReferralPerson & { referralId: string }>(
  (ctx, ids) =>
    ctx.db.query(
      `select referral_id as "referralId", relation, age, given_name as "givenName" from hub.referral_person
       where referral_id = any ($1::uuid[]) and (from_org_id = $2 or to_org_id = $2) order by referral_id, position`,
      [keys(ids), ctx.caller?.organizationId ?? null],
    ),
  (row) => row.referralId,
);

@Resolver(() => Referral)
export class HouseholdResolver {
  @FieldResolver(() => [ReferralPerson], {
    description:
      'Whom in the household the help is for besides, as the consent allows; empty when the agency may no longer read it.',
  })
  async household(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<readonly ReferralPerson[]> {
    return mayReadPerson(sideOf(ctx, referral), referral) ? personsOf(ctx, referral.id) : [];
  }
}

import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../access/index.js';
import { Patient, PatientSummary, RevokeConsentPayload, shortListPage } from '../caseload/index.js';
import { fail } from '../platform/graphql/errors.js';
import { PageArgs, type Connection } from '../platform/graphql/connection.js';
import { Need } from '../screening/index.js';
import { Referral } from './referral.entity.js';
import { openCountsOf, referralsOfNeed, referralsOfPatient } from './referral.loaders.js';
import { ReferralConnection } from './referral.resolver.js';

@Resolver(() => Patient)
export class PatientReferrals {
  @FieldResolver(() => ReferralConnection, { description: 'The patient’s referrals, newest first.' })
  async referrals(
    @Root() patient: { id: string },
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<object>> {
    return shortListPage('referrals', await referralsOfPatient(ctx, patient.id), page);
  }
}

@Resolver(() => PatientSummary)
export class PatientSummaryReferrals {
  @FieldResolver(() => Int, { description: 'Referrals that are not finished.' })
  async openReferrals(@Root() summary: PatientSummary, @Ctx() ctx: HubContext): Promise<number> {
    return (await openCountsOf(ctx, summary.patientId))[0]?.open ?? 0;
  }

  @FieldResolver(() => Int, { description: 'Referrals whose answer is late.' })
  async overdueReferrals(@Root() summary: PatientSummary, @Ctx() ctx: HubContext): Promise<number> {
    return (await openCountsOf(ctx, summary.patientId))[0]?.overdue ?? 0;
  }
}

@Resolver(() => Need)
export class NeedReferrals {
  @FieldResolver(() => [Referral], { description: 'Referrals made for this need, newest first.' })
  async referrals(@Root() need: { id: string }, @Ctx() ctx: HubContext): Promise<readonly object[]> {
    return referralsOfNeed(ctx, need.id);
  }
}

/** Nobody has more open referrals on one consent. */
const MOST = 100;

@Resolver(() => RevokeConsentPayload)
export class RevokedReferrals {
  @FieldResolver(() => [Referral], {
    nullable: true,
    description: 'Open referrals that relied on the consent: decide on each.',
  })
  async openReferrals(@Root() payload: RevokeConsentPayload, @Ctx() ctx: HubContext): Promise<Referral[] | null> {
    if (!payload.consent) return null;
    const { id: consentId, patientId } = payload.consent;
    const fromOrgId = ctx.caller?.organizationId ?? fail.unauthenticated();
    const em = await ctx.db.em();
    // The patient's id brings it onto an index.
    return em.find(
      Referral,
      { patientId, consentId, fromOrgId, status: { $in: ['REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'] } },
      { orderBy: { id: 'desc' }, limit: MOST },
    );
  }
}

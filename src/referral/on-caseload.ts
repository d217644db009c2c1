import { Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../access/context.js';
import { manyBy } from '../access/loader.js';
import { Patient, PatientSummary, RevokeConsentPayload, Today, TodayCounts } from '../caseload/index.js';
import { sql } from 'kysely';
import { fail } from '../platform/graphql/errors.js';
import { PageArgs, type Connection } from '../platform/graphql/connection.js';
import { Need } from '../screening/index.js';
import { Referral } from './referral.entity.js';
import { referralsOfNeed } from './referral.loaders.js';
import { firstSent, sentPage, tables } from './referral.queries.js';
import { ReferralConnection } from './referral.resolver.js';

const DESK = 20;
const OPEN = ['REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'] as const;
const organizationOf = (ctx: HubContext): string => ctx.caller?.organizationId ?? fail.unauthenticated();

interface OpenCount {
  patientId: string;
  open: number;
  overdue: number;
}

/** Open and overdue referrals of many patients in one statement. */
const openCounts = manyBy<OpenCount>(
  async (ctx, ids) =>
    (await tables(ctx))
      .selectFrom('hub.referral')
      .select([
        'patient_id as patientId',
        sql<number>`count(*)::int`.as('open'),
        sql<number>`(count(*) filter (where status = 'REQUESTED' and answer_due_at < ${ctx.clock.now().toISOString()}))::int`.as(
          'overdue',
        ),
      ])
      .where('patient_id', 'in', ids)
      .where('from_org_id', '=', organizationOf(ctx))
      .where('status', 'in', OPEN)
      .groupBy('patient_id')
      .execute(),
  (row) => row.patientId,
);

@Resolver(() => Patient)
export class PatientReferrals {
  @FieldResolver(() => ReferralConnection, { description: 'The patient’s referrals, newest first.' })
  referrals(
    @Root() patient: Patient,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<object>> {
    return sentPage(ctx, organizationOf(ctx), { queue: 'ALL', patientId: patient.id }, page);
  }
}

@Resolver(() => PatientSummary)
export class PatientSummaryReferrals {
  @FieldResolver(() => Int, { description: 'Referrals that are not finished.' })
  async openReferrals(@Root() summary: PatientSummary, @Ctx() ctx: HubContext): Promise<number> {
    return (await openCounts(ctx, summary.patientId))[0]?.open ?? 0;
  }

  @FieldResolver(() => Int, { description: 'Referrals whose answer is late.' })
  async overdueReferrals(@Root() summary: PatientSummary, @Ctx() ctx: HubContext): Promise<number> {
    return (await openCounts(ctx, summary.patientId))[0]?.overdue ?? 0;
  }
}

@Resolver(() => Need)
export class NeedReferrals {
  @FieldResolver(() => [Referral], { description: 'Referrals made for this need, newest first.' })
  async referrals(@Root() need: Need, @Ctx() ctx: HubContext): Promise<readonly object[]> {
    return referralsOfNeed(ctx, need.id);
  }
}

@Resolver(() => Today)
export class TodayReferrals {
  @FieldResolver(() => [Referral], {
    description: 'Declined or failed referrals that need another way; newest first, at most 20.',
  })
  async needsAnswer(@Ctx() ctx: HubContext): Promise<readonly object[]> {
    return firstSent(ctx, organizationOf(ctx), 'DECLINED', DESK);
  }

  @FieldResolver(() => [Referral], {
    description: 'Referrals whose answer is late; who waits longest first, at most 20.',
  })
  async overdueReferrals(@Ctx() ctx: HubContext): Promise<readonly object[]> {
    return firstSent(ctx, organizationOf(ctx), 'STUCK', DESK);
  }

  @FieldResolver(() => [Referral], {
    description: 'Completed referrals where the patient was not asked yet; newest first, at most 20.',
  })
  async toConfirm(@Ctx() ctx: HubContext): Promise<readonly object[]> {
    return firstSent(ctx, organizationOf(ctx), 'TO_CONFIRM', DESK);
  }
}

/** The three numbers of the desk, counted in one statement and shared by their fields. */
async function deskNumbers(ctx: HubContext): Promise<{ overdue: number; toConfirm: number; declined: number }> {
  return (await tables(ctx))
    .selectFrom('hub.referral')
    .select([
      sql<number>`(count(*) filter (where status = 'REQUESTED' and answer_due_at < ${ctx.clock.now().toISOString()}))::int`.as(
        'overdue',
      ),
      sql<number>`(count(*) filter (where status = 'COMPLETED' and patient_confirmation is null))::int`.as('toConfirm'),
      sql<number>`(count(*) filter (where status in ('REJECTED', 'FAILED') and patient_confirmation is null))::int`.as(
        'declined',
      ),
    ])
    .where('from_org_id', '=', organizationOf(ctx))
    .where('status', 'in', ['REQUESTED', 'COMPLETED', 'REJECTED', 'FAILED'])
    .executeTakeFirstOrThrow();
}

const desks = new WeakMap<HubContext, ReturnType<typeof deskNumbers>>();
function desk(ctx: HubContext): ReturnType<typeof deskNumbers> {
  const known = desks.get(ctx) ?? deskNumbers(ctx);
  desks.set(ctx, known);
  return known;
}

@Resolver(() => TodayCounts)
export class TodayReferralCounts {
  @FieldResolver(() => Int, { description: 'Referrals whose answer is late.' })
  async overdueReferrals(@Ctx() ctx: HubContext): Promise<number> {
    return (await desk(ctx)).overdue;
  }

  @FieldResolver(() => Int, { description: 'Completed referrals where the patient was not asked yet.' })
  async toConfirm(@Ctx() ctx: HubContext): Promise<number> {
    return (await desk(ctx)).toConfirm;
  }

  @FieldResolver(() => Int, { description: 'Declined or failed referrals that nobody followed up with the patient.' })
  async declined(@Ctx() ctx: HubContext): Promise<number> {
    return (await desk(ctx)).declined;
  }
}

@Resolver(() => RevokeConsentPayload)
export class RevokedReferrals {
  @FieldResolver(() => [Referral], {
    nullable: true,
    description: 'Open referrals that relied on the consent: decide on each.',
  })
  async openReferrals(@Root() payload: RevokeConsentPayload, @Ctx() ctx: HubContext): Promise<Referral[] | null> {
    if (!payload.consent) return null;
    const em = await ctx.db.em();
    return em.find(
      Referral,
      { consentId: payload.consent.id, fromOrgId: organizationOf(ctx), status: { $in: [...OPEN] } },
      { limit: 100 },
    );
  }
}

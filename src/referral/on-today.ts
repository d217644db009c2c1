import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../access/index.js';
import { auditReferrals } from './audit-referral.js';
import { Today, TodayCounts } from '../caseload/index.js';
import { fail } from '../platform/graphql/errors.js';
import { fieldsAt } from '../platform/graphql/selection.js';
import { Referral } from './referral.entity.js';
import { deskOf } from './referral.loaders.js';
import { namedAt } from './referral.lines.js';
import { sentPage, type DeskNumbers } from './referral.queries.js';
import type { SentQueue } from './referral.enums.js';

const DESK = 20;
const organizationOf = (ctx: HubContext): string => ctx.caller?.organizationId ?? fail.unauthenticated();

/** A desk is a person's own, or the whole organization's. */
interface Desk {
  mine: boolean;
}
const personOf = (ctx: HubContext, { mine }: Desk): string | undefined =>
  (mine ? ctx.caller?.userId : undefined) ?? undefined;

/** The first of a queue, for those who send; nobody else has referrals on their desk. */
async function first(
  ctx: HubContext,
  desk: Desk,
  queue: SentQueue,
  info: GraphQLResolveInfo,
): Promise<readonly object[]> {
  if (!ctx.caller?.permissions.has('referral.send')) return [];
  const filter = { queue, deskOf: personOf(ctx, desk) };
  const shown = { fields: fieldsAt(info), named: namedAt(info), cursors: false };
  const page = await sentPage(ctx, organizationOf(ctx), filter, { first: DESK }, shown);
  const rows = page.edges.map((edge) => edge.node);
  auditReferrals(ctx, rows, 'referral.list', queue);
  return rows;
}

const NOTHING: DeskNumbers = { overdue: 0, lateHelp: 0, toConfirm: 0, toDecide: 0, declined: 0 };

/** The numbers of the desk, counted in one statement and shared by their fields. */
async function numbers(ctx: HubContext, desk: Desk): Promise<DeskNumbers> {
  if (!ctx.caller?.permissions.has('referral.send')) return NOTHING;
  return (await deskOf(ctx, personOf(ctx, desk))) ?? NOTHING;
}

@Resolver(() => Today)
export class TodayReferrals {
  @FieldResolver(() => [Referral], {
    description: 'Declined or failed referrals with a need that still waits for help; newest first, at most 20.',
  })
  needsAnswer(
    @Root() today: Today,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly object[]> {
    return first(ctx, today, 'DECLINED', info);
  }

  @FieldResolver(() => [Referral], {
    description: 'Referrals whose answer is late; who waits longest first, at most 20.',
  })
  overdueReferrals(
    @Root() today: Today,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly object[]> {
    return first(ctx, today, 'STUCK', info);
  }

  @FieldResolver(() => [Referral], {
    description:
      'Accepted referrals where the person was not reached or no outcome came, in spite of reminders; the oldest first, at most 20.',
  })
  lateHelp(@Root() today: Today, @Ctx() ctx: HubContext, @Info() info: GraphQLResolveInfo): Promise<readonly object[]> {
    return first(ctx, today, 'LATE_HELP', info);
  }

  @FieldResolver(() => [Referral], {
    description: 'Open referrals whose consent has ended: keep, withdraw or ask anew; the oldest first, at most 20.',
  })
  toDecide(@Root() today: Today, @Ctx() ctx: HubContext, @Info() info: GraphQLResolveInfo): Promise<readonly object[]> {
    return first(ctx, today, 'TO_DECIDE', info);
  }

  @FieldResolver(() => [Referral], {
    description: 'Completed referrals where the patient was not asked yet; newest first, at most 20.',
  })
  toConfirm(
    @Root() today: Today,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly object[]> {
    return first(ctx, today, 'TO_CONFIRM', info);
  }
}

@Resolver(() => TodayCounts)
export class TodayReferralCounts {
  @FieldResolver(() => Int, { description: 'Referrals whose answer is late.' })
  async overdueReferrals(@Root() counts: TodayCounts, @Ctx() ctx: HubContext): Promise<number> {
    return (await numbers(ctx, counts)).overdue;
  }

  @FieldResolver(() => Int, { description: 'Accepted referrals that got no further in spite of reminders.' })
  async lateHelp(@Root() counts: TodayCounts, @Ctx() ctx: HubContext): Promise<number> {
    return (await numbers(ctx, counts)).lateHelp;
  }

  @FieldResolver(() => Int, { description: 'Completed referrals where the patient was not asked yet.' })
  async toConfirm(@Root() counts: TodayCounts, @Ctx() ctx: HubContext): Promise<number> {
    return (await numbers(ctx, counts)).toConfirm;
  }

  @FieldResolver(() => Int, { description: 'Open referrals whose consent has ended.' })
  async toDecide(@Root() counts: TodayCounts, @Ctx() ctx: HubContext): Promise<number> {
    return (await numbers(ctx, counts)).toDecide;
  }

  @FieldResolver(() => Int, { description: 'Declined or failed referrals with a need that still waits for help.' })
  async declined(@Root() counts: TodayCounts, @Ctx() ctx: HubContext): Promise<number> {
    return (await numbers(ctx, counts)).declined;
  }
}

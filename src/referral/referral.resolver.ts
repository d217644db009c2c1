import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Field, ID, Info, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type Caller, type HubContext } from '../access/index.js';
import { fail } from '../platform/graphql/errors.js';
import { connectionOf, PageArgs, type Connection } from '../platform/graphql/connection.js';
import { auditReferral, auditReferrals } from './audit-referral.js';
import { InboxFilter, ReferralFilter } from './referral.inputs.js';
import { Referral } from './referral.entity.js';
import type { ReferralRow } from './referral.row.js';
import { readReferral } from './referral.loaders.js';
import { inboxNumbers, inboxPage, sentPage, shownIn, type InboxNumbers } from './referral.queries.js';

export const ReferralConnection = connectionOf(Referral);

@ObjectType({ description: 'How much lies in each open queue of the agency.' })
export class InboxCounts implements InboxNumbers {
  @Field(() => Int, { description: 'Not answered yet, and the answer is not due yet.' })
  new!: number;

  @Field(() => Int, { description: 'Not answered, and past the time an answer was due.' })
  overdue!: number;

  @Field(() => Int, { description: 'On hold.' })
  waiting!: number;

  @Field(() => Int, { description: 'Accepted or started.' })
  inWork!: number;
}

const NO_USER = '00000000-0000-0000-0000-000000000000';

function callerOf(ctx: HubContext): Caller {
  return ctx.caller ?? fail.unauthenticated();
}

const nodesOf = ({ edges }: Connection<ReferralRow>): ReferralRow[] => edges.map((edge) => edge.node);

@Resolver()
export class ReferralResolver {
  @Can('referral.send')
  @Query(() => ReferralConnection, {
    description: 'The referrals that the viewer’s care organization sent; stuck ones first in STUCK and OPEN.',
  })
  async referrals(
    @Arg('filter', () => ReferralFilter, { nullable: true }) filter: ReferralFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<object>> {
    const caller = callerOf(ctx);
    const queue = filter?.queue ?? 'OPEN';
    // An API key sent nothing itself, so nothing is its own.
    const mine = filter?.mine ? { sentBy: caller.userId ?? NO_USER } : {};
    const wanted = { queue, patientId: filter?.patientId, ...mine };
    const found = await sentPage(ctx, caller.organizationId, wanted, page, shownIn(info));
    auditReferrals(ctx, nodesOf(found), 'referral.list', queue);
    return found;
  }

  @Can('referral.answer')
  @Query(() => ReferralConnection, {
    description:
      'The referrals that the viewer’s agency received; who waits longest first, finished ones newest first.',
  })
  async inbox(
    @Arg('filter', () => InboxFilter, { nullable: true }) filter: InboxFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<object>> {
    const queue = filter?.queue ?? 'ALL';
    const found = await inboxPage(ctx, callerOf(ctx).organizationId, queue, page, shownIn(info));
    auditReferrals(ctx, nodesOf(found), 'referral.inbox', queue);
    return found;
  }

  @Can('referral.answer')
  @Query(() => InboxCounts, { description: 'How much lies in each open queue of the viewer’s agency.' })
  inboxCounts(@Ctx() ctx: HubContext): Promise<InboxCounts> {
    return inboxNumbers(ctx, callerOf(ctx).organizationId);
  }

  @Can('referral.read')
  @Query(() => Referral, { description: 'One referral, for either side.' })
  async referral(
    @Arg('id', () => ID) id: string,
    @Ctx() ctx: HubContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<object> {
    const referral = (await readReferral(ctx, id, info)) ?? fail.notFound('Referral');
    auditReferral(ctx, referral, 'referral.read');
    return referral;
  }
}

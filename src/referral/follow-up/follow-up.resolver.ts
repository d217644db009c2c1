import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { Patient, patientById, Today, TodayCounts } from '../../caseload/index.js';
import { Colleague, colleagueById } from '../../identity/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { once } from '../../platform/graphql/idempotency.js';
import { payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { OffPlatformReferral } from '../off-platform/off-platform.entity.js';
import { followUpsOfPatient, offPlatformById } from '../off-platform/off-platform.loaders.js';
import { Referral } from '../referral.entity.js';
import { referralById } from '../referral.loaders.js';
import { addFollowUp, completeFollowUp, moveFollowUp } from './complete.js';
import { FollowUp } from './follow-up.entity.js';
import { AddFollowUpInput, CompleteFollowUpInput, FollowUpFilter, MoveFollowUpInput } from './follow-up.inputs.js';
import { countFollowUps, followUpPage } from './follow-up.queries.js';
import { todayOf } from './plan.js';

const FollowUpConnection = connectionOf(FollowUp);
const payload = (mutation: string) => payloadOf(mutation, 'followUp', FollowUp, 'The follow-up as it stands now.');
const AddFollowUpPayload = payload('AddFollowUp');
const MoveFollowUpPayload = payload('MoveFollowUp');
const CompleteFollowUpPayload = payload('CompleteFollowUp');
type Answer = PayloadShape<'followUp', FollowUp>;

const organizationOf = (ctx: HubContext): string => ctx.caller?.organizationId ?? fail.unauthenticated();

/** A list is audited with its size; whose rows it shows is in them. */
function auditList(ctx: HubContext, count: number): void {
  ctx.audit.record({ action: 'follow-up.list', entity: 'follow_up', detail: { count } });
}

@Resolver(() => FollowUp)
export class FollowUpResolver {
  @Can('referral.send')
  @Query(() => FollowUpConnection, { description: 'Open follow-ups of the viewer’s care organization, by day.' })
  async followUps(
    @Arg('filter', () => FollowUpFilter, { nullable: true }) filter: FollowUpFilter | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<object>> {
    const mine = filter?.mine ?? true;
    const userId = mine ? (ctx.caller?.userId ?? fail.forbidden()) : undefined;
    const which = { userId, dueBy: filter?.dueBy ?? undefined };
    const found = await followUpPage(ctx, organizationOf(ctx), which, page);
    auditList(ctx, found.edges.length);
    return found;
  }

  @Can('referral.send')
  @Mutation(() => AddFollowUpPayload, { description: 'Puts something to do about a patient on somebody’s desk.' })
  async addFollowUp(
    @Arg('input', () => AddFollowUpInput) input: AddFollowUpInput,
    @Ctx() ctx: HubContext,
  ): Promise<Answer> {
    const add = async (): Promise<string> => (await addFollowUp(ctx, input)).id;
    const id = await once(ctx, input.idempotencyKey, 'addFollowUp', input, add);
    return { followUp: await load(ctx, FollowUp, id) };
  }

  @Can('referral.send')
  @Mutation(() => MoveFollowUpPayload, { description: 'Sets another day for a follow-up.' })
  async moveFollowUp(
    @Arg('input', () => MoveFollowUpInput) input: MoveFollowUpInput,
    @Ctx() ctx: HubContext,
  ): Promise<Answer> {
    return { followUp: await moveFollowUp(ctx, input) };
  }

  @Can('referral.send')
  @Mutation(() => CompleteFollowUpPayload, {
    description: 'Says what came of a follow-up, and of a check-in what the patient says.',
  })
  async completeFollowUp(
    @Arg('input', () => CompleteFollowUpInput) input: CompleteFollowUpInput,
    @Ctx() ctx: HubContext,
  ): Promise<Answer> {
    return { followUp: await completeFollowUp(ctx, input) };
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'The patient.' })
  patient(@Root() followUp: FollowUp, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, followUp.patientId);
  }

  @FieldResolver(() => Referral, { nullable: true, description: 'The referral that it is about.' })
  async referral(@Root() followUp: FollowUp, @Ctx() ctx: HubContext): Promise<object | null> {
    return followUp.referralId ? referralById(ctx, followUp.referralId) : null;
  }

  @FieldResolver(() => OffPlatformReferral, {
    nullable: true,
    description: 'The help outside the hub that it is about.',
  })
  async offPlatformReferral(@Root() followUp: FollowUp, @Ctx() ctx: HubContext): Promise<OffPlatformReferral | null> {
    return followUp.offPlatformId ? offPlatformById(ctx, followUp.offPlatformId) : null;
  }

  @FieldResolver(() => Colleague, { nullable: true, description: 'Who does it.' })
  async assignedTo(@Root() followUp: FollowUp, @Ctx() ctx: HubContext): Promise<Colleague | null> {
    return followUp.assignedToId ? colleagueById(ctx, followUp.assignedToId) : null;
  }
}

@Resolver(() => Patient)
export class PatientFollowUps {
  @Can('referral.send')
  @FieldResolver(() => [FollowUp], { description: 'What is to be done about the patient, and was; open ones first.' })
  followUps(@Root() patient: { id: string }, @Ctx() ctx: HubContext): Promise<readonly FollowUp[]> {
    return followUpsOfPatient(ctx, patient.id);
  }
}

const DESK = 20;

/** What is due on a desk: by today where the organization is. */
async function due(ctx: HubContext, mine: boolean) {
  const org = organizationOf(ctx);
  const dueBy = (await todayOf(ctx, org)).toISODate() ?? undefined;
  return { org, which: { userId: mine ? (ctx.caller?.userId ?? undefined) : undefined, dueBy } };
}

@Resolver(() => Today)
export class TodayFollowUps {
  @FieldResolver(() => [FollowUp], { description: 'Follow-ups that are due by today; the earliest first, at most 20.' })
  async followUps(@Root() today: Today, @Ctx() ctx: HubContext): Promise<readonly object[]> {
    if (!ctx.caller?.permissions.has('referral.send')) return [];
    const { org, which } = await due(ctx, today.mine);
    const page = await followUpPage(ctx, org, which, { first: DESK });
    auditList(ctx, page.edges.length);
    return page.edges.map(({ node }) => node);
  }
}

@Resolver(() => TodayCounts)
export class TodayFollowUpCounts {
  @FieldResolver(() => Int, { description: 'Follow-ups that are due by today.' })
  async followUps(@Root() counts: TodayCounts, @Ctx() ctx: HubContext): Promise<number> {
    if (!ctx.caller?.permissions.has('referral.send')) return 0;
    const { org, which } = await due(ctx, counts.mine);
    return countFollowUps(ctx, org, which);
  }
}

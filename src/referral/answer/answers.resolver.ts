import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Payload, payloadOf } from '../../platform/graphql/payload.js';
import { UserError } from '../../platform/graphql/refusal.js';
import { Referral } from '../referral.entity.js';
import { assignReferral, eachOf, type RowResult } from './answer-many.js';
import { answerReferral } from './answer-referral.js';
import { AnswerFields } from './answer.inputs.js';

@InputType({ description: 'An agency’s answer to a referral.' })
export class AnswerReferralInput extends AnswerFields {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that was looked at; when it has changed since, nothing is done.',
  })
  expectedVersion?: number | null;
}

@InputType({ description: 'The same answer to several referrals.' })
export class AnswerReferralsInput extends AnswerFields {
  @Field(() => [ID], { description: 'The referrals, 1 to 50.' })
  ids!: string[];
}

@InputType({ description: 'Who of the agency works on several referrals.' })
export class AssignReferralsInput {
  @Field(() => [ID], { description: 'The referrals, 1 to 50.' })
  ids!: string[];

  @Field(() => ID, { nullable: true, description: 'The colleague; null for nobody.' })
  userId?: string | null;
}

@ObjectType({ description: 'What became of one of several referrals.' })
export class ReferralResult {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;

  @Field(() => UserError, { nullable: true, description: 'Why nothing was done with this one; null when it was.' })
  refusal!: UserError | null;
}

@ObjectType({ description: 'What became of each of several referrals, in the order they were given.' })
export class ReferralResultsPayload extends Payload {
  @Field(() => [ReferralResult], {
    nullable: true,
    description: 'One for each. What was refused for one stops no other.',
  })
  results!: ReferralResult[] | null;
}

const AnswerReferralPayload = payloadOf('AnswerReferral', 'referral', Referral, 'The referral as it stands now.');
const MOST = 50;

function demandFew(ids: readonly string[]): void {
  if (ids.length === 0 || ids.length > MOST) fail.badInput('input.ids', '1 to 50 referrals are expected');
}

/** What an agency with an account says, in the same words as by a link; to one referral, or to several at once. */
@Resolver()
export class AgencyAnswersResolver {
  @Can('referral.answer')
  @Mutation(() => AnswerReferralPayload, {
    description: 'Answers a referral in the agency’s own words: the steps that lie between are taken with it.',
  })
  async answerReferral(
    @Arg('input', () => AnswerReferralInput) input: AnswerReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    return { referral: await answerReferral(ctx, { id: input.id, expectedVersion: input.expectedVersion }, input) };
  }

  @Can('referral.answer')
  @Apart()
  @Mutation(() => ReferralResultsPayload, {
    description: 'Gives several referrals the same answer, each as a step of its own.',
  })
  async answerReferrals(
    @Arg('input', () => AnswerReferralsInput) input: AnswerReferralsInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ results: RowResult[] }> {
    demandFew(input.ids);
    return { results: await eachOf(ctx, input.ids, (id) => answerReferral(ctx, { id, expectedVersion: null }, input)) };
  }

  @Can('referral.answer')
  @Apart()
  @Mutation(() => ReferralResultsPayload, { description: 'Gives several referrals to a colleague to work on.' })
  async assignReferrals(
    @Arg('input', () => AssignReferralsInput) input: AssignReferralsInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ results: RowResult[] }> {
    demandFew(input.ids);
    return { results: await eachOf(ctx, input.ids, (id) => assignReferral(ctx, id, input.userId ?? null)) };
  }
}

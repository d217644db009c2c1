import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../access/index.js';
import { payloadOf } from '../platform/graphql/payload.js';
import { answered, keptText } from './answered.js';
import { markSeen } from './mark-seen.js';
import {
  AcceptReferralInput,
  CancelReferralInput,
  CompleteReferralInput,
  DeclineReferralInput,
  FailReferralInput,
  HoldReferralInput,
  MarkReferralSeenInput,
  StartReferralInput,
  WithdrawReferralInErrorInput,
} from './referral.inputs.js';
import { Referral } from './referral.entity.js';
import { addMessage } from './send-message.js';
import { takeStep } from './take-step.js';

const NOW = 'The referral as it stands now.';
const MarkReferralSeenPayload = payloadOf('MarkReferralSeen', 'referral', Referral, NOW);
const AcceptReferralPayload = payloadOf('AcceptReferral', 'referral', Referral, NOW);
const DeclineReferralPayload = payloadOf('DeclineReferral', 'referral', Referral, NOW);
const HoldReferralPayload = payloadOf('HoldReferral', 'referral', Referral, NOW);
const StartReferralPayload = payloadOf('StartReferral', 'referral', Referral, NOW);
const CompleteReferralPayload = payloadOf('CompleteReferral', 'referral', Referral, NOW);
const FailReferralPayload = payloadOf('FailReferral', 'referral', Referral, NOW);
const CancelReferralPayload = payloadOf('CancelReferral', 'referral', Referral, NOW);
const WithdrawReferralInErrorPayload = payloadOf('WithdrawReferralInError', 'referral', Referral, NOW);
type Answer = Promise<{ referral: Referral }>;

/** What an agency answers, and how either side ends a referral. */
@Resolver()
export class ReferralAnswersResolver {
  @Can('referral.answer')
  @Mutation(() => MarkReferralSeenPayload, {
    description: 'Notes that the agency has opened the referral. The first time counts.',
  })
  async markReferralSeen(
    @Arg('input', () => MarkReferralSeenInput) input: MarkReferralSeenInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    return { referral: await markSeen(ctx, input.id) };
  }

  @Can('referral.answer')
  @Mutation(() => AcceptReferralPayload, { description: 'The agency will help.' })
  async acceptReferral(
    @Arg('input', () => AcceptReferralInput) input: AcceptReferralInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    const { id, expectedVersion, note } = input;
    const words = note?.trim();
    const at = { id, expectedVersion, ...(words ? { letter: 'WITH_MESSAGE' as const } : {}) };
    const referral = await takeStep(ctx, at, 'ACCEPTED', 'answer');
    if (words) await addMessage(ctx, referral, words, { field: 'note', letter: false });
    return { referral };
  }

  @Can('referral.answer')
  @Mutation(() => DeclineReferralPayload, { description: 'The agency will not help, and says why.' })
  async declineReferral(
    @Arg('input', () => DeclineReferralInput) input: DeclineReferralInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    return answered(ctx, input, 'REJECTED', 'answer');
  }

  @Can('referral.answer')
  @Mutation(() => HoldReferralPayload, { description: 'Work pauses, with the reason.' })
  async holdReferral(@Arg('input', () => HoldReferralInput) input: HoldReferralInput, @Ctx() ctx: HubContext): Answer {
    return answered(ctx, input, 'ON_HOLD', 'answer');
  }

  @Can('referral.answer')
  @Mutation(() => StartReferralPayload, { description: 'Work starts, or goes on after a pause.' })
  async startReferral(
    @Arg('input', () => StartReferralInput) input: StartReferralInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    return { referral: await takeStep(ctx, input, 'IN_PROGRESS', 'answer') };
  }

  @Can('referral.answer')
  @Mutation(() => CompleteReferralPayload, { description: 'The agency is done and says what came of it.' })
  async completeReferral(
    @Arg('input', () => CompleteReferralInput) input: CompleteReferralInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    const { id, expectedVersion, outcome, enrollment = null, finding = null } = input;
    const result = { outcome, enrollment, finding, outcomeNote: keptText(input.note, 1000, 'note') };
    return { referral: await takeStep(ctx, { id, expectedVersion }, 'COMPLETED', 'answer', result) };
  }

  @Can('referral.answer')
  @Mutation(() => FailReferralPayload, { description: 'The agency tried and could not help, and says why.' })
  async failReferral(@Arg('input', () => FailReferralInput) input: FailReferralInput, @Ctx() ctx: HubContext): Answer {
    return answered(ctx, input, 'FAILED', 'answer');
  }

  @Can('referral.send', 'referral.answer')
  @Mutation(() => CancelReferralPayload, {
    description: 'Ends a referral before it is done, by either side. An agency that will not help declines instead.',
  })
  async cancelReferral(
    @Arg('input', () => CancelReferralInput) input: CancelReferralInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    return answered(ctx, input, 'CANCELLED', 'cancel');
  }

  @Can('referral.send')
  @Mutation(() => WithdrawReferralInErrorPayload, {
    description: 'Says that the referral should never have existed. The agency no longer sees the person.',
  })
  async withdrawReferralInError(
    @Arg('input', () => WithdrawReferralInErrorInput) input: WithdrawReferralInErrorInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    return answered(ctx, input, 'ENTERED_IN_ERROR', 'send');
  }
}

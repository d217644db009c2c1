import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { asLink, organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Referral } from '../referral.entity.js';
import {
  answerByLink,
  contradictByLink,
  correctByLink,
  messageByLink,
  openByLink,
  proposeByLink,
} from './answer-by-link.js';
import { enterByLink, holderOf } from './link.js';
import {
  AnswerReferralByLinkInput,
  ContradictPhoneAnswerByLinkInput,
  CorrectReferralByLinkInput,
  MessageReferralByLinkInput,
  OpenReferralByLinkInput,
  ProposeTransferByLinkInput,
} from './link.inputs.js';
import { LinkedReferralPayload, ReferralEnvelope } from './linked-referral.js';
import { expiryOf } from './show-linked.js';

type Answered = Promise<Pick<LinkedReferralPayload, 'referral'>>;

/** What the page behind the link of a referral needs. Only the first of these may be asked by a machine that follows links. */
@Resolver()
export class ReferralLinkResolver {
  @Can('public')
  @Query(() => ReferralEnvelope, {
    description: 'The outside of a link. Reading it changes nothing, however often a mail program opens it.',
  })
  async referralEnvelope(
    @Arg('token', () => String, { description: 'The token of the link.' }) token: string,
    @Ctx() ctx: HubContext,
  ): Promise<ReferralEnvelope> {
    const link = (await enterByLink(ctx, token)) ?? fail.notFound('Link');
    return asLink(ctx, holderOf(ctx, link), async (agency) => {
      const found = await (await agency.db.em()).findOne(Referral, link.referralId);
      const own = await organizationById(agency, link.toOrgId);
      if (!found || !own) return fail.notFound('Link');
      const answerDueAt = found.status === 'REQUESTED' ? (found.answerDueAt ?? null) : null;
      return { agency: own.name, priority: found.priority, answerDueAt, expiresAt: await expiryOf(agency, link) };
    });
  }

  @Can('public')
  @Apart()
  @Mutation(() => LinkedReferralPayload, {
    description: 'Opens a referral by its link, without an account. The sender learns that it was seen.',
  })
  async openReferralByLink(
    @Arg('input', () => OpenReferralByLinkInput) input: OpenReferralByLinkInput,
    @Ctx() ctx: HubContext,
  ): Answered {
    return { referral: await openByLink(ctx, input.token) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => LinkedReferralPayload, { description: 'Answers a referral by its link, without an account.' })
  async answerReferralByLink(
    @Arg('input', () => AnswerReferralByLinkInput) input: AnswerReferralByLinkInput,
    @Ctx() ctx: HubContext,
  ): Answered {
    return { referral: await answerByLink(ctx, input) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => LinkedReferralPayload, {
    description:
      'Says by the link of a referral that what was written down of the agency’s word by phone is not right.',
  })
  async contradictPhoneAnswerByLink(
    @Arg('input', () => ContradictPhoneAnswerByLinkInput) input: ContradictPhoneAnswerByLinkInput,
    @Ctx() ctx: HubContext,
  ): Answered {
    return { referral: await contradictByLink(ctx, input) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => LinkedReferralPayload, { description: 'Writes to the sender by the link of a referral.' })
  async messageReferralByLink(
    @Arg('input', () => MessageReferralByLinkInput) input: MessageReferralByLinkInput,
    @Ctx() ctx: HubContext,
  ): Answered {
    return { referral: await messageByLink(ctx, input) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => LinkedReferralPayload, {
    description:
      'The agency names a service that fits better, without an account. The sender decides; nothing is sent there by this.',
  })
  async proposeTransferByLink(
    @Arg('input', () => ProposeTransferByLinkInput) input: ProposeTransferByLinkInput,
    @Ctx() ctx: HubContext,
  ): Answered {
    return { referral: await proposeByLink(ctx, input) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => LinkedReferralPayload, {
    description:
      'Says, within the hour, that the answer which ended a referral was a slip. The sender is told at once.',
  })
  async correctReferralByLink(
    @Arg('input', () => CorrectReferralByLinkInput) input: CorrectReferralByLinkInput,
    @Ctx() ctx: HubContext,
  ): Answered {
    return { referral: await correctByLink(ctx, input) };
  }
}

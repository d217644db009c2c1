import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { Service, serviceById } from '../../directory/index.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { Referral } from '../referral.entity.js';
import { DeclineTransferInput, ProposeTransferInput, RecallReferralInput } from './follow.inputs.js';
import { followersOf, olderById, transfersOf } from './follow.loaders.js';
import { declineTransfer, proposeTransfer } from './propose-transfer.js';
import { recall } from './recall.js';
import { ReferralTransfer } from './transfer.entity.js';

const NOW = 'The referral as it stands now.';
const RecallReferralPayload = payloadOf('RecallReferral', 'referral', Referral, NOW);
const ProposeTransferPayload = payloadOf('ProposeTransfer', 'referral', Referral, NOW);
const DeclineTransferPayload = payloadOf('DeclineTransfer', 'referral', Referral, NOW);
type Answer = Promise<{ referral: Referral }>;

/** Taking back, passing on, and what came out of what. */
@Resolver(() => Referral)
export class FollowResolver {
  @Can('referral.send')
  @Mutation(() => RecallReferralPayload, {
    description: 'Takes a referral back before the agency accepts it; never ends what an agency has begun.',
  })
  async recallReferral(
    @Arg('input', () => RecallReferralInput) input: RecallReferralInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    return { referral: await recall(ctx, input) };
  }

  @Can('referral.answer')
  @Mutation(() => ProposeTransferPayload, {
    description: 'The agency names a service that fits better. The sender decides; nothing is sent there by this.',
  })
  async proposeTransfer(
    @Arg('input', () => ProposeTransferInput) input: ProposeTransferInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    return { referral: await proposeTransfer(ctx, input) };
  }

  @Can('referral.send')
  @Mutation(() => DeclineTransferPayload, { description: 'The sender does not take the agency’s proposal up.' })
  async declineTransfer(
    @Arg('input', () => DeclineTransferInput) input: DeclineTransferInput,
    @Ctx() ctx: HubContext,
  ): Answer {
    return { referral: await declineTransfer(ctx, input) };
  }

  @FieldResolver(() => Referral, {
    nullable: true,
    description: 'The older referral that it follows, where the viewer may know of it.',
  })
  async follows(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<object | null> {
    return referral.followsId ? olderById(ctx, referral.followsId) : null;
  }

  @FieldResolver(() => Referral, {
    nullable: true,
    description: 'The newer referral that follows it, where the viewer may know of it.',
  })
  async followedBy(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<object | null> {
    return (await followersOf(ctx, referral.id))[0] ?? null;
  }

  @FieldResolver(() => ReferralTransfer, {
    nullable: true,
    description: 'The last proposal of the agency to pass it on.',
  })
  async transfer(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<ReferralTransfer | null> {
    return (await transfersOf(ctx, referral.id))[0] ?? null;
  }
}

@Resolver(() => ReferralTransfer)
export class TransferFields {
  @FieldResolver(() => Service, { description: 'The service that the agency named.' })
  service(@Root() { serviceId }: ReferralTransfer, @Ctx() ctx: HubContext): Promise<Service | null> {
    return serviceById(ctx, serviceId);
  }
}

import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Can, load, type HubContext } from '../access/index.js';
import { once } from '../platform/graphql/idempotency.js';
import { Payload, payloadOf } from '../platform/graphql/payload.js';
import { confirmOutcome } from './confirm-outcome.js';
import { keepReferral, renewReferralConsent } from './decide-consent.js';
import { Referral } from './referral.entity.js';
import { ReferralMessage } from './referral-history.entity.js';
import {
  ConfirmReferralOutcomeInput,
  KeepReferralInput,
  RenewReferralConsentInput,
  SendReferralInput,
  SendReferralMessageInput,
} from './referral.inputs.js';
import { addMessage } from './send-message.js';
import { sendReferral } from './send-referral.js';

const SendReferralPayload = payloadOf('SendReferral', 'referral', Referral, 'The referral that was sent.');
const ConfirmReferralOutcomePayload = payloadOf(
  'ConfirmReferralOutcome',
  'referral',
  Referral,
  'The referral as it stands now.',
);

const KeepReferralPayload = payloadOf('KeepReferral', 'referral', Referral, 'The referral as it stands now.');
const RenewReferralConsentPayload = payloadOf(
  'RenewReferralConsent',
  'referral',
  Referral,
  'The referral as it stands now.',
);

@ObjectType({ description: 'The answer to `sendReferralMessage`.' })
class SendReferralMessagePayload extends Payload {
  @Field(() => Referral, { nullable: true, description: 'The referral.' })
  referral!: Referral | null;

  @Field(() => ReferralMessage, { nullable: true, description: 'The message that was sent.' })
  message!: ReferralMessage | null;
}

/** What the sending side does, and messages of both. */
@Resolver()
export class ReferralSendingResolver {
  @Can('referral.send')
  @Mutation(() => SendReferralPayload, {
    description: 'Sends a referral to the agency of a service. Needs a consent that covers it.',
  })
  async sendReferral(
    @Arg('input', () => SendReferralInput) input: SendReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    let sent: Referral | undefined;
    const id = await once(ctx, input.idempotencyKey, 'sendReferral', input, async () => {
      sent = await sendReferral(ctx, input);
      return sent.id;
    });
    return { referral: sent ?? (await load(ctx, Referral, id)) };
  }

  @Can('referral.send')
  @Mutation(() => ConfirmReferralOutcomePayload, {
    description: 'Records whether the patient says that the help came.',
  })
  async confirmReferralOutcome(
    @Arg('input', () => ConfirmReferralOutcomeInput) input: ConfirmReferralOutcomeInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    return { referral: await confirmOutcome(ctx, input) };
  }

  @Can('referral.send')
  @Mutation(() => KeepReferralPayload, {
    description:
      'Lets the agency go on after the consent has ended, with what it knows already; nothing more is shared.',
  })
  async keepReferral(
    @Arg('input', () => KeepReferralInput) input: KeepReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    return { referral: await keepReferral(ctx, input) };
  }

  @Can('referral.send')
  @Mutation(() => RenewReferralConsentPayload, {
    description: 'Puts a referral whose consent has ended on a newer consent that covers it; the agency sees it again.',
  })
  async renewReferralConsent(
    @Arg('input', () => RenewReferralConsentInput) input: RenewReferralConsentInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    return { referral: await renewReferralConsent(ctx, input) };
  }

  @Can('referral.message')
  @Mutation(() => SendReferralMessagePayload, { description: 'Writes to the other side of a referral.' })
  async sendReferralMessage(
    @Arg('input', () => SendReferralMessageInput) input: SendReferralMessageInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral; message: ReferralMessage }> {
    const referral = await load(ctx, Referral, input.id, 'message');
    const id = await once(
      ctx,
      input.idempotencyKey,
      'sendReferralMessage',
      input,
      async () => (await addMessage(ctx, referral, input.body, { fileIds: input.fileIds })).id,
    );
    const em = await ctx.db.em();
    return { referral, message: await em.findOneOrFail(ReferralMessage, { id, referralId: referral.id }) };
  }
}

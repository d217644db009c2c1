import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { Payload } from '../../platform/graphql/payload.js';
import { finishTotp, startTotp } from './enroll.js';
import { FinishTotpInput, StartTotpInput, TurnOffTotpInput } from './totp.inputs.js';
import { turnOffTotp } from './turn-off.js';

@ObjectType({ description: 'What an authenticator app is told.' })
export class StartTotpPayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The secret, for typing: base32.' })
  secret?: string | null;

  @Field(() => String, { nullable: true, description: 'The `otpauth:` address, for a link on the phone itself.' })
  uri?: string | null;

  @Field(() => String, { nullable: true, description: 'The same as a QR code: a `data:image/png` address.' })
  qrDataUrl?: string | null;
}

@ObjectType({ description: 'The answer to `finishTotp`.' })
export class FinishTotpPayload extends Payload {
  @Field(() => [String], {
    nullable: true,
    description: 'Ten codes, each good once in place of the app. They are not shown again.',
  })
  recoveryCodes?: string[] | null;
}

@ObjectType({ description: 'The answer to `turnOffTotp`.' })
export class TurnOffTotpPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'True when the second factor is off.' })
  done?: boolean | null;
}

@Resolver()
export class TotpResolver {
  // Public, since somebody whose role asks for an app is nobody until it is set up: `enrollingOf` says who they are.
  @Can('public')
  @Apart()
  @Mutation(() => StartTotpPayload, {
    description:
      'Offers a secret for an authenticator app to a person who is signed in, or on the way in at TOTP_SETUP_REQUIRED; ' +
      'nothing changes before `finishTotp`. Codes: SECOND_FACTOR_NEEDED, WRONG_PASSWORD, WRONG_CODE; error RATE_LIMITED.',
  })
  async startTotp(
    @Arg('input', () => StartTotpInput, { nullable: true }) input: StartTotpInput | null,
    @Ctx() ctx: HubContext,
  ): Promise<StartTotpPayload> {
    return { ...(await startTotp(ctx, { password: input?.password ?? '', code: input?.code ?? '' })) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => FinishTotpPayload, {
    description:
      'Turns the second factor on with a first code from the app, or moves it there, and ends the person’s other sessions. ' +
      'Somebody on the way in is signed in. Codes: WRONG_CODE, OFFER_ENDED.',
  })
  async finishTotp(
    @Arg('input', () => FinishTotpInput) input: FinishTotpInput,
    @Ctx() ctx: HubContext,
  ): Promise<FinishTotpPayload> {
    return { recoveryCodes: await finishTotp(ctx, input) };
  }

  @Can('viewer.read')
  @Apart()
  @Mutation(() => TurnOffTotpPayload, {
    description:
      'Switches one’s own second factor off and ends one’s other sessions. ' +
      'Codes: NO_SECOND_FACTOR, SECOND_FACTOR_REQUIRED, WRONG_PASSWORD, WRONG_CODE; error RATE_LIMITED.',
  })
  async turnOffTotp(
    @Arg('input', () => TurnOffTotpInput) input: TurnOffTotpInput,
    @Ctx() ctx: HubContext,
  ): Promise<TurnOffTotpPayload> {
    await turnOffTotp(ctx, input);
    return { done: true };
  }
}

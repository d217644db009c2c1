import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { Payload } from '../../platform/graphql/payload.js';
import { finishTotp, startTotp } from './enroll.js';

@InputType({ description: 'What `startTotp` takes: nothing yet.' })
export class StartTotpInput {
  @Field(() => Boolean, { nullable: true, description: 'Ignored: an input needs a field.' })
  _?: boolean | null;
}

@InputType({ description: 'What `finishTotp` takes.' })
export class FinishTotpInput {
  @Field(() => String, { description: 'The six digits the app shows.' })
  @MaxLength(40)
  code!: string;
}

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

@Resolver()
export class TotpResolver {
  @Can('viewer.read')
  @Apart()
  @Mutation(() => StartTotpPayload, {
    description:
      'Offers a secret for an authenticator app; nothing changes before `finishTotp`. Code: SECOND_FACTOR_NEEDED.',
  })
  async startTotp(
    @Arg('input', () => StartTotpInput, { nullable: true }) _: StartTotpInput | null,
    @Ctx() ctx: HubContext,
  ): Promise<StartTotpPayload> {
    return { ...(await startTotp(ctx)) };
  }

  @Can('viewer.read')
  @Apart()
  @Mutation(() => FinishTotpPayload, {
    description: 'Turns the second factor on with a first code from the app. Codes: WRONG_CODE, SECOND_FACTOR_NEEDED.',
  })
  async finishTotp(
    @Arg('input', () => FinishTotpInput) input: FinishTotpInput,
    @Ctx() ctx: HubContext,
  ): Promise<FinishTotpPayload> {
    return { recoveryCodes: await finishTotp(ctx, input.code) };
  }
}

import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { Payload } from '../../platform/graphql/payload.js';
import { confirmTotp } from '../second-factor/confirm-totp.js';
import { personOf } from '../session/person.js';
import { signOut } from '../session/sign-out.js';
import { switchOrganization } from '../session/switch-organization.js';
import { signIn } from './sign-in.js';
import { SignInPayload, signInPayload } from './sign-in.payload.js';

@InputType({ description: 'What `signIn` takes.' })
export class SignInInput {
  @Field(() => String, { description: 'E-mail address, in any case.' })
  @MaxLength(254)
  email!: string;

  @Field(() => String, { description: 'The password.' })
  @MaxLength(1000)
  password!: string;
}

@InputType({ description: 'What `confirmTotp` takes.' })
export class ConfirmTotpInput {
  @Field(() => String, { description: 'The six digits the app shows, or a recovery code.' })
  @MaxLength(40)
  code!: string;
}

@InputType({ description: 'What `signOut` takes.' })
export class SignOutInput {
  @Field(() => Boolean, { nullable: true, description: 'Whether to end all sessions of the person, on every device.' })
  everywhere?: boolean | null;
}

@InputType({ description: 'What `switchOrganization` takes.' })
export class SwitchOrganizationInput {
  @Field(() => ID, { description: 'One of the viewer’s memberships.' })
  membershipId!: string;
}

@ObjectType({ description: 'The answer to `signOut`.' })
export class SignOutPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Always true.' })
  signedOut?: boolean | null;
}

@Resolver()
export class SignInResolver {
  @Can('public')
  @Apart()
  @Mutation(() => SignInPayload, {
    description: 'Signs in by e-mail address and password. Codes: WRONG_SIGN_IN, NO_ORGANIZATION; error RATE_LIMITED.',
  })
  async signIn(@Arg('input', () => SignInInput) input: SignInInput, @Ctx() ctx: HubContext): Promise<SignInPayload> {
    return signInPayload(ctx, await signIn(ctx, input.email, input.password));
  }

  @Can('public')
  @Apart()
  @Mutation(() => SignInPayload, {
    description:
      'The second step of a sign-in, for people with an authenticator app. Codes: WRONG_CODE, START_OVER; error RATE_LIMITED.',
  })
  async confirmTotp(
    @Arg('input', () => ConfirmTotpInput) input: ConfirmTotpInput,
    @Ctx() ctx: HubContext,
  ): Promise<SignInPayload> {
    return signInPayload(ctx, await confirmTotp(ctx, input.code));
  }

  @Can('public')
  @Apart()
  @Mutation(() => SignOutPayload, { description: 'Ends the session. Answers the same without one.' })
  async signOut(
    @Arg('input', () => SignOutInput, { nullable: true }) input: SignOutInput | null,
    @Ctx() ctx: HubContext,
  ): Promise<SignOutPayload> {
    await signOut(ctx, input?.everywhere ?? false);
    return { signedOut: true };
  }

  @Can('viewer.read')
  @Apart()
  @Mutation(() => SignInPayload, { description: 'Works in another of one’s organizations from now on.' })
  async switchOrganization(
    @Arg('input', () => SwitchOrganizationInput) input: SwitchOrganizationInput,
    @Ctx() ctx: HubContext,
  ): Promise<SignInPayload> {
    await switchOrganization(ctx, input.membershipId);
    return signInPayload(ctx, { step: 'SIGNED_IN', sessionId: personOf(ctx).sessionId });
  }
}

import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { Payload } from '../../platform/graphql/payload.js';
import { changePassword } from './change-password.js';
import { requestPasswordReset, resetPassword } from './password-reset.js';
import { updateProfile } from './update-profile.js';
import { User } from './user.entity.js';

@InputType({ description: 'What `requestPasswordReset` takes.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The address one signs in with.' })
  @MaxLength(254)
  email!: string;
}

@InputType({ description: 'What `resetPassword` takes.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The token of the link.' })
  @MaxLength(200)
  token!: string;

  @Field(() => String, { description: 'The new password: at least 12 characters, hard to guess.' })
  @MaxLength(1000)
  password!: string;
}

@InputType({ description: 'What `changePassword` takes.' })
export class ChangePasswordInput {
  @Field(() => String, { description: 'The present password.' })
  @MaxLength(1000)
  current!: string;

  @Field(() => String, { description: 'The new password: at least 12 characters, hard to guess.' })
  @MaxLength(1000)
  password!: string;
}

@InputType({ description: 'What `updateProfile` takes. What is left out or null stays.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'The name colleagues see.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The language: `en` or `es`.' })
  locale?: string | null;
}

@ObjectType({ description: 'The answer to `requestPasswordReset`: always the same.' })
export class RequestPasswordResetPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'True: if there is such an account, a letter is on its way.' })
  sent?: boolean | null;
}

@ObjectType({ description: 'The answer to `resetPassword`.' })
export class ResetPasswordPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'True when the new password is set; sign in with it.' })
  done?: boolean | null;
}

@ObjectType({ description: 'The answer to `changePassword`.' })
export class ChangePasswordPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'True when the new password is set.' })
  done?: boolean | null;
}

@ObjectType({ description: 'The answer to `updateProfile`.' })
export class UpdateProfilePayload extends Payload {
  @Field(() => User, { nullable: true, description: 'The person as they are now.' })
  user?: User | null;
}

@Resolver()
export class AccountResolver {
  @Can('public')
  @Apart()
  @Mutation(() => RequestPasswordResetPayload, {
    description: 'Sends a link for a new password, good for one hour and once. Error RATE_LIMITED.',
  })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput) input: RequestPasswordResetInput,
    @Ctx() ctx: HubContext,
  ): Promise<RequestPasswordResetPayload> {
    await requestPasswordReset(ctx, input.email);
    return { sent: true };
  }

  @Can('public')
  @Apart()
  @Mutation(() => ResetPasswordPayload, {
    description:
      'Sets a new password by that link, and ends all sessions. Codes: LINK_ENDED, WEAK_PASSWORD; error RATE_LIMITED.',
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput) input: ResetPasswordInput,
    @Ctx() ctx: HubContext,
  ): Promise<ResetPasswordPayload> {
    await resetPassword(ctx, input.token, input.password);
    return { done: true };
  }

  @Can('viewer.read')
  @Apart()
  @Mutation(() => ChangePasswordPayload, {
    description:
      'Changes one’s password and ends one’s other sessions. Codes: WRONG_PASSWORD, WEAK_PASSWORD; error RATE_LIMITED.',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput) input: ChangePasswordInput,
    @Ctx() ctx: HubContext,
  ): Promise<ChangePasswordPayload> {
    await changePassword(ctx, input.current, input.password);
    return { done: true };
  }

  @Can('viewer.read')
  @Mutation(() => UpdateProfilePayload, {
    description: 'Changes one’s name or language. Codes: NAME_LENGTH, UNKNOWN_LANGUAGE.',
  })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput) input: UpdateProfileInput,
    @Ctx() ctx: HubContext,
  ): Promise<UpdateProfilePayload> {
    return { user: await updateProfile(ctx, input) };
  }
}

import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { failure } from '../../platform/graphql/errors.js';
import { Refusal } from '../../platform/graphql/refusal.js';
import { askForPages, openPages } from './back-to-page.js';
import {
  AskForMyPagesInput,
  AskForMyPagesPayload,
  OpenMyPagesInput,
  OpenMyPagesPayload,
  type MyPageAgain,
} from './back.inputs.js';
import { beginSelf } from './begin-self.js';
import {
  BeginSelfReferralInput,
  BeginSelfReferralPayload,
  SelfStatement,
  SelfStatementInput,
  SendSelfReferralInput,
  SendSelfReferralPayload,
} from './self.inputs.js';
import { selfStatement } from './self-statement.js';
import { sendSelf } from './send-self.js';

/** Asking a service for help without an account and without a care team. */
@Resolver()
export class SelfReferralResolver {
  @Can('public')
  @Query(() => SelfStatement, { description: 'What somebody agrees to who asks this service for help themselves.' })
  async selfReferralStatement(
    @Arg('input', () => SelfStatementInput) input: SelfStatementInput,
    @Ctx() ctx: HubContext,
  ): Promise<SelfStatement> {
    const { text, version } = await selfStatement(ctx, input).catch((error: unknown) => {
      throw error instanceof Refusal ? failure('BAD_USER_INPUT', error.message, { reason: error.code }) : error;
    });
    return { text, version };
  }

  @Can('public')
  @Apart()
  @Mutation(() => BeginSelfReferralPayload, {
    description:
      'Sends a code to the one way that is safe; a number to be called gets none. Needs no account; 20 an hour from one place, 5 a day to one address.',
  })
  async beginSelfReferral(
    @Arg('input', () => BeginSelfReferralInput) input: BeginSelfReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ ticket: string }> {
    return { ticket: await beginSelf(ctx, input) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => SendSelfReferralPayload, {
    description:
      'Asks the agency for help in the person’s own name. No care organization can see it; the agency answers as always.',
  })
  async sendSelfReferral(
    @Arg('input', () => SendSelfReferralInput) input: SendSelfReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ sent: boolean; answerDueAt: Date | null; url: string | null }> {
    return { sent: true, ...(await sendSelf(ctx, input)) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => AskForMyPagesPayload, {
    description:
      'For who asked for themselves and lost the link of their page: sends a code to the address or number given before, in the hours that are safe. The answer tells nothing.',
  })
  async askForMyPages(
    @Arg('input', () => AskForMyPagesInput) input: AskForMyPagesInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ ticket: string }> {
    return { ticket: await askForPages(ctx, input) };
  }

  @Can('public')
  @Apart()
  @Mutation(() => OpenMyPagesPayload, {
    description: 'Gives whoever has the code new links to the pages of what they asked for; older links stop working.',
  })
  async openMyPages(
    @Arg('input', () => OpenMyPagesInput) input: OpenMyPagesInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ pages: MyPageAgain[] }> {
    return { pages: await openPages(ctx, input) };
  }
}

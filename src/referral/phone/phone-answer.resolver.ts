import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { once } from '../../platform/graphql/idempotency.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { Referral } from '../referral.entity.js';
import { contradict } from './contradict.js';
import { PhoneAnswer } from './phone-answer.entity.js';
import { ContradictPhoneAnswerInput, RecordPhoneAnswerInput } from './phone-answer.inputs.js';
import { phoneAnswersOf } from './phone-answer.loaders.js';
import { recordPhoneAnswer } from './record-phone-answer.js';

const NOW = 'The referral as it stands now.';
const RecordPhoneAnswerPayload = payloadOf('RecordPhoneAnswer', 'referral', Referral, NOW);
const ContradictPhoneAnswerPayload = payloadOf('ContradictPhoneAnswer', 'referral', Referral, NOW);

/** What agencies answer by phone to referrals that they were sent. */
@Resolver(() => Referral)
export class PhoneAnswerResolver {
  @Can('referral.send')
  @Mutation(() => RecordPhoneAnswerPayload, {
    description:
      'Writes down what the agency said by phone. The referral moves as if it had answered; it reads what was written and may contradict.',
  })
  async recordPhoneAnswer(
    @Arg('input', () => RecordPhoneAnswerInput) input: RecordPhoneAnswerInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    const record = async () => (await recordPhoneAnswer(ctx, input)).referralId;
    const id = await once(ctx, input.idempotencyKey, 'recordPhoneAnswer', input, record);
    return { referral: await load(ctx, Referral, id) };
  }

  @Can('referral.answer')
  @Mutation(() => ContradictPhoneAnswerPayload, {
    description: 'The agency says that what was written down of its word is not right. The sender is told at once.',
  })
  async contradictPhoneAnswer(
    @Arg('input', () => ContradictPhoneAnswerInput) input: ContradictPhoneAnswerInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ referral: Referral }> {
    return { referral: await contradict(ctx, input) };
  }

  @FieldResolver(() => [PhoneAnswer], {
    description: 'What the agency said by phone, as the care team wrote it down, oldest first.',
  })
  phoneAnswers(@Root() referral: Referral, @Ctx() ctx: HubContext): Promise<readonly PhoneAnswer[]> {
    return phoneAnswersOf(ctx, referral.id);
  }
}

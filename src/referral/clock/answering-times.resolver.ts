import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { readAnsweringTimes, setAnsweringTimes } from './answering-times.js';
import { AnsweringTimes, SetAnsweringTimesInput } from './answering-times.types.js';

const SetAnsweringTimesPayload = payloadOf('SetAnsweringTimes', 'times', AnsweringTimes, 'The times as they are now.');

/** When the viewer's agency works and how much time it has. */
@Resolver()
export class AnsweringTimesResolver {
  @Can('referral.answer')
  @Query(() => AnsweringTimes, {
    description: 'When the viewer’s agency works and how much time it has to answer referrals.',
  })
  answeringTimes(
    @Ctx() ctx: HubContext,
    @Arg('serviceId', () => ID, { nullable: true, description: 'One of its services; the whole agency when left out.' })
    serviceId?: string | null,
  ): Promise<AnsweringTimes> {
    return readAnsweringTimes(ctx, serviceId);
  }

  @Can('organization.manage')
  @Mutation(() => SetAnsweringTimesPayload, {
    description: 'Changes when the viewer’s agency works and how much time it has, for what is sent from now on.',
  })
  async setAnsweringTimes(
    @Arg('input', () => SetAnsweringTimesInput) input: SetAnsweringTimesInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ times: AnsweringTimes }> {
    return { times: await setAnsweringTimes(ctx, input) };
  }
}

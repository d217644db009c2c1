import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../access/index.js';
import { Payload } from '../platform/graphql/payload.js';
import { retryGivenUp } from '../platform/jobs/dead.js';
import { refuse } from '../platform/graphql/refusal.js';
import { hubState } from './hub-state.js';
import { HubState } from './hub-state.types.js';

@InputType({ description: 'What `retryWork` takes.' })
export class RetryWorkInput {
  @Field(() => ID, { description: 'Of `HubState.givenUp`.' })
  id!: string;
}

@ObjectType({ description: 'The answer to `retryWork`.' })
export class RetryWorkPayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'Jobs that are tried again.' })
  retried?: number | null;
}

@Resolver()
export class HubStateResolver {
  @Can('hub.operate')
  @Query(() => HubState, { description: 'How the hub does: background work, search, live news, database.' })
  hubState(@Ctx() ctx: HubContext): Promise<HubState> {
    return hubState(ctx.platform);
  }

  @Can('hub.operate')
  @Mutation(() => RetryWorkPayload, {
    description:
      'Tries again, now, what was given up for one reason. Each job does what it would have done: one whose matter is over by now does nothing. Codes: NOTHING_GIVEN_UP.',
  })
  async retryWork(
    @Arg('input', () => RetryWorkInput) input: RetryWorkInput,
    @Ctx() ctx: HubContext,
  ): Promise<RetryWorkPayload> {
    const retried = await retryGivenUp(ctx.platform.jobPool, input.id);
    if (retried === 0) refuse('NOTHING_GIVEN_UP', 'None of this is given up any more: somebody has tried it again.');
    ctx.log.info({ reason: input.id, retried, by: ctx.caller?.userId }, 'given-up jobs are tried again');
    return { retried };
  }
}

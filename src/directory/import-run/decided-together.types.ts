import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

/** Decisions of these days can be found again to be taken back; each stays in its listing's history. */
export const BATCH_DAYS = 30;
export const BATCHES = 5;

/** So many in one transaction: a few seconds of work, so that nobody waits for it. */
export const AT_ONCE = 100;

@ObjectType()
export abstract class DecidedBatch {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => Int, { description: 'Of how many.' })
  count!: number;

  @Field(() => DateTimeISO, { description: 'When.' })
  decidedAt!: Date;
}

@InputType()
export abstract class SettleManyInput {
  @Field(() => Int, { description: 'How many the preview counted. More than that are refused.' })
  expected!: number;

  @Field(() => ID, { nullable: true, description: 'To go on: what the call before answered.' })
  batchId!: string | null;

  @Field(() => ID, { nullable: true, description: 'To go on: what the call before answered as `next`.' })
  after!: string | null;
}

@InputType()
export abstract class UndoManyInput {
  @Field(() => ID, { description: 'What was decided together.' })
  batchId!: string;

  @Field(() => ID, { nullable: true, description: 'To go on: what the call before answered as `next`.' })
  after!: string | null;
}

@ObjectType({
  description: 'The answer to what decides many, or takes many decisions back: each call deals with some.',
})
export class DecidedTogetherPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'What was decided together.' })
  batch!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many this call dealt with.' })
  done!: number | null;

  @Field(() => Int, { nullable: true, description: 'How many this call left as they are, with what still needs them.' })
  left!: number | null;

  @Field(() => ID, { nullable: true, description: 'Where to go on; null at the end.' })
  next!: string | null;
}

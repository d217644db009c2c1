import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { AnswerFields } from '../answer/answer.inputs.js';

@InputType({ description: 'What an agency said by phone of a referral that it was sent.' })
export class RecordPhoneAnswerInput extends AnswerFields {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;

  @Field(() => String, { description: 'Who at the agency said it, at most 100 characters.' })
  saidBy!: string;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'When it was said: within two weeks, after the last answer; now when left out.',
  })
  saidAt?: Date | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that was looked at; when it has changed since, nothing is done.',
  })
  expectedVersion?: number | null;

  @Field(() => String, { description: 'A key of your own, 8 to 100 characters: sending the same twice acts once.' })
  idempotencyKey!: string;
}

@InputType({ description: 'The agency’s word that something was written down wrongly.' })
export class ContradictPhoneAnswerInput {
  @Field(() => ID, { description: 'What was written down.' })
  id!: string;

  @Field(() => String, { description: 'What is right, at most 1000 characters.' })
  words!: string;
}

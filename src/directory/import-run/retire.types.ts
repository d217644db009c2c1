import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../platform/graphql/connection.js';
import { Payload } from '../../platform/graphql/payload.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { DecidedBatch, SettleManyInput, UndoManyInput } from './decided-together.types.js';

export const RetireDecision = { RETIRE: 'RETIRE', KEEP: 'KEEP' } as const;
export type RetireDecision = keyof typeof RetireDecision;
registerEnumType(RetireDecision, {
  name: 'RetireDecision',
  description: 'What becomes of a listing that its source no longer has.',
  valuesConfig: {
    RETIRE: { description: 'It is taken off the directory.' },
    KEEP: { description: 'It stays. It is not asked again until the source had it once more.' },
  },
});

@ObjectType({ description: 'A listing that its source no longer has.' })
export class RetireProposal {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'Where the listing came from.' })
  source!: string;

  @Field(() => String, { description: 'The table, as HSDS calls it.' })
  entity!: string;

  @Field(() => String, { nullable: true, description: 'What it is called.' })
  name!: string | null;

  @Field(() => Boolean, {
    description: 'Whether its agency keeps it here: then it is decided by itself, and never together with others.',
  })
  keptByAgency!: boolean;

  serviceId!: string | null;

  @Field(() => DateTimeISO, { description: 'When it was missed first.' })
  notedAt!: Date;
}
export const RetireProposalConnection = connectionOf(RetireProposal);

@InputType({ description: 'Which listings that are gone from their source.' })
export class RetireFilter {
  @Field(() => String, { nullable: true, description: 'Only of this source.' })
  source!: string | null;

  @Field(() => String, { nullable: true, description: 'Only of this table, as HSDS calls it.' })
  entity!: string | null;

  @Field(() => String, { nullable: true, description: 'Only with these words in the name.' })
  text!: string | null;
}

@ObjectType({ description: 'How many listings of one kind.' })
export class RetireCount {
  @Field(() => String, { description: 'The table, as HSDS calls it.' })
  entity!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType({ description: 'What a decision about many listings would be about.' })
export class RetirePreview {
  @Field(() => [String], { description: 'Sources with listings that wait, whatever is asked for.' })
  sources!: string[];

  @Field(() => [RetireCount], { description: 'Those that can be decided together, by kind.' })
  kinds!: RetireCount[];

  @Field(() => Int, { description: 'Those that can be decided together.' })
  total!: number;

  @Field(() => Int, { description: 'Those that their agencies keep here, which are decided one by one.' })
  keptByAgency!: number;

  @Field(() => Int, { description: 'Services that would no longer be offered.' })
  services!: number;
}

@ObjectType({ description: 'What was decided of listings together.' })
export class RetireBatch extends DecidedBatch {
  @Field(() => RetireDecision, { description: 'What was decided.' })
  decision!: RetireDecision;
}

@InputType({ description: 'Decides what becomes of a listing.' })
export class SettleRetireProposalInput {
  @Field(() => ID, { description: 'The proposal.' })
  id!: string;

  @Field(() => RetireDecision, { description: 'What becomes of it.' })
  decision!: RetireDecision;
}

@InputType({ description: 'Decides what becomes of many listings. Each call decides some; the next one goes on.' })
export class SettleRetireProposalsInput extends SettleManyInput {
  @Field(() => RetireFilter, { description: 'Which.' })
  filter!: RetireFilter;

  @Field(() => RetireDecision, { description: 'What becomes of them.' })
  decision!: RetireDecision;
}

@InputType({ description: 'Takes back what was decided of listings together. Each call takes back some.' })
export class UndoRetireBatchInput extends UndoManyInput {}

@ObjectType({ description: 'The answer to `settleRetireProposal`.' })
export class SettleRetireProposalPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was decided.' })
  settled!: boolean | null;

  @Field(() => ID, { nullable: true, description: 'By which it can be taken back.' })
  batch!: string | null;
}

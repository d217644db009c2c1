import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { ConflictDecision } from './conflict.types.js';
import { DecidedBatch, SettleManyInput, UndoManyInput } from './decided-together.types.js';

@InputType({ description: 'Which differences.' })
export class ConflictFilter {
  @Field(() => String, { nullable: true, description: 'Only with this source.' })
  source!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only in this field, as HSDS calls it, or a list such as `phones`.',
  })
  field!: string | null;

  @Field(() => String, { nullable: true, description: 'Only with these words in the name.' })
  text!: string | null;
}

@ObjectType({ description: 'How many differences in one field.' })
export class ConflictCount {
  @Field(() => String, { description: 'The field, as HSDS calls it, or a list such as `phones`.' })
  field!: string;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType({ description: 'What a decision about many differences would be about.' })
export class ConflictPreview {
  @Field(() => [String], { description: 'Sources with differences that wait, whatever is asked for.' })
  sources!: string[];

  @Field(() => [ConflictCount], { description: 'Those that can be decided together, by field, the most first.' })
  fields!: ConflictCount[];

  @Field(() => Int, { description: 'Those that can be decided together.' })
  total!: number;

  @Field(() => Int, { description: 'Those in what agencies set themselves, which are decided one by one.' })
  setByAgency!: number;

  @Field(() => Int, { description: 'Entries of the directory that would change if the source is right.' })
  entries!: number;
}

@ObjectType({ description: 'What was decided of differences together.' })
export class ConflictBatch extends DecidedBatch {
  @Field(() => ConflictDecision, { description: 'Who was right.' })
  decision!: ConflictDecision;
}

@InputType({ description: 'Decides who is right about many fields. Each call decides some; the next one goes on.' })
export class SettleImportConflictsInput extends SettleManyInput {
  @Field(() => ConflictFilter, { description: 'Which.' })
  filter!: ConflictFilter;

  @Field(() => ConflictDecision, { description: 'Who is right.' })
  decision!: ConflictDecision;
}

@InputType({ description: 'Takes back what was decided of differences together. Each call takes back some.' })
export class UndoConflictBatchInput extends UndoManyInput {}

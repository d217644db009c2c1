import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'What people say, and what listings say for it.' })
export class AddSynonymInput {
  @Field(() => String, { description: 'What people type; at most 60 characters, five words that matter.' })
  phrase!: string;

  @Field(() => [String], { description: 'What to look for besides, the nearest in meaning first; 1 to 10.' })
  means!: string[];

  @Field(() => String, { nullable: true, description: 'Code of the SDOH category that the words tell.' })
  category?: string | null;

  @Field(() => String, { nullable: true, description: '`en` or `es`; `en` when left out.' })
  language?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether listings mean something else by the words themselves.',
  })
  instead?: boolean | null;
}

@InputType({ description: 'A synonym as it is to be: what is left out stays as it is.' })
export class ChangeSynonymInput {
  @Field(() => ID, { description: 'The synonym.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  expectedVersion!: number;

  @Field(() => [String], { nullable: true, description: 'What to look for besides; 1 to 10.' })
  means?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Code of the SDOH category; null takes it away.' })
  category?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether listings mean something else by the words themselves.',
  })
  instead?: boolean | null;
}

@InputType({ description: 'A synonym to take out.' })
export class RemoveSynonymInput {
  @Field(() => ID, { description: 'The synonym.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  expectedVersion!: number;
}

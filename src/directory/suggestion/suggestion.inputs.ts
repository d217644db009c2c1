import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { ListingChangesInput } from '../curation/changes.inputs.js';
import { ListingSignal } from './suggestion.enums.js';

export const SuggestionFilter = { OPEN: 'OPEN', REPORTS: 'REPORTS', CHANGES: 'CHANGES', DECIDED: 'DECIDED' } as const;
export type SuggestionFilter = keyof typeof SuggestionFilter;
registerEnumType(SuggestionFilter, {
  name: 'SuggestionFilter',
  description: 'Which suggestions to show.',
  valuesConfig: {
    OPEN: { description: 'All that wait for a decision, the latest first.' },
    REPORTS: { description: 'Of these, reports that something is wrong.' },
    CHANGES: { description: 'Of these, values for fields.' },
    DECIDED: { description: 'Accepted or turned down.' },
  },
});

@InputType({ description: 'What should change in a listing. A curator looks at it first.' })
export class SuggestChangeInput {
  @Field(() => ID, { description: 'The listing.' })
  serviceId!: string;

  @Field(() => ListingChangesInput, { description: 'What should stand in its fields.' })
  changes!: ListingChangesInput;

  @Field(() => String, { nullable: true, description: 'How it is known; at most 1000 characters.' })
  note?: string | null;
}

@InputType({ description: 'Says that something in a listing is wrong. Nothing about the sender is asked or kept.' })
export class ReportListingInput {
  @Field(() => ID, { description: 'The listing.' })
  serviceId!: string;

  @Field(() => ListingSignal, { description: 'What is wrong; OTHER needs a note.' })
  signal!: ListingSignal;

  @Field(() => String, { nullable: true, description: 'In words, without names; at most 500 characters.' })
  note?: string | null;
}

@InputType({ description: 'Takes a suggestion over into its listing.' })
export class AcceptSuggestionInput {
  @Field(() => ID, { description: 'The suggestion.' })
  id!: string;

  @Field(() => Int, { description: 'The version of the suggestion that was looked at.' })
  expectedVersion!: number;

  @Field(() => Int, { description: 'The version of the listing that was looked at.' })
  serviceVersion!: number;

  @Field(() => [String], { nullable: true, description: 'Only these of its fields, by `key`; all when left out.' })
  fields?: string[] | null;

  @Field(() => ListingChangesInput, {
    nullable: true,
    description: 'What should stand there instead, or beside it: a report of a wrong number needs the right one.',
  })
  changes?: ListingChangesInput | null;

  @Field(() => String, { nullable: true, description: 'Why, for the suggestion’s history.' })
  note?: string | null;
}

@InputType({ description: 'Turns a suggestion down; the listing stays as it is.' })
export class RejectSuggestionInput {
  @Field(() => ID, { description: 'The suggestion.' })
  id!: string;

  @Field(() => Int, { description: 'The version of the suggestion that was looked at.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Why.' })
  note?: string | null;
}

@InputType({ description: 'Takes back that a suggestion was turned down.' })
export class ReopenSuggestionInput {
  @Field(() => ID, { description: 'The suggestion.' })
  id!: string;

  @Field(() => Int, { description: 'The version of the suggestion that was looked at.' })
  expectedVersion!: number;
}

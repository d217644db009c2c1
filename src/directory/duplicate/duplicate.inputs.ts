import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'Makes one listing of two.' })
export class MergeListingsInput {
  @Field(() => ID, { description: 'The listing that stays.' })
  keepId!: string;

  @Field(() => Int, { description: 'The version of it that was looked at.' })
  keepVersion!: number;

  @Field(() => ID, {
    description: 'The listing that goes into it; its links and referrals lead to the other from then on.',
  })
  mergeId!: string;

  @Field(() => Int, { description: 'The version of it that was looked at.' })
  mergeVersion!: number;

  @Field(() => [String], {
    nullable: true,
    description: 'Fields, by the names of `ListingChangesInput`, to be taken from the listing that goes.',
  })
  take?: string[] | null;
}

@InputType({ description: 'Takes a merge back: both listings stand as before, but for what was changed since.' })
export class UnmergeListingsInput {
  @Field(() => ID, { description: 'The merge.' })
  mergeId!: string;
}

@InputType({ description: 'Says that two listings are two. They are not shown as the same again.' })
export class KeepApartInput {
  @Field(() => ID, { description: 'The pair.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Why.' })
  note?: string | null;
}

@InputType({ description: 'Takes back that two listings are two.' })
export class ReopenDuplicateInput {
  @Field(() => ID, { description: 'The pair.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  expectedVersion!: number;
}

@InputType({ description: 'Which listings to compare again.' })
export class FindDuplicatesInput {
  @Field(() => Int, { nullable: true, description: 'Only those that changed in so many days; all when left out.' })
  changedWithinDays?: number | null;
}

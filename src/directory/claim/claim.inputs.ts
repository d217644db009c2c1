import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'Says that a listing is of the sender’s agency, which wants to keep it.' })
export class ClaimListingInput {
  @Field(() => ID, { description: 'The listing.' })
  serviceId!: string;

  @Field(() => String, { description: 'The sender’s name.' })
  name!: string;

  @Field(() => String, { description: 'The sender’s address at work.' })
  email!: string;

  @Field(() => String, { nullable: true, description: 'Where to call back.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'What the sender does there.' })
  position?: string | null;

  @Field(() => String, { nullable: true, description: 'More about it.' })
  note?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The token of a letter about this listing, where there was one.',
  })
  token?: string | null;
}

@InputType({ description: 'Hands a listing to those who claimed it.' })
export class ApproveClaimInput {
  @Field(() => ID, { description: 'The claim.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  expectedVersion!: number;

  @Field(() => String, {
    nullable: true,
    description: 'What was learned by calling the listed number; needed where nothing else speaks for the claim.',
  })
  callbackNote?: string | null;
}

@InputType({ description: 'Turns a claim down.' })
export class RejectClaimInput {
  @Field(() => ID, { description: 'The claim.' })
  id!: string;

  @Field(() => Int, { description: 'The version that was looked at.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Why.' })
  note?: string | null;
}

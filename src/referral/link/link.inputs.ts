import { Field, ID, InputType, Int } from 'type-graphql';
import { AnswerFields } from '../answer/answer.inputs.js';

@InputType({ description: 'The link of a referral to open.' })
export class OpenReferralByLinkInput {
  @Field(() => String, { description: 'The token of the link.' })
  token!: string;
}

/** What is done by a link, and by whom. */
@InputType({ description: 'Something that is done by a link.' })
class NamedLinkInput extends OpenReferralByLinkInput {
  @Field(() => String, {
    nullable: true,
    description: 'What the person who answers calls themself, at most 100 characters; the agency’s name when left out.',
  })
  name?: string | null;

  @Field(() => ID, { description: 'An id of your own: sending the same twice acts once.' })
  id!: string;
}

@InputType({ description: 'An agency’s answer by the link of a referral.' })
export class AnswerReferralByLinkInput extends AnswerFields {
  @Field(() => String, { description: 'The token of the link.' })
  token!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the person who answers calls themself, at most 100 characters; the agency’s name when left out.',
  })
  name?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that was looked at; when it has changed since, nothing is done.',
  })
  expectedVersion?: number | null;

  @Field(() => ID, { description: 'An id of your own: sending the same twice acts once.' })
  id!: string;
}

@InputType({ description: 'A message to the sender by the link of a referral.' })
export class MessageReferralByLinkInput extends NamedLinkInput {
  @Field(() => String, { description: 'The text, at most 4000 characters; may be empty with a file.' })
  body!: string;

  @Field(() => [ID], { nullable: true, description: 'Files that were sent for it by this link, at most 5.' })
  fileIds?: string[] | null;
}

@InputType({ description: 'A service that fits better, as the agency sees it, by the link of a referral.' })
export class ProposeTransferByLinkInput extends NamedLinkInput {
  @Field(() => ID, { description: 'The service to pass the referral on to; one that takes referrals.' })
  serviceId!: string;

  @Field(() => String, { nullable: true, description: 'Why, at most 1000 characters; the sender reads it.' })
  note?: string | null;
}

@InputType({ description: 'The agency’s word, by the link of a referral, that something was written down wrongly.' })
export class ContradictPhoneAnswerByLinkInput extends NamedLinkInput {
  @Field(() => ID, { description: 'What was written down.' })
  answerId!: string;

  @Field(() => String, { description: 'What is right, at most 1000 characters.' })
  words!: string;
}

@InputType({ description: 'Tells the sender that the last answer was a slip.' })
export class CorrectReferralByLinkInput extends NamedLinkInput {
  @Field(() => String, { nullable: true, description: 'What was meant, at most 1000 characters.' })
  words?: string | null;
}

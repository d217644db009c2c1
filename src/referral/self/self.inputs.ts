import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { Payload } from '../../platform/graphql/payload.js';
import { HouseholdPersonInput } from '../household/household.inputs.js';
import { ReferralPriority, type Priority } from '../referral.enums.js';
import { SafeHours, SelfWay } from './self.enums.js';

@InputType({ description: 'The beginning of asking for oneself: a code is sent to the way that is safe.' })
export class BeginSelfReferralInput {
  @Field(() => ID, { description: 'The service; one that takes referrals.' })
  serviceId!: string;

  @Field(() => SelfWay, { description: 'The way that nobody else reads.' })
  way!: SelfWay;

  @Field(() => String, { description: 'The address or the number, at most 254 characters.' })
  address!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A language such as `es`; the one of the request when left out.',
  })
  language?: string | null;
}

@InputType({ description: 'What the person agrees to.' })
export class SelfStatementInput {
  @Field(() => ID, { description: 'The service.' })
  serviceId!: string;

  @Field(() => String, { description: 'The first name, at most 100 characters.' })
  givenName!: string;

  @Field(() => String, { description: 'The last name or its first letter, at most 100 characters.' })
  familyName!: string;

  @Field(() => [String], { description: 'What for: codes of the service’s categories, 1 to 10.' })
  categories!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'A language such as `es`; the one of the request when left out.',
  })
  language?: string | null;
}

@InputType({ description: 'A request for oneself, proved by the code.' })
export class SendSelfReferralInput extends SelfStatementInput {
  @Field(() => ID, { description: 'What `beginSelfReferral` answered.' })
  ticket!: string;

  @Field(() => String, { nullable: true, description: 'The six digits that were sent; none with CALL.' })
  code?: string | null;

  @Field(() => String, { description: 'The `version` of the text that was shown and agreed to.' })
  statementVersion!: string;

  @Field(() => SafeHours, { description: 'When it is safe to reach the person.' })
  hours!: SafeHours;

  @Field(() => Boolean, { nullable: true, description: 'With TEXT: whether they may be called at this number too.' })
  mayCall?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'With EMAIL: a number on which to be called, such as that of a landline.',
  })
  callNumber?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a voicemail is safe; no when left out.' })
  mayVoicemail?: boolean | null;

  @Field(() => String, { nullable: true, description: 'What whoever calls must mind, at most 300 characters.' })
  contactNote?: string | null;

  @Field(() => String, { nullable: true, description: 'The IANA time zone, such as `America/Chicago`.' })
  timeZone?: string | null;

  @Field(() => ReferralPriority, { nullable: true, description: 'ROUTINE when left out.' })
  priority?: Priority | null;

  @Field(() => String, { nullable: true, description: 'What is needed, at most 2000 characters; the agency reads it.' })
  request?: string | null;

  @Field(() => [HouseholdPersonInput], { nullable: true, description: 'Who else it is for, at most 12.' })
  household?: HouseholdPersonInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether to send the link of the own page, and to write when there is news or nobody answers; no when left out.',
  })
  wantsLink?: boolean | null;
}

@ObjectType({ description: 'The answer to `beginSelfReferral`. It says nothing about the address.' })
export class BeginSelfReferralPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'To be sent back with the code, within 30 minutes.' })
  ticket!: string | null;
}

@ObjectType({ description: 'The text that the person agrees to, word for word.' })
export class SelfStatement {
  @Field(() => String, { description: 'The text, paragraphs apart by an empty line.' })
  text!: string;

  @Field(() => String, { description: 'Which text it is: agreeing to another one is refused.' })
  version!: string;
}

@ObjectType({ description: 'The answer to `sendSelfReferral`.' })
export class SendSelfReferralPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether the agency has it.' })
  sent!: boolean | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'Until when the agency should answer.' })
  answerDueAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'The address of the own page, on which it can be followed and taken back. It is kept nowhere.',
  })
  url!: string | null;
}

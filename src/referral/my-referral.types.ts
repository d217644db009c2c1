import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { SdohCategory } from '../directory/index.js';
import { DateTimeISO, LocalDate } from '../platform/graphql/scalars.js';
import { Payload } from '../platform/graphql/payload.js';
import {
  EnrollmentStatus,
  PatientConfirmation,
  ReferralOutcome,
  ReferralStatus,
  type Confirmation,
  type Enrollment,
  type Outcome,
  type Status,
} from './referral.enums.js';

@ObjectType({ description: 'A part of a person’s page: help that was asked for.' })
export class MyReferral {
  @Field(() => ID, { description: 'Id of the referral.' })
  id!: string;

  @Field(() => String, { description: 'The service.' })
  service!: string;

  @Field(() => String, { description: 'Who was asked.' })
  agency!: string;

  @Field(() => String, { nullable: true, description: 'Their phone number; null when none is listed.' })
  agencyPhone!: string | null;

  @Field(() => [SdohCategory], { description: 'What about.' })
  categories!: SdohCategory[];

  @Field(() => ReferralStatus, { description: 'Where it stands.' })
  status!: Status;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was sent.' })
  sentAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When they answered.' })
  answeredAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it ended.' })
  closedAt!: Date | null;

  @Field(() => ReferralOutcome, { nullable: true, description: 'What came of it, as they say.' })
  outcome!: Outcome | null;

  @Field(() => EnrollmentStatus, { nullable: true, description: 'Whether the person is enrolled.' })
  enrollment!: Enrollment | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When sharing for it was stopped.' })
  consentEndedAt!: Date | null;

  @Field(() => PatientConfirmation, { nullable: true, description: 'What the patient said themselves.' })
  ownWord!: Confirmation | null;

  @Field(() => Boolean, { description: 'Whether the patient can say now if it helped.' })
  canSay!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was not possible, as a word to the person; null without.',
  })
  why!: string | null;

  @Field(() => Int, { nullable: true, description: 'The place on the waiting list.' })
  waitlistPosition!: number | null;

  @Field(() => LocalDate, { nullable: true, description: 'When the agency thinks that it is their turn.' })
  waitlistExpectedOn!: string | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the appointment is.' })
  appointmentAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Where the appointment is.' })
  appointmentPlace!: string | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'Until when an answer is due, while none has come.' })
  answerDueAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether the answer is late.' })
  late!: boolean;

  @Field(() => Boolean, { description: 'Whether the person asked for it themselves and can take it back now.' })
  canTakeBack!: boolean;
}

@InputType({ description: 'Whether help came, in the patient’s own word.' })
export class ConfirmMyHelpInput {
  @Field(() => ID, { description: 'Id of the referral.' })
  referralId!: string;

  @Field(() => PatientConfirmation, { description: 'HELPED, PARTLY or NOT_HELPED.' })
  word!: Confirmation;

  @Field(() => String, {
    nullable: true,
    description: 'What to add, at most 1000 characters; for the care team alone.',
  })
  note?: string | null;
}

@ObjectType({ description: 'The answer to `confirmMyHelp`.' })
export class ConfirmMyHelpPayload extends Payload {
  @Field(() => PatientConfirmation, { nullable: true, description: 'The word as it was kept.' })
  word!: Confirmation | null;
}

@InputType({ description: 'What somebody takes back that they asked for themselves.' })
export class TakeBackMyRequestInput {
  @Field(() => ID, { description: 'Id of the referral.' })
  referralId!: string;
}

@ObjectType({ description: 'The answer to `takeBackMyRequest`.' })
export class TakeBackMyRequestPayload extends Payload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it is taken back: an agency that has not answered sees it no more.',
  })
  takenBack!: boolean | null;
}

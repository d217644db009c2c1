import { Field, ID, Int, ObjectType } from 'type-graphql';
import { SdohCategory } from '../../directory/index.js';
import { StoredFile } from '../../identity/index.js';
import { Payload } from '../../platform/graphql/payload.js';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';
import { AgencyAnswer } from '../answer/agency-answer.js';
import { ReferralContact } from '../answer/referral-contact.entity.js';
import { PhoneAnswer } from '../phone/phone-answer.entity.js';
import { ReferralTransition } from '../referral-history.entity.js';
import {
  AssessmentFinding,
  ReferralKind,
  EnrollmentStatus,
  ReferralOutcome,
  ReferralPriority,
  ReferralReason,
  ReferralSide,
  ReferralStatus,
  type Enrollment,
  type Outcome,
  type Priority,
  type ReasonCode,
  type Side,
  type Status,
  type Finding,
  type Kind,
} from '../referral.enums.js';
import { SharedItem } from '../shared-information.js';

@ObjectType({
  description:
    'The outside of a link: that something waits, and nothing of whom it is about. Reading it changes nothing.',
})
export class ReferralEnvelope {
  @Field(() => String, { description: 'The agency whose link it is.' })
  agency!: string;

  @Field(() => ReferralPriority, { description: 'How soon an answer is needed.' })
  priority!: Priority;

  @Field(() => DateTimeISO, { nullable: true, description: 'When an answer is due; null once there is one.' })
  answerDueAt!: Date | null;

  @Field(() => DateTimeISO, { description: 'Until when the link works.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'A message as the page behind a link shows it.' })
export class LinkedMessage {
  @Field(() => ID, { description: 'The id of the message.' })
  id!: string;

  @Field(() => String, { description: 'The text.' })
  body!: string;

  @Field(() => String, { description: 'Who wrote it.' })
  authorName!: string;

  @Field(() => ReferralSide, { description: 'Which side wrote it.' })
  side!: Side;

  @Field(() => DateTimeISO, { description: 'When it was sent.' })
  at!: Date;

  @Field(() => [StoredFile], { description: 'What was sent along with it.' })
  files!: StoredFile[];
}

/**
 * A referral for whoever holds its link. Flat on purpose: nothing in it leads on to an organization, a listing's keeper
 * or another referral.
 */
@ObjectType({
  description: 'A referral as the page behind its link shows it: what the consent covers, and nothing else.',
})
export class LinkedReferral {
  @Field(() => String, { description: 'The agency whose link it is.' })
  agency!: string;

  @Field(() => String, { description: 'The organization that sent it.' })
  from!: string;

  @Field(() => String, { description: 'Who sent it.' })
  sentByName!: string;

  @Field(() => Boolean, { description: 'Whether somebody reads messages; not where the person asked themselves.' })
  messagesAreRead!: boolean;

  @Field(() => String, { description: 'What is asked for.' })
  service!: string;

  @Field(() => ID, { nullable: true, description: 'The listing, where the agency does not keep it itself yet.' })
  claimableListing!: string | null;

  @Field(() => ReferralStatus, { description: 'Where it stands.' })
  status!: Status;

  @Field(() => ReferralPriority, { description: 'How soon an answer is needed.' })
  priority!: Priority;

  @Field(() => ReferralReason, { nullable: true, description: 'Why it was declined, paused or ended.' })
  reasonCode!: ReasonCode | null;

  @Field(() => String, { nullable: true, description: 'The reason in words.' })
  reason!: string | null;

  @Field(() => String, {
    description: 'How the person is called, such as "Ana R."; a dash when that is no longer told.',
  })
  patientLabel!: string;

  @Field(() => [SharedItem], { description: 'What is shared about the person; empty once the agency has declined.' })
  shared!: SharedItem[];

  @Field(() => [SdohCategory], { description: 'What kinds of need it is about.' })
  categories!: SdohCategory[];

  @Field(() => String, { nullable: true, description: 'What the sender asks for.' })
  request!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The notice that travels with records of substance use treatment (42 CFR 2.32), where it applies.',
  })
  notice!: string | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was sent.' })
  sentAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When an answer is due.' })
  answerDueAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the agency accepted or declined.' })
  answeredAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was finished.' })
  closedAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the agency asked for more.' })
  infoAskedAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the sender wrote back to that.' })
  infoGivenAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'The place on the waiting list.' })
  waitlistPosition!: number | null;

  @Field(() => LocalDate, { nullable: true, description: 'When there will be room.' })
  waitlistExpectedOn!: string | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the agency sees the person.' })
  appointmentAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Where the agency sees the person.' })
  appointmentPlace!: string | null;

  @Field(() => ReferralOutcome, { nullable: true, description: 'What came of it.' })
  outcome!: Outcome | null;

  @Field(() => ReferralKind, { description: 'Whether it asks for help or for somebody to look first.' })
  kind!: Kind;

  @Field(() => AssessmentFinding, { nullable: true, description: 'What an assessment found.' })
  finding!: Finding | null;

  @Field(() => String, { nullable: true, description: 'What the agency adds about that.' })
  outcomeNote!: string | null;

  @Field(() => EnrollmentStatus, { nullable: true, description: 'Whether the person is enrolled.' })
  enrollment!: Enrollment | null;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  version!: number;

  @Field(() => [AgencyAnswer], { description: 'The answers that fit now: a button for each.' })
  answers!: AgencyAnswer[];

  @Field(() => Boolean, { description: 'Whether a wrong answer can still be told to the sender.' })
  mayCorrect!: boolean;

  @Field(() => Boolean, { description: 'Whether the agency may name a service that fits better.' })
  mayPropose!: boolean;

  @Field(() => String, { nullable: true, description: 'The service it named, while the sender has to decide.' })
  proposed!: string | null;

  @Field(() => [LinkedMessage], { description: 'The last 100 messages, oldest first.' })
  messages!: LinkedMessage[];

  @Field(() => [ReferralContact], { description: 'Each time the agency tried to reach the person, oldest first.' })
  contacts!: readonly object[];

  @Field(() => [PhoneAnswer], {
    description: 'What the agency said by phone, as the care team wrote it down, oldest first.',
  })
  phoneAnswers!: readonly object[];

  @Field(() => [ReferralTransition], { description: 'Every step, oldest first.' })
  transitions!: readonly object[];

  @Field(() => DateTimeISO, { description: 'Until when the link works.' })
  expiresAt!: Date;
}

@ObjectType({ description: 'What came of something that was done by a link.' })
export class LinkedReferralPayload extends Payload {
  @Field(() => LinkedReferral, { nullable: true, description: 'The referral as it stands now.' })
  referral!: LinkedReferral | null;
}

import { Field, ID, InputType, Int } from 'type-graphql';
import { HouseholdPersonInput } from './household/household.inputs.js';
import { FollowHow } from './follow/follow.enums.js';
import {
  AssessmentFinding,
  EnrollmentStatus,
  InboxQueue,
  PatientConfirmation,
  ReferralKind,
  ReferralOutcome,
  ReferralPriority,
  ReferralQueue,
  ReferralReason,
  type AgencyQueue,
  type Confirmation,
  type Enrollment,
  type Finding,
  type Kind,
  type Outcome,
  type Priority,
  type ReasonCode,
  type SentQueue,
} from './referral.enums.js';

const VERSION =
  'The version you looked at; when it has changed since, nothing is done and the referral comes back as it stands.';
const KEY = 'A key of your own, 8 to 100 characters: sending the same twice acts once.';

@InputType({ description: 'Which sent referrals to list.' })
export class ReferralFilter {
  @Field(() => ReferralQueue, { nullable: true, description: 'Which part; OPEN when left out.' })
  queue?: SentQueue | null;

  @Field(() => Boolean, { nullable: true, description: 'Only those the viewer sent, or that were copied to them.' })
  mine?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Only those of one patient.' })
  patientId?: string | null;
}

@InputType({ description: 'Which received referrals to list.' })
export class InboxFilter {
  @Field(() => InboxQueue, { nullable: true, description: 'Which part; ALL when left out.' })
  queue?: AgencyQueue | null;
}

@InputType({ description: 'What every way to send a referral says of it.' })
export abstract class WhatIsSentInput {
  @Field(() => ID, { description: 'The service in the directory.' })
  serviceId!: string;

  @Field(() => ID, { nullable: true, description: 'One of the service’s sites.' })
  siteId?: string | null;

  @Field(() => [ID], { description: 'The confirmed needs it is for, 1 to 10.' })
  needIds!: string[];

  @Field(() => [String], {
    nullable: true,
    description: 'What to share beyond what always goes: birthDate, email, address, householdSize, whatMatters.',
  })
  share?: string[] | null;
}

@InputType({ description: 'For whom, to which service, for which needs.' })
export class PreviewReferralInput extends WhatIsSentInput {
  @Field(() => ID, { description: 'The patient.' })
  patientId!: string;

  @Field(() => [HouseholdPersonInput], {
    nullable: true,
    description: 'Whom in the household it is for besides, at most 12.',
  })
  household?: HouseholdPersonInput[] | null;
}

@InputType({ description: 'A referral to send.' })
export class SendReferralInput extends PreviewReferralInput {
  @Field(() => ReferralPriority, { nullable: true, description: 'ROUTINE when left out.' })
  priority?: Priority | null;

  @Field(() => String, {
    nullable: true,
    description: 'What you ask of the agency, at most 2000 characters. The agency reads it.',
  })
  request?: string | null;

  @Field(() => ReferralKind, { nullable: true, description: 'SERVICE when left out.' })
  kind?: Kind | null;

  @Field(() => [ID], { nullable: true, description: 'Colleagues who get a copy; see `copyReferral`.' })
  copyTo?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'The older referral of this patient that it follows.' })
  followsId?: string | null;

  @Field(() => FollowHow, {
    nullable: true,
    description: 'With `followsId`: how; REOPENED when left out. TRANSFERRED ends the older one.',
  })
  followsHow?: FollowHow | null;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'The referral.' })
export class MarkReferralSeenInput {
  @Field(() => ID, { description: 'The referral.' })
  id!: string;
}

@InputType({ description: 'The referral to start work on, or to take up again.' })
export class StartReferralInput extends MarkReferralSeenInput {
  @Field(() => Int, { nullable: true, description: VERSION })
  expectedVersion?: number | null | undefined;
}

@InputType({ description: 'The referral to accept.' })
export class AcceptReferralInput extends StartReferralInput {
  @Field(() => String, {
    nullable: true,
    description: 'A word to the sender, at most 4000 characters; becomes a message.',
  })
  note?: string | null;
}

@InputType({ description: 'A step with its reason.' })
class ReasonedInput extends StartReferralInput {
  @Field(() => ReferralReason, { description: 'Why; each step takes its own list.' })
  reasonCode!: ReasonCode;

  @Field(() => String, { description: 'Why, in your words, at most 1000 characters; needed with OTHER.' })
  reason!: string;
}

@InputType({ description: 'The referral to decline.' })
export class DeclineReferralInput extends ReasonedInput {}

@InputType({ description: 'The referral to pause.' })
export class HoldReferralInput extends ReasonedInput {}

@InputType({ description: 'The referral that could not be helped.' })
export class FailReferralInput extends ReasonedInput {}

@InputType({ description: 'The referral to cancel.' })
export class CancelReferralInput extends ReasonedInput {}

@InputType({ description: 'The referral that should never have been sent.' })
export class WithdrawReferralInErrorInput extends StartReferralInput {
  @Field(() => String, { description: 'What went wrong, at most 1000 characters.' })
  reason!: string;
}

@InputType({ description: 'What came of a referral.' })
export class CompleteReferralInput extends StartReferralInput {
  @Field(() => ReferralOutcome, {
    description: 'What the person got; ASSESSED for an assessment, and for nothing else.',
  })
  outcome!: Outcome;

  @Field(() => AssessmentFinding, { nullable: true, description: 'With ASSESSED: what was found.' })
  finding?: Finding | null;

  @Field(() => EnrollmentStatus, { nullable: true, description: 'Whether the person is enrolled.' })
  enrollment?: Enrollment | null;

  @Field(() => String, { nullable: true, description: 'What the sender should know, at most 1000 characters.' })
  note?: string | null;
}

@InputType({ description: 'What the patient says about a referral.' })
export class ConfirmReferralOutcomeInput extends StartReferralInput {
  @Field(() => PatientConfirmation, { description: 'Did the help come?' })
  confirmation!: Confirmation;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the needs are met: true meets them, false keeps them open, left out changes nothing.',
  })
  needMet?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'A note on the needs, at most 1000 characters; stays with the care organization.',
  })
  note?: string | null;
}

@InputType({ description: 'A referral whose consent has ended, to let the agency go on.' })
export class KeepReferralInput extends StartReferralInput {}

@InputType({ description: 'A referral whose consent has ended, to put on a newer one.' })
export class RenewReferralConsentInput extends StartReferralInput {}

@InputType({ description: 'A message to the other side.' })
export class SendReferralMessageInput extends MarkReferralSeenInput {
  @Field(() => String, { description: 'The text, at most 4000 characters; may be empty with a file.' })
  body!: string;

  @Field(() => [ID], { nullable: true, description: 'Files that were sent for it, at most 5.' })
  fileIds?: string[] | null;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { PatientConfirmation, type Confirmation } from '../referral.enums.js';
import { FollowUpKind, FollowUpResult } from './follow-up.entity.js';

@InputType({ description: 'Which follow-ups to list.' })
export class FollowUpFilter {
  @Field(() => Boolean, { nullable: true, description: 'Only those of the viewer; true when left out.' })
  mine?: boolean | null;

  @Field(() => LocalDate, { nullable: true, description: 'Only those due by this day.' })
  dueBy?: string | null;
}

@InputType({ description: 'Something to do about a patient by a day.' })
export class AddFollowUpInput {
  @Field(() => ID, { description: 'The patient.' })
  patientId!: string;

  @Field(() => FollowUpKind, { description: 'What is to be done.' })
  kind!: FollowUpKind;

  @Field(() => LocalDate, { description: 'The day by which.' })
  dueOn!: string;

  @Field(() => String, { nullable: true, description: 'What to think of, at most 1000 characters.' })
  note?: string | null;

  @Field(() => ID, { nullable: true, description: 'The referral that it is about.' })
  referralId?: string | null;

  @Field(() => ID, { nullable: true, description: 'A colleague who does it; the viewer when left out.' })
  assignedToId?: string | null;

  @Field(() => String, { description: 'A key of your own, 8 to 100 characters: sending the same twice acts once.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A follow-up to put off.' })
export class MoveFollowUpInput {
  @Field(() => ID, { description: 'The follow-up.' })
  id!: string;

  @Field(() => LocalDate, { description: 'The day by which.' })
  dueOn!: string;

  @Field(() => Int, { nullable: true, description: 'The version you looked at.' })
  expectedVersion?: number | null;
}

@InputType({ description: 'What came of a follow-up.' })
export class CompleteFollowUpInput {
  @Field(() => ID, { description: 'The follow-up.' })
  id!: string;

  @Field(() => FollowUpResult, { description: 'What came of it.' })
  result!: FollowUpResult;

  @Field(() => String, { nullable: true, description: 'What was said, at most 1000 characters.' })
  note?: string | null;

  @Field(() => PatientConfirmation, {
    nullable: true,
    description: 'For a check-in about a referral: what the patient says.',
  })
  confirmation?: Confirmation | null;

  @Field(() => Boolean, { nullable: true, description: 'For a check-in: true meets the needs, false keeps them open.' })
  needMet?: boolean | null;

  @Field(() => LocalDate, {
    nullable: true,
    description:
      'When nobody was reached: the day to try again; two working days from now when left out, null for never.',
  })
  againOn?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version you looked at.' })
  expectedVersion?: number | null;
}

import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';
import { DueReason, LifeEventKind, PauseReason } from './due.words.js';

@ObjectType({ description: 'A screening that is due: found from what happened and the rules, never kept.' })
export class ScreeningDue {
  /** The patient's. */
  id!: string;
  instrumentKey!: string | null;

  @Field(() => DateTimeISO, { description: 'Since when it is due, or from when.' })
  dueAt!: Date;

  @Field(() => DueReason, { description: 'Why.' })
  reason!: DueReason;

  @Field(() => DateTimeISO, {
    nullable: true,
    description:
      'When what it counts from happened: the last screening, the discharge, the need; null when never screened.',
  })
  since!: Date | null;
}

@ObjectType({ description: 'A screening that is put off, or was declined this time.' })
export class ScreeningPause {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => PauseReason, { description: 'Why.' })
  reason!: PauseReason;

  @Field(() => Boolean, { description: 'Whether the patient declined; what happened before then counts no more.' })
  declined!: boolean;

  @Field(() => DateTimeISO, { description: 'When to ask again.' })
  until!: Date;

  @Field(() => String, { nullable: true, description: 'What to remember, at most 500 characters.' })
  note!: string | null;
}

@ObjectType({ description: 'Something that happened to a patient and may change what they need.' })
export class LifeEvent {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => LifeEventKind, { description: 'What happened.' })
  kind!: LifeEventKind;

  @Field(() => LocalDate, { description: 'On which day.' })
  onDay!: string;

  /** Not part of the API. */
  patientId!: string;
}

@ObjectType({ description: 'When a care organization screens again.' })
export class ScreeningRule {
  @Field(() => DueReason, { description: 'What it counts from.' })
  trigger!: DueReason;

  @Field(() => String, { nullable: true, description: 'Which form counts; null for any.' })
  instrumentKey!: string | null;

  @Field(() => Int, { description: 'How many days after, 1 to 1095.' })
  days!: number;

  @Field(() => Boolean, { description: 'Whether it is followed.' })
  active!: boolean;
}

@InputType({ description: 'Which screenings that are due.' })
export class ScreeningsDueFilter {
  @Field(() => Boolean, { nullable: true, description: 'Only the caller’s own patients.' })
  mine?: boolean | null;

  @Field(() => DueReason, { nullable: true, description: 'Only those that are due for this reason.' })
  reason?: DueReason | null;

  @Field(() => Int, { nullable: true, description: 'Also those that fall due within so many days, 0 to 90.' })
  withinDays?: number | null;
}

@InputType({ description: 'Puts a screening off.' })
export class SnoozeScreeningInput {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => PauseReason, { description: 'Why; DECLINED when the patient does not want to be asked this time.' })
  reason!: PauseReason;

  @Field(() => LocalDate, { description: 'On which day to ask again, at most a year ahead.' })
  until!: string;

  @Field(() => String, { nullable: true, description: 'What to remember, at most 500 characters.' })
  note?: string | null;
}

@InputType({ description: 'Takes back that a screening was put off.' })
export class ResumeScreeningInput {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;
}

@InputType({ description: 'Something that happened to a patient.' })
export class RecordLifeEventInput {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => LifeEventKind, { description: 'What happened.' })
  kind!: LifeEventKind;

  @Field(() => LocalDate, { description: 'On which day: today or earlier, not more than a year ago.' })
  onDay!: string;

  @Field(() => String, { nullable: true, description: 'A key of the client’s choice, 8 to 100 characters.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'Takes back what was recorded by mistake.' })
export class WithdrawLifeEventInput {
  @Field(() => ID, { description: 'Id of the event.' })
  id!: string;
}

@InputType({ description: 'One rule.' })
export class ScreeningRuleInput {
  @Field(() => DueReason, { description: 'What it counts from.' })
  trigger!: DueReason;

  @Field(() => String, { nullable: true, description: 'Which form counts; null for any.' })
  instrumentKey?: string | null;

  @Field(() => Int, { description: 'How many days after, 1 to 1095.' })
  days!: number;

  @Field(() => Boolean, { description: 'Whether it is followed.' })
  active!: boolean;
}

@InputType({ description: 'The rules of the organization, all of them.' })
export class ChangeScreeningRulesInput {
  @Field(() => [ScreeningRuleInput], { description: 'Each trigger and form once; at most 20.' })
  rules!: ScreeningRuleInput[];
}

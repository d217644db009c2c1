import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import { Service, Weekday } from '../../directory/index.js';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { ReferralPriority, type Priority } from '../referral.enums.js';
import { CLOCK_UNITS, CLOCKS, type Clock, type ClockUnit } from './targets.js';

export const ReferralClock = enumOf(CLOCKS);
const TimeUnit = enumOf(CLOCK_UNITS);
registerEnumType(ReferralClock, {
  name: 'ReferralClock',
  description:
    'What an agency has time for: to open a referral, to answer it, to reach the person, to say what came of it.',
});
registerEnumType(TimeUnit, {
  name: 'TimeUnit',
  description:
    'In what time is counted. Working hours and days are those of the agency; 0 working days is the same day.',
});

@InputType('WorkHoursInput', { description: 'Hours in which an agency works.' })
@ObjectType({ description: 'Hours in which an agency works.' })
export class WorkHours {
  @Field(() => [Weekday], { description: 'The days on which they begin.' })
  days!: Weekday[];

  @Field(() => String, { description: 'HH:MM on the agency’s clock.' })
  opensAt!: string;

  @Field(() => String, {
    description: 'HH:MM; at or before the opening it is on the next day, so that 00:00 to 00:00 is around the clock.',
  })
  closesAt!: string;
}

@InputType()
@ObjectType()
abstract class Target {
  @Field(() => ReferralPriority, { description: 'For urgent or for routine referrals.' })
  priority!: Priority;

  @Field(() => ReferralClock, { description: 'For what.' })
  clock!: Clock;

  @Field(() => Int, { description: 'How much.' })
  amount!: number;

  @Field(() => TimeUnit, { description: 'In what.' })
  unit!: ClockUnit;
}

@ObjectType({ description: 'How much time an agency has for one thing.' })
export class AnsweringTarget extends Target {
  @Field(() => Boolean, { description: 'Whether it was set here; else it is the agency’s, or what is usual.' })
  own!: boolean;

  @Field(() => Int, { description: 'The most that may be set in this unit.' })
  longest!: number;
}

@ObjectType({
  description:
    'When an agency works and how much time it has to answer, for the whole agency or for one service. It holds for what is sent from now on: what a sender was promised stays.',
})
export class AnsweringTimes {
  @Field(() => ID, { description: 'The organization, or the service.' })
  id!: string;

  @Field(() => Service, { nullable: true, description: 'The service they are for; null for the whole agency.' })
  service!: Service | null;

  @Field(() => [WorkHours], { description: 'When it works. Monday to Friday from 9 to 5 unless it was set.' })
  hours!: WorkHours[];

  @Field(() => Boolean, { description: 'Whether the hours were set here.' })
  ownHours!: boolean;

  @Field(() => Boolean, { description: 'Whether nobody works on federal holidays of the United States.' })
  federalHolidays!: boolean;

  @Field(() => [LocalDate], { description: 'Days set here on which nobody begins to work, in order.' })
  closedOn!: string[];

  @Field(() => String, { description: 'The IANA time zone that counts.' })
  timeZone!: string;

  @Field(() => Boolean, { description: 'Whether the time zone was set here.' })
  ownTimeZone!: boolean;

  @Field(() => [AnsweringTarget], { description: 'How much time there is, for each priority and clock.' })
  targets!: AnsweringTarget[];

  @Field(() => Int, { description: 'Grows with each change, 0 before the first; send it back as `expectedVersion`.' })
  version!: number;
}

@InputType({ description: 'How much time an agency has for one thing.' })
export class AnsweringTargetInput extends Target {}

@InputType({ description: 'What to change; what is left out stays, null goes back to what is usual.' })
export class SetAnsweringTimesInput {
  @Field(() => ID, { nullable: true, description: 'One service of the agency; the whole agency when left out.' })
  serviceId?: string | null;

  @Field(() => [WorkHours], { nullable: true, description: 'When it works; at least two hours a week.' })
  hours?: WorkHours[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether nobody works on federal holidays.' })
  federalHolidays?: boolean | null;

  @Field(() => [LocalDate], { nullable: true, description: 'Days on which nobody begins to work, at most 200.' })
  closedOn?: string[] | null;

  @Field(() => String, { nullable: true, description: 'An IANA time zone, such as `America/Chicago`.' })
  timeZone?: string | null;

  @Field(() => [AnsweringTargetInput], { nullable: true, description: 'All that differs from what is usual.' })
  targets?: AnsweringTargetInput[] | null;

  @Field(() => Int, { nullable: true, description: 'The version you looked at; nothing is done when it has changed.' })
  expectedVersion?: number | null;
}

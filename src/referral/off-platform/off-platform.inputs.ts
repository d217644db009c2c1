import { Field, ID, InputType, Int } from 'type-graphql';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { ReferralReason, type ReasonCode } from '../referral.enums.js';
import type { OffPlatformStatus as Status } from './machine.js';
import { AskedHow, OffPlatformStatus, ToldAgency } from './off-platform.enums.js';

@InputType({
  description: 'Help that was asked for outside the hub. Give a service, or a name that the directory lacks.',
})
export class RecordOffPlatformReferralInput {
  @Field(() => ID, { description: 'The patient.' })
  patientId!: string;

  @Field(() => ID, { nullable: true, description: 'The service in the directory.' })
  serviceId?: string | null;

  @Field(() => String, { nullable: true, description: 'Who was asked, when the directory does not list them.' })
  agencyName?: string | null;

  @Field(() => [ID], { description: 'The confirmed needs it is for, 1 to 10.' })
  needIds!: string[];

  @Field(() => AskedHow, { description: 'How it was asked for.' })
  how!: AskedHow;

  @Field(() => OffPlatformStatus, { description: 'What they answered; ASKED when they have not yet.' })
  status!: Status;

  @Field(() => ReferralReason, { nullable: true, description: 'Why; needed when they decline or it comes to nothing.' })
  reasonCode?: ReasonCode | null;

  @Field(() => String, { nullable: true, description: 'What was said, at most 1000 characters.' })
  note?: string | null;

  @Field(() => ToldAgency, {
    description: 'What they were told about the person; WITH_CONSENT needs a consent that covers it.',
  })
  told!: ToldAgency;

  @Field(() => LocalDate, {
    nullable: true,
    description: 'The day to call again; two working days from now when left out, null for never.',
  })
  callAgainOn?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description: 'The day to ask the patient; a week from now when left out, null for never.',
  })
  checkInOn?: string | null;

  @Field(() => String, { description: 'A key of your own, 8 to 100 characters: sending the same twice acts once.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What became known since.' })
export class UpdateOffPlatformReferralInput {
  @Field(() => ID, { description: 'The one that was recorded.' })
  id!: string;

  @Field(() => OffPlatformStatus, { description: 'Where it stands now.' })
  status!: Status;

  @Field(() => ReferralReason, { nullable: true, description: 'Why; needed when they decline or it comes to nothing.' })
  reasonCode?: ReasonCode | null;

  @Field(() => String, { nullable: true, description: 'What was said, at most 1000 characters.' })
  note?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version you looked at.' })
  expectedVersion?: number | null;
}

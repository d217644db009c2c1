import { Field, InputType, Int } from 'type-graphql';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';
import { AssessmentFinding, EnrollmentStatus, ReferralOutcome, ReferralReason } from '../referral.enums.js';
import type { Enrollment, Finding, Outcome, ReasonCode } from '../referral.enums.js';
import { AgencyAnswer } from './agency-answer.js';
import { ContactWay } from './referral-contact.entity.js';

/** The answer itself, however it came: by an account, by a link, for many at once. */
@InputType({ description: 'What an agency says of a referral.' })
export class AnswerFields {
  @Field(() => AgencyAnswer, { description: 'The answer.' })
  answer!: AgencyAnswer;

  @Field(() => ReferralReason, {
    nullable: true,
    description: 'Why, with DECLINE, HOLD and NOT_HELPED; each takes its own list.',
  })
  reasonCode?: ReasonCode | null;

  @Field(() => String, {
    nullable: true,
    description:
      'In words: the reason, the question with NEED_INFO, what the sender should know otherwise. At most 1000 characters.',
  })
  words?: string | null;

  @Field(() => Int, { nullable: true, description: 'With WAITLIST: the place on the list, 1 to 9999.' })
  waitlistPosition?: number | null;

  @Field(() => LocalDate, { nullable: true, description: 'With WAITLIST: when there will be room.' })
  waitlistExpectedOn?: string | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'With APPOINTMENT: when.' })
  appointmentAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'With APPOINTMENT: where, at most 300 characters.' })
  appointmentPlace?: string | null;

  @Field(() => ReferralOutcome, { nullable: true, description: 'With HELPED: what the person got.' })
  outcome?: Outcome | null;

  @Field(() => AssessmentFinding, { nullable: true, description: 'With HELPED and ASSESSED: what was found.' })
  finding?: Finding | null;

  @Field(() => EnrollmentStatus, { nullable: true, description: 'With HELPED: whether the person is enrolled.' })
  enrollment?: Enrollment | null;

  @Field(() => ContactWay, { nullable: true, description: 'With NOT_REACHED: how it was tried; PHONE when left out.' })
  how?: ContactWay | null;
}

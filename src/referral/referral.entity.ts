import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Sensitivity } from '../access/sensitivity.js';
import { DateTimeISO, LocalDate } from '../platform/graphql/scalars.js';
import {
  AskedBy,
  AssessmentFinding,
  ConsentDecision,
  EnrollmentStatus,
  PatientConfirmation,
  ReferralKind,
  ReferralOutcome,
  ReferralPriority,
  ReferralReason,
  ReferralStatus,
  type Confirmation,
  type Enrollment,
  type Finding,
  type Kind,
  type Outcome,
  type OwnWord,
  type Priority,
  type ReasonCode,
  type Status,
} from './referral.enums.js';
import { FollowHow } from './follow/follow.enums.js';
import type { SharedItem } from './shared-information.js';

const ReferralSchema = defineEntity({
  name: 'Referral',
  tableName: 'referral',
  properties: {
    id: p.uuid().primary(),
    fromOrgId: p.uuid(),
    toOrgId: p.uuid(),
    patientId: p.uuid(),
    serviceId: p.uuid(),
    serviceAtLocationId: p.uuid().nullable(),
    status: p.text().$type<Status>(),
    reasonCode: p.text().$type<ReasonCode>().nullable(),
    reason: p.text().nullable(),
    priority: p.text().$type<Priority>(),
    categories: p.array<string>(),
    sensitivity: p.text().$type<Sensitivity>(),
    request: p.text().nullable(),
    consentId: p.uuid(),
    shared: p.json().$type<SharedItem[]>(),
    patientLabel: p.text(),
    sentBy: p.uuid(),
    sentByName: p.text(),
    sentAt: p.datetime().nullable(),
    seenAt: p.datetime().nullable(),
    answeredAt: p.datetime().nullable(),
    closedAt: p.datetime().nullable(),
    answerDueAt: p.datetime().nullable(),
    seeDueAt: p.datetime().nullable(),
    contactDueAt: p.datetime().nullable(),
    outcomeDueAt: p.datetime().nullable(),
    clockPausedAt: p.datetime().nullable(),
    nextClockAt: p.datetime().nullable(),
    remindedAt: p.datetime().nullable(),
    escalatedAt: p.datetime().nullable(),
    stalledAt: p.datetime().nullable(),
    offerId: p.uuid().nullable(),
    followsId: p.uuid().nullable(),
    followsHow: p.text().$type<FollowHow>().nullable(),
    kind: p.text().$type<Kind>().default('SERVICE'),
    finding: p.text().$type<Finding>().nullable(),
    askedBy: p.text().$type<AskedBy>().default('CARE_TEAM'),
    assignedToId: p.uuid().fieldName('assigned_to').nullable(),
    outcome: p.text().$type<Outcome>().nullable(),
    outcomeNote: p.text().nullable(),
    enrollment: p.text().$type<Enrollment>().nullable(),
    patientConfirmation: p.text().$type<Confirmation>().nullable(),
    patientConfirmedAt: p.datetime().nullable(),
    patientConfirmedBy: p.uuid().nullable(),
    consentEndedAt: p.datetime().nullable(),
    consentUntil: p.datetime().nullable(),
    personDiedAt: p.datetime().nullable(),
    consentDecision: p.text().$type<ConsentDecision>().nullable(),
    consentDecidedAt: p.datetime().nullable(),
    consentDecidedBy: p.uuid().nullable(),
    part2: p.boolean().name('part2').default(false),
    ownWord: p.text().$type<OwnWord>().nullable(),
    ownWordNote: p.text().nullable(),
    ownWordAt: p.datetime().nullable(),
    infoAskedAt: p.datetime().nullable(),
    infoGivenAt: p.datetime().nullable(),
    waitlistPosition: p.integer().nullable(),
    waitlistExpectedOn: p.date().nullable(),
    appointmentAt: p.datetime().nullable(),
    appointmentPlace: p.text().nullable(),
    firstContactAt: p.datetime().nullable(),
    version: p.integer().version(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A request to an agency to help a patient: FHIR's Task with its ServiceRequest, seen from both sides. */
@ObjectType({ description: 'A request to an agency to help a patient, from sending to the patient’s own word on it.' })
export class Referral extends ReferralSchema.class {
  @Field(() => ID, { description: 'The id of the referral.' })
  override id!: string;

  @Field(() => ReferralStatus, { description: 'Where it stands.' })
  override status!: Status;

  @Field(() => ReferralReason, { nullable: true, description: 'Why it was declined, paused or ended.' })
  override reasonCode!: ReasonCode | null | undefined;

  @Field(() => String, { nullable: true, description: 'The reason in the words of who gave it.' })
  override reason!: string | null | undefined;

  @Field(() => ReferralPriority, { description: 'How soon an answer is needed.' })
  override priority!: Priority;

  @Field(() => String, { description: 'Who sent it.' })
  override sentByName!: string;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was sent; null for a draft.' })
  override sentAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When somebody at the agency first opened it.' })
  override seenAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the agency accepted or declined.' })
  override answeredAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was finished, however it ended.' })
  override closedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'When an answer is due, counted in the agency’s working time.',
  })
  override answerDueAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When somebody at the agency is to have opened it.' })
  override seeDueAt!: Date | null | undefined;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'When the agency is to have reached the person; counts from the moment it accepts.',
  })
  override contactDueAt!: Date | null | undefined;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'When the agency is to have said what came of it; counts from the moment it accepts.',
  })
  override outcomeDueAt!: Date | null | undefined;

  @Field(() => DateTimeISO, {
    nullable: true,
    description:
      'Since when the clocks stand still, because the agency waits for the sender, for the person or for a place.',
  })
  override clockPausedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the agency was last reminded.' })
  override remindedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When those who lead the agency were last told.' })
  override escalatedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'Since when it is stuck in spite of reminders, so that the sender has to decide.',
  })
  override stalledAt!: Date | null | undefined;

  @Field(() => ReferralKind, { description: 'Whether it asks for help or for somebody to look first.' })
  override kind!: Kind;

  @Field(() => AskedBy, { description: 'Who asks: a care team, or the person without one.' })
  override askedBy!: AskedBy;

  @Field(() => FollowHow, {
    nullable: true,
    description: 'How it came out of an older referral; null for a first one.',
  })
  override followsHow!: FollowHow | null | undefined;

  @Field(() => AssessmentFinding, {
    nullable: true,
    description: 'What the agency found, once an assessment is completed.',
  })
  override finding!: Finding | null | undefined;

  @Field(() => ReferralOutcome, { nullable: true, description: 'What came of it, as the agency says.' })
  override outcome!: Outcome | null | undefined;

  @Field(() => String, { nullable: true, description: 'What the agency adds about the outcome.' })
  override outcomeNote!: string | null | undefined;

  @Field(() => EnrollmentStatus, { nullable: true, description: 'Whether the person was enrolled.' })
  override enrollment!: Enrollment | null | undefined;

  @Field(() => PatientConfirmation, { nullable: true, description: 'What the patient says; null when not asked yet.' })
  override patientConfirmation!: Confirmation | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the patient was asked.' })
  override patientConfirmedAt!: Date | null | undefined;

  @Field(() => ConsentDecision, {
    nullable: true,
    description: 'What the sender decided after that; null while it is to be decided.',
  })
  override consentDecision!: ConsentDecision | null | undefined;

  @Field(() => PatientConfirmation, {
    nullable: true,
    description: 'What the patient said themselves, by their own link; null when they have not.',
  })
  override ownWord!: OwnWord | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the patient said so.' })
  override ownWordAt!: Date | null | undefined;
  @Field(() => DateTimeISO, { nullable: true, description: 'When the agency last asked the sender for more.' })
  override infoAskedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the sender wrote back to that; null while it waits.' })
  override infoGivenAt!: Date | null | undefined;

  @Field(() => Int, { nullable: true, description: 'The place on the agency’s waiting list, 1 to 9999.' })
  override waitlistPosition!: number | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'The day on which the agency expects to have room.' })
  override waitlistExpectedOn!: string | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the agency sees the person.' })
  override appointmentAt!: Date | null | undefined;

  @Field(() => String, { nullable: true, description: 'Where the agency sees the person.' })
  override appointmentPlace!: string | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the agency first reached the person.' })
  override firstContactAt!: Date | null | undefined;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion`.' })
  override version!: number;

  @Field(() => DateTimeISO, { description: 'When it was written.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { description: 'When it last changed.' })
  override updatedAt!: Date;
}
ReferralSchema.setClass(Referral);

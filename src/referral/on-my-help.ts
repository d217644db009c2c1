import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../access/index.js';
import { auditPage, MyHelp, readerOf } from '../caseload/index.js';
import { categoriesOfCodes, SdohCategory } from '../directory/index.js';
import { toDateOrNull } from '../platform/database/rows.js';
import { emit } from '../platform/events.js';
import { fail } from '../platform/graphql/errors.js';
import { DateTimeISO } from '../platform/graphql/scalars.js';
import { Payload } from '../platform/graphql/payload.js';
import { refuse } from '../platform/graphql/refusal.js';
import { keptText } from './answered.js';
import { tellBothSides } from './announce.js';
import {
  EnrollmentStatus,
  PatientConfirmation,
  ReferralOutcome,
  ReferralStatus,
  type Confirmation,
  type Enrollment,
  type Outcome,
  type OwnWord,
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
class ConfirmMyHelpPayload extends Payload {
  @Field(() => PatientConfirmation, { nullable: true, description: 'The word as it was kept.' })
  word!: Confirmation | null;
}

interface Row {
  id: string;
  service: string;
  agency: string;
  agencyPhone: string | null;
  categories: string[];
  status: Status;
  sentAt: string | null;
  answeredAt: string | null;
  closedAt: string | null;
  outcome: Outcome | null;
  enrollment: Enrollment | null;
  consentEndedAt: string | null;
  ownWord: OwnWord | null;
}

const COLUMNS = `r.id, s.name as service, o.name as agency, r.categories, r.status, r.sent_at as "sentAt", r.answered_at as "answeredAt",
    r.closed_at as "closedAt", r.outcome, r.enrollment,
    coalesce((select f.number from hub.phone f where f.service_id = s.id order by f.id limit 1),
      (select f.number from hub.phone f where f.organization_id = o.id order by f.id limit 1)) as "agencyPhone"`;
const FROM = `from hub.referral r join hub.service s on s.id = r.service_id join hub.organization o on o.id = r.to_org_id
  where r.patient_id = $1 and r.from_org_id = $2 and r.status not in ('DRAFT', 'ENTERED_IN_ERROR')
    and ($3 or (r.sensitivity = 'NONE' and not r.part2)) order by r.sent_at desc, r.id desc limit 100`;
const OWN = `select ${COLUMNS}, r.consent_ended_at as "consentEndedAt", r.own_word as "ownWord" ${FROM}`;
/** Somebody around the patient reads neither what the patient said nor that sharing was stopped. */
const GIVEN = `select ${COLUMNS}, null as "consentEndedAt", null as "ownWord" ${FROM}`;

/** Before anybody answered there is nothing to say of the help. */
const SAYABLE: ReadonlySet<Status> = new Set([
  'ACCEPTED',
  'IN_PROGRESS',
  'ON_HOLD',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
]);

@Resolver(() => MyHelp)
export class MyHelpReferrals {
  @FieldResolver(() => [MyReferral], { description: 'Help that was asked for, the latest first.' })
  async referrals(@Root() { reader, withPrivate }: MyHelp, @Ctx() ctx: HubContext): Promise<MyReferral[]> {
    const { patientId, careOrgId } = readerOf(ctx);
    const rows = await ctx.db.query<Row>(reader === null ? OWN : GIVEN, [patientId, careOrgId, withPrivate]);
    return rows.map((row) => ({
      ...row,
      categories: categoriesOfCodes(row.categories),
      sentAt: toDateOrNull(row.sentAt),
      answeredAt: toDateOrNull(row.answeredAt),
      closedAt: toDateOrNull(row.closedAt),
      consentEndedAt: toDateOrNull(row.consentEndedAt),
      canSay: reader === null && SAYABLE.has(row.status),
    }));
  }

  @Can('help.write')
  @Mutation(() => ConfirmMyHelpPayload, {
    description: 'The patient says whether the help came: kept as their own word, beside what the care manager notes.',
  })
  async confirmMyHelp(
    @Arg('input', () => ConfirmMyHelpInput) input: ConfirmMyHelpInput,
    @Ctx() ctx: HubContext,
  ): Promise<ConfirmMyHelpPayload> {
    const { patientId, careOrgId } = readerOf(ctx);
    const note = keptText(input.note, 1000, 'note');
    const { word } = input;
    if (word === 'COULD_NOT_ASK') fail.badInput('input.word', 'HELPED, PARTLY or NOT_HELPED is expected');
    const em = await ctx.db.em();
    const [row] = await em.execute<{ id: string; status: Status; to_org_id: string }[]>(
      'select id, status, to_org_id from hub.referral where id = ? and patient_id = ? and from_org_id = ? for update',
      [input.referralId, patientId, careOrgId],
    );
    const referral = row ?? fail.notFound('Referral');
    if (!SAYABLE.has(referral.status)) {
      refuse('NOT_YET', 'Nobody has answered yet. Come back when they have.', 'referralId');
    }
    const now = ctx.clock.now().toISOString();
    await em.execute(
      `update hub.referral set own_word = ?, own_word_note = ?, own_word_at = ?, version = version + 1, updated_at = ? where id = ?`,
      [word, note, now, now, referral.id],
    );
    await tellBothSides(em, { id: referral.id, fromOrgId: careOrgId, toOrgId: referral.to_org_id });
    await emit(em, 'referral.confirmed', { referralId: referral.id, patientId });
    auditPage(ctx, 'help.confirm');
    return Object.assign(new ConfirmMyHelpPayload(), { word });
  }
}

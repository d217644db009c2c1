import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Can, type HubContext } from '../access/index.js';
import { auditPage, MyHelp, readerOf } from '../caseload/index.js';
import { categoriesOfCodes } from '../directory/index.js';
import { toDateOrNull } from '../platform/database/rows.js';
import { emit } from '../platform/events.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { isLate } from './answer-due.js';
import { keptText } from './answered.js';
import { tellBothSides } from './announce.js';
import { isTerminal } from './machine.js';
import {
  ConfirmMyHelpInput,
  ConfirmMyHelpPayload,
  MyReferral,
  TakeBackMyRequestInput,
  TakeBackMyRequestPayload,
} from './my-referral.types.js';
import { ownWhy } from './own-why.js';
import type { Enrollment, Outcome, OwnWord, ReasonCode, Status } from './referral.enums.js';
import { MyNextService, nextForSelf } from './self/next-for-self.js';
import { takeBack } from './self/take-back.js';

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
  reasonCode: ReasonCode | null;
  waitlistPosition: number | null;
  waitlistExpectedOn: string | null;
  appointmentAt: string | null;
  appointmentPlace: string | null;
  answerDueAt: string | null;
  clockPausedAt: string | null;
  bySelf: boolean;
}

const COLUMNS = `r.id, s.name as service, o.name as agency, r.categories, r.status, r.sent_at as "sentAt", r.answered_at as "answeredAt",
    r.closed_at as "closedAt", r.outcome, r.enrollment,
    coalesce((select f.number from hub.phone f where f.service_id = s.id order by f.id limit 1),
      (select f.number from hub.phone f where f.organization_id = o.id order by f.id limit 1)) as "agencyPhone"`;
const FROM = `from hub.referral r join hub.service s on s.id = r.service_id join hub.organization o on o.id = r.to_org_id
  where r.patient_id = $1 and r.from_org_id = $2 and r.status not in ('DRAFT', 'ENTERED_IN_ERROR')
    and ($3 or (r.sensitivity = 'NONE' and not r.part2)) order by r.sent_at desc, r.id desc limit 100`;
const OWN = `select ${COLUMNS}, r.consent_ended_at as "consentEndedAt", r.own_word as "ownWord", r.reason_code as "reasonCode",
    r.waitlist_position as "waitlistPosition", r.waitlist_expected_on::text as "waitlistExpectedOn", r.appointment_at as "appointmentAt",
    r.appointment_place as "appointmentPlace", r.answer_due_at as "answerDueAt", r.clock_paused_at as "clockPausedAt", r.asked_by = 'SELF' as "bySelf" ${FROM}`;
/** Somebody around the patient reads neither what the patient said, nor that sharing was stopped, nor why, where and when. */
const GIVEN = `select ${COLUMNS}, null as "consentEndedAt", null as "ownWord", null as "reasonCode", null as "waitlistPosition",
    null as "waitlistExpectedOn", null as "appointmentAt", null as "appointmentPlace", null as "answerDueAt", null as "clockPausedAt",
    false as "bySelf" ${FROM}`;

/** Before anybody answered there is nothing to say of the help. */
const SAYABLE: ReadonlySet<Status> = new Set([
  'ACCEPTED',
  'IN_PROGRESS',
  'ON_HOLD',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
]);

function shown(row: Row, own: boolean, { clock, language }: HubContext): MyReferral {
  const { reasonCode, clockPausedAt, bySelf, ...rest } = row;
  const answerDueAt = row.status === 'REQUESTED' ? toDateOrNull(row.answerDueAt) : null;
  return {
    ...rest,
    categories: categoriesOfCodes(row.categories),
    sentAt: toDateOrNull(row.sentAt),
    answeredAt: toDateOrNull(row.answeredAt),
    closedAt: toDateOrNull(row.closedAt),
    consentEndedAt: toDateOrNull(row.consentEndedAt),
    appointmentAt: isTerminal(row.status) ? null : toDateOrNull(row.appointmentAt),
    appointmentPlace: isTerminal(row.status) ? null : row.appointmentPlace,
    answerDueAt,
    late: isLate({ status: row.status, answerDueAt, clockPausedAt: toDateOrNull(clockPausedAt) }, clock.now()),
    why: ownWhy(row.status, reasonCode, language),
    canSay: own && SAYABLE.has(row.status),
    canTakeBack: bySelf && !isTerminal(row.status) && !row.consentEndedAt,
  };
}

@Resolver(() => MyHelp)
export class MyHelpReferrals {
  @FieldResolver(() => [MyReferral], { description: 'Help that was asked for, the latest first.' })
  async referrals(@Root() { reader, withPrivate }: MyHelp, @Ctx() ctx: HubContext): Promise<MyReferral[]> {
    const { patientId, careOrgId } = readerOf(ctx);
    const rows = await ctx.db.query<Row>(reader === null ? OWN : GIVEN, [patientId, careOrgId, withPrivate]);
    return rows.map((row) => shown(row, reader === null, ctx));
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

@Resolver(() => MyReferral)
export class MyReferralFields {
  @FieldResolver(() => [MyNextService], {
    description: 'Who else can be asked, when somebody asked for themselves and no help or no answer came; 3 at most.',
  })
  next(@Root() { id, status, late, categories }: MyReferral, @Ctx() ctx: HubContext): Promise<MyNextService[]> {
    return nextForSelf(ctx, { id, status, late, categories: categories.map(({ code }) => code) });
  }

  @Can('help.write')
  @Mutation(() => TakeBackMyRequestPayload, {
    description: 'Somebody takes back what they asked for themselves. At once; the agency is told without a reason.',
  })
  async takeBackMyRequest(
    @Arg('input', () => TakeBackMyRequestInput) input: TakeBackMyRequestInput,
    @Ctx() ctx: HubContext,
  ): Promise<TakeBackMyRequestPayload> {
    await takeBack(ctx, input.referralId);
    return Object.assign(new TakeBackMyRequestPayload(), { takenBack: true });
  }
}

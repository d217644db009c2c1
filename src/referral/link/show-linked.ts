import type { HubContext } from '../../access/index.js';
import { PART2_NOTICE } from '../../caseload/index.js';
import { categoriesOfCodes, serviceById } from '../../directory/index.js';
import { organizationById } from '../../identity/index.js';
import { toDate } from '../../platform/database/rows.js';
import { mayKnowWhom, mayReadPerson, NOBODY } from '../agency-view.js';
import { answersFor } from '../answer/agency-answer.js';
import { filesOfMessage } from '../file/referral-file.js';
import { mayPropose } from '../follow/propose-transfer.js';
import { isTerminal } from '../machine.js';
import { phoneAnswersOf } from '../phone/phone-answer.loaders.js';
import type { ReferralMessage } from '../referral-history.entity.js';
import type { Referral } from '../referral.entity.js';
import { contactsOf, transitionsOf } from '../referral.loaders.js';
import { sharedIn } from '../shared-information.js';
import type { Link } from './link.js';
import type { LinkedReferral } from './linked-referral.js';

/** So long after an answer somebody may say that it was a slip. Later they write a message. */
const CORRECT_MS = 60 * 60_000;
const MESSAGES = 100;

/** Whether the last answer ended the referral so lately that it may have been a slip. */
export function mayCorrect({ status, closedAt }: Referral, now: Date): boolean {
  if (!isTerminal(status) || status === 'CANCELLED' || status === 'ENTERED_IN_ERROR') return false;
  return closedAt instanceof Date && now.getTime() - closedAt.getTime() < CORRECT_MS;
}

export async function expiryOf(ctx: HubContext, link: Link): Promise<Date> {
  const [row] = await ctx.db.gather<{ at: string }>(
    'select expires_at as at from hub.referral_link where id = $1::uuid',
    [link.id],
  );
  return row ? toDate(row.at) : ctx.clock.now();
}

type Message = Pick<ReferralMessage, 'id' | 'body' | 'authorName' | 'authorOrgId' | 'at'>;

const LATEST = `select id, body, author_name as "authorName", author_org_id as "authorOrgId", at from hub.referral_message
  where referral_id = $1::uuid order by at desc, id desc limit ${MESSAGES}`;

/** The last messages, oldest first. */
async function messagesOf(ctx: HubContext, { id }: Referral): Promise<Message[]> {
  const rows = await ctx.db.gather<Omit<Message, 'at'> & { at: string }>(LATEST, [id]);
  return rows.map((row) => ({ ...row, at: toDate(row.at) })).toReversed();
}

/** The service that the agency named, while the sender has to decide. */
const PROPOSED = `select s.name from hub.referral_transfer t join hub.service s on s.id = t.service_id
  where t.referral_id = $1::uuid and t.settled is null`;

/** All that the page behind a link shows, read as the agency whose link it is, in one statement and one for papers. */
export async function showLinked(ctx: HubContext, link: Link, referral: Referral): Promise<LinkedReferral> {
  const knows = mayKnowWhom('TARGET', referral);
  const reads = mayReadPerson('TARGET', referral);
  const [messages, contacts, phoneAnswers, transitions, [proposal], service, from, agency, expiresAt] =
    await Promise.all([
      knows ? messagesOf(ctx, referral) : [],
      contactsOf(ctx, referral.id),
      phoneAnswersOf(ctx, referral.id),
      transitionsOf(ctx, referral.id),
      ctx.db.gather<{ name: string }>(PROPOSED, [referral.id]),
      serviceById(ctx, referral.serviceId),
      organizationById(ctx, referral.fromOrgId),
      organizationById(ctx, referral.toOrgId),
      expiryOf(ctx, link),
    ]);
  return {
    ...factsOf(referral),
    agency: agency?.name ?? '',
    from: from?.name ?? '',
    service: service?.name ?? '',
    claimableListing: agency?.claimedAt ? null : referral.serviceId,
    patientLabel: knows ? referral.patientLabel : NOBODY,
    shared: reads ? sharedIn(referral.shared, ctx.language) : [],
    request: reads ? (referral.request ?? null) : null,
    categories: categoriesOfCodes(referral.categories),
    notice: reads && referral.part2 ? PART2_NOTICE[ctx.language] : null,
    answers: answersFor(referral.status, referral.askedBy),
    messagesAreRead: referral.askedBy !== 'SELF',
    mayCorrect: mayCorrect(referral, ctx.clock.now()),
    mayPropose: mayPropose(referral),
    proposed: proposal?.name ?? null,
    messages: await Promise.all(
      messages.map(async ({ id, body, authorName, authorOrgId, at: when }) => {
        const side = authorOrgId === referral.toOrgId ? ('TARGET' as const) : ('REQUESTER' as const);
        return { id, body, authorName, at: when, side, files: await filesOfMessage(ctx, id) };
      }),
    ),
    contacts,
    phoneAnswers,
    transitions,
    expiresAt,
  };
}

function factsOf(referral: Referral) {
  return {
    sentByName: referral.sentByName,
    status: referral.status,
    priority: referral.priority,
    reasonCode: referral.reasonCode ?? null,
    reason: referral.reason ?? null,
    sentAt: referral.sentAt ?? null,
    answerDueAt: referral.answerDueAt ?? null,
    answeredAt: referral.answeredAt ?? null,
    closedAt: referral.closedAt ?? null,
    infoAskedAt: referral.infoAskedAt ?? null,
    infoGivenAt: referral.infoGivenAt ?? null,
    waitlistPosition: referral.waitlistPosition ?? null,
    waitlistExpectedOn: referral.waitlistExpectedOn ?? null,
    appointmentAt: referral.appointmentAt ?? null,
    appointmentPlace: referral.appointmentPlace ?? null,
    kind: referral.kind,
    finding: referral.finding ?? null,
    outcome: referral.outcome ?? null,
    outcomeNote: referral.outcomeNote ?? null,
    enrollment: referral.enrollment ?? null,
    version: referral.version,
  };
}

import type { HubContext } from '../../access/index.js';
import { PART2_NOTICE } from '../../caseload/index.js';
import { categoriesOfCodes, serviceById } from '../../directory/index.js';
import { organizationById } from '../../identity/index.js';
import { toDate } from '../../platform/database/rows.js';
import { mayKnowWhom, mayReadPerson, NOBODY } from '../agency-view.js';
import { answersFor } from '../answer/agency-answer.js';
import { ReferralContact } from '../answer/referral-contact.entity.js';
import { filesOfMessage } from '../file/referral-file.js';
import { mayPropose, openProposal } from '../follow/propose-transfer.js';
import { isTerminal } from '../machine.js';
import { ReferralMessage, ReferralTransition } from '../referral-history.entity.js';
import type { Referral } from '../referral.entity.js';
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

/** All that the page behind a link shows, read as the agency whose link it is. */
export async function showLinked(ctx: HubContext, link: Link, referral: Referral): Promise<LinkedReferral> {
  const em = await ctx.db.em();
  const at = { referralId: referral.id };
  const inOrder = { orderBy: [{ at: 'asc' as const }, { id: 'asc' as const }] };
  const knows = mayKnowWhom('TARGET', referral);
  const reads = mayReadPerson('TARGET', referral);
  const latest = { orderBy: [{ at: 'desc' as const }, { id: 'desc' as const }], limit: MESSAGES };
  const messages = knows ? (await em.find(ReferralMessage, at, latest)).toReversed() : [];
  const contacts = await em.find(ReferralContact, at, inOrder);
  const transitions = await em.find(ReferralTransition, at, inOrder);
  const proposal = await openProposal(ctx, referral.id);
  const [service, from, agency, expiresAt] = await Promise.all([
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
    proposed: proposal ? ((await serviceById(ctx, proposal.serviceId))?.name ?? null) : null,
    messages: await Promise.all(
      messages.map(async ({ id, body, authorName, authorOrgId, at: when }) => {
        const side = authorOrgId === referral.toOrgId ? ('TARGET' as const) : ('REQUESTER' as const);
        return { id, body, authorName, at: when, side, files: await filesOfMessage(ctx, id) };
      }),
    ),
    contacts,
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

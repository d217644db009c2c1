import type { HubContext } from '../access/index.js';
import { consentById } from '../caseload/index.js';
import { callerName } from '../identity/index.js';
import { emit } from '../platform/events.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { newId } from '../platform/id.js';
import { tellBothSides } from './announce.js';
import { keptText } from './answered.js';
import { auditReferral } from './audit-referral.js';
import { resumeClocks } from './clock/keep-clocks.js';
import type { Referral } from './referral.entity.js';
import { noteDisclosure } from './note-disclosure.js';
import { ReferralMessage } from './referral-history.entity.js';
import { refuseAsItStands, sideOf } from './take-step.js';

const LIMIT = 4000;

/** What a sender writes is told to another organization: it needs the consent as much as the referral did. */
async function demandConsent(ctx: HubContext, referral: Referral): Promise<void> {
  const consent = await consentById(ctx, referral.consentId);
  if (consent?.effectiveAt(ctx.clock.now())) return;
  refuseAsItStands(
    referral,
    'CONSENT_ENDED',
    'The consent has ended, so nothing more may be shared. Ask the patient again, or cancel the referral.',
  );
}

/**
 * Writes a message to the other side and tells it so. `field` names the input for what is wrong with the text. What the
 * sender writes answers what the agency asked. Without a letter of its own where another one tells of it.
 */
export async function addMessage(
  ctx: HubContext,
  referral: Referral,
  text: string,
  field = 'body',
  id = newId(),
  letter = true,
): Promise<ReferralMessage> {
  const { caller } = ctx;
  if (!caller) return fail.unauthenticated();
  auditReferral(ctx, referral, 'referral.message');
  const body = keptText(text, LIMIT, field) ?? refuse('REQUIRED', 'Write something first.', field);
  const side = sideOf(ctx, referral);
  if (referral.status === 'DRAFT' || referral.status === 'ENTERED_IN_ERROR') {
    refuseAsItStands(referral, 'NO_MESSAGES', 'Nobody reads messages on this referral.');
  }
  if (side === 'REQUESTER') await demandConsent(ctx, referral);
  const em = await ctx.db.em();
  const message = em.create(ReferralMessage, {
    id,
    referralId: referral.id,
    fromOrgId: referral.fromOrgId,
    toOrgId: referral.toOrgId,
    authorOrgId: caller.organizationId,
    authorUserId: caller.userId,
    authorName: await callerName(ctx),
    body,
    at: ctx.clock.now(),
  });
  if (side === 'REQUESTER') await noteDisclosure(ctx, referral, ['message']);
  if (side === 'REQUESTER' && referral.infoAskedAt) {
    referral.infoGivenAt ??= ctx.clock.now();
    await resumeClocks(em, referral, ctx.clock.now());
  }
  await em.flush();
  await tellBothSides(em, referral);
  if (letter) await emit(em, 'referral.message', { referralId: referral.id, side });
  return message;
}

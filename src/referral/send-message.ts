import type { HubContext } from '../access/context.js';
import { callerName } from '../identity/index.js';
import { emit } from '../platform/events.js';
import { fail } from '../platform/graphql/errors.js';
import { newId } from '../platform/id.js';
import { refuseLong } from './answered.js';
import type { Referral } from './referral.entity.js';
import { ReferralMessage } from './referral-history.entity.js';
import { auditReferral, sideOf, tellBothSides } from './take-step.js';

const LIMIT = 4000;

/** Writes a message to the other side and tells it so. `field` names the input for what is wrong with the text. */
export async function addMessage(
  ctx: HubContext,
  referral: Referral,
  text: string,
  field = 'body',
): Promise<ReferralMessage> {
  const body = text.trim();
  if (body === '') fail.badInput(`input.${field}`, 'a text is expected');
  refuseLong(body, LIMIT, field);
  const { caller } = ctx;
  if (!caller) return fail.unauthenticated();
  const em = await ctx.db.em();
  const message = em.create(ReferralMessage, {
    id: newId(),
    referralId: referral.id,
    fromOrgId: referral.fromOrgId,
    toOrgId: referral.toOrgId,
    authorOrgId: caller.organizationId,
    authorUserId: caller.userId,
    authorName: await callerName(ctx),
    body,
    at: ctx.clock.now(),
  });
  await em.flush();
  await tellBothSides(ctx, referral);
  await emit(em, 'referral.message', { referralId: referral.id, side: sideOf(ctx, referral) });
  auditReferral(ctx, referral, 'referral.message');
  return message;
}

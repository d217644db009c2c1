import type { HubContext } from '../../access/index.js';
import { callerName } from '../../identity/index.js';
import { emit } from '../../platform/events.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { tellBothSides } from '../announce.js';
import { keptText } from '../answered.js';
import { auditReferral } from '../audit-referral.js';
import type { Referral } from '../referral.entity.js';
import { lockReferral, refuseAsItStands } from '../take-step.js';
import { PhoneAnswer } from './phone-answer.entity.js';

/**
 * The agency says that what was written down is not right. It moves nothing by that: what an end was based on, a person
 * decides, and the agency answers for itself where the referral is still open.
 */
export async function contradict(
  ctx: HubContext,
  { id, words }: { id: string; words: string },
  locked?: Referral,
): Promise<Referral> {
  const em = await ctx.db.em();
  const contradiction = keptText(words, 1000, 'words') ?? refuse('REQUIRED', 'Say what is right.', 'words');
  const known = (await em.findOne(PhoneAnswer, { id })) ?? fail.notFound('PhoneAnswer');
  const referral = locked ?? (await lockReferral(ctx, known.referralId, 'answer'));
  if (known.referralId !== referral.id) fail.notFound('PhoneAnswer');
  auditReferral(ctx, referral, 'referral.contradict');
  await em.refresh(known);
  if (known.contradictedAt) refuseAsItStands(referral, 'ALREADY_DONE', 'Someone has done this already.');
  Object.assign(known, {
    contradiction,
    contradictedAt: ctx.clock.now(),
    contradictedBy: ctx.caller?.userId ?? null,
    contradictedByName: await callerName(ctx),
  });
  await em.flush();
  await tellBothSides(em, referral);
  await emit(em, 'referral.told', { referralId: referral.id, what: 'CONTRADICTED' });
  return referral;
}

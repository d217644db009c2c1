import type { HubContext } from '../../access/index.js';
import { callerName } from '../../identity/index.js';
import { emit } from '../../platform/events.js';
import { newId } from '../../platform/id.js';
import { languageOf } from '../../screening/index.js';
import { tellBothSides } from '../announce.js';
import { keptText } from '../answered.js';
import { auditReferral } from '../audit-referral.js';
import { pauseClocks } from '../clock/keep-clocks.js';
import { transition } from '../machine.js';
import type { Referral } from '../referral.entity.js';
import { addMessage } from '../send-message.js';
import { demandVersion, lockReferral, refuseAsItStands, takeStep, type Result, type StepInput } from '../take-step.js';
import { LEADS_TO, PATHS, type AgencyAnswer } from './agency-answer.js';
import type { AnswerFields } from './answer.inputs.js';
import { checkAnswer } from './check-answer.js';
import { ReferralContact } from './referral-contact.entity.js';

declare module '../../platform/events.js' {
  interface Events {
    /** The agency said something that moved no status: an appointment, a place on the list, a call in vain, who fits better. */
    'referral.told': { referralId: string; what: 'APPOINTMENT' | 'WAITLIST' | 'NOT_REACHED' | 'TRANSFER' };
  }
}

type At = Pick<StepInput, 'id' | 'expectedVersion'>;

/**
 * One answer of an agency in one transaction: the steps that lead there from where the referral stands, the facts beside
 * the status, and what was written along with it. `messageId` makes what is written safe to send twice.
 */
export async function answerReferral(
  ctx: HubContext,
  at: At,
  given: AnswerFields,
  messageId?: string,
): Promise<Referral> {
  const { answer } = given;
  const wanted = checkAnswer(given, ctx.clock.now());
  const referral = await lockReferral(ctx, at.id, 'answer');
  const path = PATHS[answer][referral.status];
  if (!path) return refuseAnswer(ctx, referral, answer);
  if (path.length === 0) {
    auditReferral(ctx, referral, `referral.${answer.toLowerCase().replaceAll('_', '-')}`);
    demandVersion(referral, at.expectedVersion);
  }
  for (const [index, to] of path.entries()) {
    const last = index === path.length - 1;
    const step: StepInput = index === 0 ? { ...at } : { id: at.id };
    if (answer === 'WAITLIST' && last) step.reasonCode = 'WAITLIST';
    else if (last) Object.assign(step, { reasonCode: given.reasonCode ?? null, reason: wanted.reason });
    await takeStep(ctx, step, to, 'answer', last ? resultOf(given, wanted.note) : {});
  }
  keepFacts(ctx, referral, given);
  if (answer === 'NOT_REACHED') await keepContact(ctx, referral, given, wanted.note);
  await tell(ctx, referral, path.length === 0 ? answer : null);
  if (wanted.message) await addMessage(ctx, referral, wanted.message, 'words', messageId);
  return referral;
}

function refuseAnswer(ctx: HubContext, referral: Referral, answer: AgencyAnswer): never {
  auditReferral(ctx, referral, `referral.${answer.toLowerCase().replaceAll('_', '-')}`);
  const to = LEADS_TO[answer];
  if (referral.status === to) refuseAsItStands(referral, 'ALREADY_DONE', 'Someone has done this already.');
  const step = transition(referral.status, to, 'TARGET', { code: 'OTHER', text: '-' });
  if (step.ok) return refuseAsItStands(referral, 'NOT_NOW', 'This answer does not fit how the referral stands.');
  return refuseAsItStands(referral, step.code, step.words[languageOf(ctx)]);
}

function resultOf({ answer, outcome, finding, enrollment }: AnswerFields, words: string | null): Result {
  if (answer !== 'HELPED') return {};
  return { outcome: outcome ?? null, finding: finding ?? null, enrollment: enrollment ?? null, outcomeNote: words };
}

/** What stands beside the status. Whoever has begun, helped or made an appointment has reached the person. */
function keepFacts(ctx: HubContext, referral: Referral, given: AnswerFields): void {
  const now = ctx.clock.now();
  const { answer } = given;
  referral.seenAt ??= now;
  if (answer === 'NEED_INFO') {
    Object.assign(referral, { infoAskedAt: now, infoGivenAt: null });
    pauseClocks(referral, now);
  }
  if (answer === 'WAITLIST') {
    referral.waitlistPosition = given.waitlistPosition ?? null;
    referral.waitlistExpectedOn = given.waitlistExpectedOn ?? null;
  }
  if (answer === 'APPOINTMENT') {
    referral.appointmentAt = given.appointmentAt ?? null;
    referral.appointmentPlace = keptText(given.appointmentPlace, 300, 'appointmentPlace');
  }
  if (answer === 'APPOINTMENT' || answer === 'START' || answer === 'HELPED') referral.firstContactAt ??= now;
  referral.updatedAt = now;
}

/** The sender hears of what moved no status too. */
async function tell(ctx: HubContext, referral: Referral, still: AgencyAnswer | null): Promise<void> {
  const em = await ctx.db.em();
  await em.flush();
  await tellBothSides(em, referral);
  if (still === 'APPOINTMENT' || still === 'WAITLIST' || still === 'NOT_REACHED') {
    await emit(em, 'referral.told', { referralId: referral.id, what: still });
  }
}

async function keepContact(ctx: HubContext, referral: Referral, given: AnswerFields, note: string | null) {
  const em = await ctx.db.em();
  em.create(ReferralContact, {
    id: newId(),
    referralId: referral.id,
    fromOrgId: referral.fromOrgId,
    toOrgId: referral.toOrgId,
    how: given.how ?? 'PHONE',
    reached: false,
    note,
    byUserId: ctx.caller?.userId ?? null,
    byName: await callerName(ctx),
    at: ctx.clock.now(),
  });
}

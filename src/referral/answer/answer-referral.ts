import { languageOf, type HubContext } from '../../access/index.js';
import { callerName } from '../../identity/index.js';
import { emit } from '../../platform/events.js';
import { newId } from '../../platform/id.js';
import { tellBothSides } from '../announce.js';
import { keptText } from '../answered.js';
import { auditReferral } from '../audit-referral.js';
import { pauseClocks } from '../clock/keep-clocks.js';
import { transition } from '../machine.js';
import { isNews } from '../notices.js';
import type { Referral } from '../referral.entity.js';
import { addMessage } from '../send-message.js';
import {
  actionOf,
  demandVersion,
  lockReferral,
  refuseAsItStands,
  takeStep,
  type Result,
  type StepInput,
} from '../take-step.js';
import { LEADS_TO, PATHS, type AgencyAnswer } from './agency-answer.js';
import type { AnswerFields } from './answer.inputs.js';
import { checkAnswer } from './check-answer.js';
import { ReferralContact } from './referral-contact.entity.js';

declare module '../../platform/events.js' {
  interface Events {
    /** The agency said something beside the status: an appointment, a place on the list, a call in vain, who fits better. */
    'referral.told': {
      referralId: string;
      what: 'APPOINTMENT' | 'WAITLIST' | 'NOT_REACHED' | 'TRANSFER' | 'CONTRADICTED';
      wrote?: boolean;
    };
  }
}

/** What the sender hears of in words of its own, whichever steps were taken with it. */
const TOLD = ['APPOINTMENT', 'WAITLIST', 'NOT_REACHED'] as const;

type At = Pick<StepInput, 'id' | 'expectedVersion' | 'via' | 'locked' | 'toldAt'>;

/**
 * One answer of an agency in one transaction: the steps that lead there from where the referral stands, the facts beside
 * the status, what was written along with it, and one letter to the sender about all of it. `messageId` makes what is
 * written safe to send twice. Where the sender was told it by phone, it needs no letter and is no message of the agency's.
 */
export async function answerReferral(
  ctx: HubContext,
  at: At,
  given: AnswerFields,
  messageId?: string,
): Promise<Referral> {
  const { answer } = given;
  const wanted = checkAnswer(given, ctx.clock.now());
  const { toldAt } = at;
  const action = toldAt ? 'send' : 'answer';
  const referral = at.locked ?? (await lockReferral(ctx, at.id, action));
  const path = PATHS[answer][referral.status];
  if (!path) return refuseAnswer(ctx, referral, answer, toldAt);
  if (path.length === 0) {
    auditReferral(ctx, referral, actionOf(answer, toldAt));
    demandVersion(referral, at.expectedVersion);
  }
  const wrote = wanted.message !== null;
  const told = TOLD.find((one) => one === answer);
  // The step whose letter tells it: the last one that is news, unless what stands beside the status is.
  const news = told ? -1 : path.findLastIndex(isNews);
  for (const [index, to] of path.entries()) {
    const last = index === path.length - 1;
    const step: StepInput = { id: at.id, via: at.via, locked: referral, toldAt };
    if (index === 0) step.expectedVersion = at.expectedVersion;
    if (index !== news || toldAt) step.letter = 'NONE';
    else if (wrote) step.letter = 'WITH_MESSAGE';
    if (answer === 'WAITLIST' && last) step.reasonCode = 'WAITLIST';
    else if (last) Object.assign(step, { reasonCode: given.reasonCode ?? null, reason: wanted.reason });
    await takeStep(ctx, step, to, action, last ? resultOf(given, wanted.note) : {});
  }
  keepFacts(ctx, referral, given, toldAt);
  // A step has said when; said again a moment later it would be another write of the whole row.
  if (path.length === 0) referral.updatedAt = ctx.clock.now();
  if (answer === 'NOT_REACHED') await keepContact(ctx, referral, given, wanted.note);
  const em = await ctx.db.em();
  await em.flush();
  await tellBothSides(em, referral);
  if (toldAt) return referral;
  if (told) await emit(em, 'referral.told', { referralId: referral.id, what: told, wrote });
  const letter = !told && news < 0;
  if (wanted.message) await addMessage(ctx, referral, wanted.message, { field: 'words', id: messageId, letter });
  return referral;
}

function refuseAnswer(ctx: HubContext, referral: Referral, answer: AgencyAnswer, toldAt?: Date): never {
  auditReferral(ctx, referral, actionOf(answer, toldAt));
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

/** What stands beside the status. Whoever made an appointment has reached the person. */
function keepFacts(ctx: HubContext, referral: Referral, given: AnswerFields, toldAt?: Date): void {
  const now = ctx.clock.now();
  const { answer } = given;
  if (!toldAt) referral.seenAt ??= now;
  if (answer === 'NEED_INFO') {
    Object.assign(referral, { infoAskedAt: now, infoGivenAt: null });
    pauseClocks(referral, now);
  }
  if (answer === 'WAITLIST') {
    referral.waitlistPosition = given.waitlistPosition ?? null;
    referral.waitlistExpectedOn = given.waitlistExpectedOn ?? null;
    // On hold already, for papers say: from now on it is the list that it waits for.
    Object.assign(referral, { reasonCode: 'WAITLIST', reason: null });
  }
  if (answer === 'APPOINTMENT') {
    referral.appointmentAt = given.appointmentAt ?? null;
    referral.appointmentPlace = keptText(given.appointmentPlace, 300, 'appointmentPlace');
  }
  if (answer === 'APPOINTMENT') referral.firstContactAt ??= toldAt ?? now;
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

import type { HubContext } from '../../access/index.js';
import { callerName } from '../../identity/index.js';
import { emit } from '../../platform/events.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import type { AgencyAnswer } from '../answer/agency-answer.js';
import { answerReferral } from '../answer/answer-referral.js';
import { keptText } from '../answered.js';
import { auditReferral } from '../audit-referral.js';
import { consentEndOf } from '../consent-end.js';
import type { Referral } from '../referral.entity.js';
import { lockReferral, refuseAsItStands } from '../take-step.js';
import { PhoneAnswer } from './phone-answer.entity.js';
import type { RecordPhoneAnswerInput } from './phone-answer.inputs.js';

declare module '../../platform/events.js' {
  interface Events {
    /** The care team wrote down what the agency said by phone. */
    'referral.written-down': { referralId: string };
  }
}

/** What an agency says by phone. A question is answered on the phone, and a call in vain is nobody's word. */
const BY_PHONE: ReadonlySet<AgencyAnswer> = new Set([
  'ACCEPT',
  'DECLINE',
  'WAITLIST',
  'APPOINTMENT',
  'START',
  'HELPED',
  'NOT_HELPED',
]);
const OLDEST_MS = 14 * 86_400_000;

/** When it was said: the clocks go by that, so it lies behind all that they were set by. */
function saidWhen(ctx: HubContext, referral: Referral, at: Date | null | undefined): Date {
  const now = ctx.clock.now();
  const said = at ?? now;
  const { sentAt, answeredAt, clockPausedAt } = referral;
  const earliest = Math.max(
    now.getTime() - OLDEST_MS,
    ...[sentAt, answeredAt, clockPausedAt].map((one) => one?.getTime() ?? 0),
  );
  // A clock that went wrong may have set one of them ahead of now.
  if (said > now || said.getTime() < Math.min(earliest, now.getTime())) {
    refuse('NOT_A_TIME', 'Choose a time since the last answer, within two weeks, and not ahead of now.', 'saidAt');
  }
  return said;
}

/** Writes down what the agency said by phone, and takes the steps that it means, as told by phone. */
export async function recordPhoneAnswer(ctx: HubContext, input: RecordPhoneAnswerInput): Promise<PhoneAnswer> {
  const { id, answer, expectedVersion } = input;
  if (!ctx.caller?.userId) return fail.forbidden('What was said is written down by a person.');
  if (!BY_PHONE.has(answer)) fail.badInput('input.answer', `one of ${[...BY_PHONE].join(', ')} is expected`);
  const saidBy = keptText(input.saidBy, 100, 'saidBy') ?? refuse('REQUIRED', 'Say who told you.', 'saidBy');
  const referral = await lockReferral(ctx, id, 'send');
  // An answer would give the agency back the sight that the person ended.
  if (consentEndOf(referral, ctx.clock.now()) && !referral.answeredAt) {
    auditReferral(ctx, referral, 'referral.told-by-phone');
    refuseAsItStands(
      referral,
      'CONSENT_ENDED',
      'The person stopped sharing before there was an answer. Decide on that first.',
    );
  }
  const saidAt = saidWhen(ctx, referral, input.saidAt);
  await answerReferral(ctx, { id, expectedVersion, locked: referral, toldAt: saidAt }, input);
  const em = await ctx.db.em();
  const recorded = em.create(PhoneAnswer, {
    id: newId(),
    referralId: referral.id,
    fromOrgId: referral.fromOrgId,
    toOrgId: referral.toOrgId,
    answer,
    saidBy,
    saidAt,
    note: keptText(input.words, 1000, 'words'),
    recordedBy: ctx.caller.userId,
    recordedByName: await callerName(ctx),
    recordedAt: ctx.clock.now(),
  });
  await em.flush();
  await emit(em, 'referral.written-down', { referralId: referral.id });
  return recorded;
}

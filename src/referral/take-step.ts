import { LockMode } from '@mikro-orm/postgresql';
import { languageOf, load, type HubContext } from '../access/index.js';
import { callerName } from '../identity/index.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { newId } from '../platform/id.js';
import { announce, tellBothSides, type StepLetter } from './announce.js';
import { keepClocks } from './clock/keep-clocks.js';
import { takeOffer } from './offer/take-offer.js';
import { auditReferral } from './audit-referral.js';
import { signalListing } from './signal-listing.js';
import { isTerminal, transition, VERBS } from './machine.js';
import { Referral } from './referral.entity.js';
import type { ReasonCode, Side, Status } from './referral.enums.js';
import { ReferralTransition, type StepVia } from './referral-history.entity.js';

/** A referral to act on, locked until the transaction ends so that of two people acting at once one comes second. */
export async function lockReferral(ctx: HubContext, id: string, action: string): Promise<Referral> {
  return load(ctx, Referral, id, action, { lock: LockMode.PESSIMISTIC_WRITE });
}

/** On which side of a referral the caller stands. A caller who reads it stands on one of the two. */
export function sideOf(ctx: Pick<HubContext, 'caller'>, referral: { fromOrgId: string; toOrgId: string }): Side {
  if (referral.fromOrgId === ctx.caller?.organizationId) return 'REQUESTER';
  return referral.toOrgId === ctx.caller?.organizationId ? 'TARGET' : fail.notFound('Referral');
}

/** A status that a person moves a referral to. */
export type Move = keyof typeof VERBS;

export interface StepInput {
  id: string;
  expectedVersion?: number | null | undefined;
  reasonCode?: ReasonCode | null;
  reason?: string | null;
  letter?: StepLetter;
  /** The referral, where this transaction has locked it for the same action already. */
  locked?: Referral | undefined;
  /** Where it came as an answer to a letter; an account and a link are told apart by the caller. */
  via?: 'MAIL' | undefined;
  /** When the agency said it by phone to the side that sent it, which writes it down: a step of the agency's all the same. */
  toldAt?: Date | undefined;
}

/** What the agency says came of it, kept with the step that says so. */
export type Result = Partial<Pick<Referral, 'outcome' | 'outcomeNote' | 'enrollment' | 'finding'>>;

/** How the audit calls an answer or a step; what was told by phone is not the agency's act. */
export const actionOf = (verb: string, toldAt?: Date): string =>
  toldAt ? 'referral.told-by-phone' : `referral.${verb.toLowerCase().replaceAll('_', '-')}`;

/** Refuses with the referral as it stands now, so that who comes second sees what the first one did. */
export function refuseAsItStands(referral: Referral, code: string, message: string, field?: string): never {
  return refuse(code, message, field, { referral });
}

/** A caller who looked at an older state than this one changes nothing. */
export function demandVersion(referral: Referral, expected: number | null | undefined): void {
  if (expected === null || expected === undefined || expected === referral.version) return;
  refuseAsItStands(
    referral,
    'CHANGED_MEANWHILE',
    'This referral changed while you were looking at it. Here is how it stands now.',
  );
}

const FIELDS = { 'reason.code': 'reasonCode', 'reason.text': 'reason' } as const;

/** One step asked for by a person: loaded by their right to it, checked against what they had on their screen. */
export async function takeStep(
  ctx: HubContext,
  input: StepInput,
  to: Move,
  action: 'answer' | 'cancel' | 'send',
  result: Result = {},
): Promise<Referral> {
  const referral = input.locked ?? (await lockReferral(ctx, input.id, action));
  // Before any refusal, so that a step that was tried and refused stands in the audit too.
  auditReferral(ctx, referral, actionOf(VERBS[to], input.toldAt));
  if (referral.status === to) refuseAsItStands(referral, 'ALREADY_DONE', 'Someone has done this already.');
  demandVersion(referral, input.expectedVersion);
  const side = input.toldAt ? 'TARGET' : sideOf(ctx, referral);
  const reason = { code: input.reasonCode ?? null, text: input.reason ?? null };
  if (to === 'ACCEPTED' && referral.offerId) await takeOffer(ctx, referral, input.toldAt);
  const step = transition(referral.status, to, side, reason);
  if (!step.ok) {
    return refuseAsItStands(referral, step.code, step.words[languageOf(ctx)], step.field && FIELDS[step.field]);
  }
  checkFinding(referral, to, result);
  await record(ctx, referral, step, result, input);
  return referral;
}

/** An assessment ends with what was found, and nothing else does. */
function checkFinding(referral: Referral, to: Move, { outcome, finding }: Result): void {
  if (to !== 'COMPLETED') return;
  const assessing = referral.kind === 'ASSESSMENT';
  if (assessing !== (outcome === 'ASSESSED')) {
    refuseAsItStands(
      referral,
      'OUTCOME_OF_ANOTHER_KIND',
      assessing
        ? 'This is an assessment: say what was found.'
        : 'Nobody asked for an assessment: say what help was given.',
      'outcome',
    );
  }
  if (assessing !== Boolean(finding)) refuseAsItStands(referral, 'REQUIRED', 'Say what was found.', 'finding');
}

interface Admitted {
  from: Status | null;
  to: Status;
  side: Side;
  reason: { code: string | null; text: string | null } | null;
}

/** Writes a step that the machine has admitted: status, times, history, and word to the other side. */
async function record(
  ctx: HubContext,
  referral: Referral,
  step: Admitted,
  result: Result,
  { letter, via, toldAt }: Pick<StepInput, 'letter' | 'via' | 'toldAt'>,
): Promise<void> {
  const { to, side } = step;
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  // The clocks go by when it was said, and not by when somebody had time to write it down.
  const said = toldAt ?? now;
  // Both are read in one statement, the clocks for where it stood until now.
  await Promise.all([keepStep(ctx, referral, step, toldAt ? 'PHONE' : via), keepClocks(ctx, referral, to, said)]);
  // The machine knows the codes of each step and has checked this one against them.
  referral.reasonCode = (step.reason?.code ?? null) as ReasonCode | null;
  referral.reason = step.reason?.text ?? null;
  referral.status = to;
  if (side === 'TARGET') {
    if (!toldAt) referral.seenAt ??= now;
    // Ending it by agreement is no answer to what was asked.
    if (to !== 'CANCELLED') referral.answeredAt ??= said;
  }
  if (to === 'ACCEPTED') referral.assignedToId = (!toldAt && ctx.caller?.userId) || null;
  if (isTerminal(to)) referral.closedAt ??= said;
  // Whoever has begun or helped has reached the person, whichever way they say it.
  if (to === 'IN_PROGRESS' || to === 'COMPLETED') referral.firstContactAt ??= said;
  Object.assign(referral, result);
  referral.updatedAt = now;
  await em.flush();
  await tellBothSides(em, referral);
  await announce(em, referral, to, side, letter);
  await signalListing(em, referral, to, step.reason?.code ?? null);
}

/** How a step came; null for what the hub did by itself. */
export function viaOf({ caller }: HubContext): StepVia | null {
  if (caller?.via === 'LINK') return 'LINK';
  return caller?.via === 'SESSION' || caller?.via === 'API_KEY' ? 'ACCOUNT' : null;
}

/** Adds a line to the history; it is written with the next flush. */
export async function keepStep(
  ctx: HubContext,
  referral: Referral,
  step: Admitted,
  via: StepVia | null = viaOf(ctx),
): Promise<void> {
  const em = await ctx.db.em();
  em.create(ReferralTransition, {
    id: newId(),
    referralId: referral.id,
    fromOrgId: referral.fromOrgId,
    toOrgId: referral.toOrgId,
    fromStatus: step.from,
    toStatus: step.to,
    reasonCode: (step.reason?.code ?? null) as ReasonCode | null,
    reason: step.reason?.text ?? null,
    side: step.side,
    via,
    byUserId: ctx.caller?.userId ?? null,
    byName: await callerName(ctx),
    at: ctx.clock.now(),
  });
}

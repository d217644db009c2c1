import { LockMode } from '@mikro-orm/postgresql';
import type { HubContext } from '../access/context.js';
import { load } from '../access/policy.js';
import { callerName } from '../identity/index.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { newId } from '../platform/id.js';
import { notify } from '../platform/live/live.js';
import { announce } from './announce.js';
import { isTerminal, transition } from './machine.js';
import { Referral } from './referral.entity.js';
import type { ReasonCode, Side, Status } from './referral.enums.js';
import { ReferralTransition } from './referral-history.entity.js';

/** A referral to act on, locked until the transaction ends so that of two people acting at once one comes second. */
export async function lockReferral(ctx: HubContext, id: string, action: string): Promise<Referral> {
  return load(ctx, Referral, id, action, { lock: LockMode.PESSIMISTIC_WRITE });
}

/** On which side of a referral the caller stands. A caller who reads it stands on one of the two. */
export function sideOf(ctx: HubContext, referral: { fromOrgId: string; toOrgId: string }): Side {
  if (referral.fromOrgId === ctx.caller?.organizationId) return 'REQUESTER';
  return referral.toOrgId === ctx.caller?.organizationId ? 'TARGET' : fail.notFound('Referral');
}

export interface StepInput {
  id: string;
  expectedVersion?: number | null;
  reasonCode?: ReasonCode | null;
  reason?: string | null;
}

/** Refuses with the referral as it stands now, so that who comes second sees what the first one did. */
function refuseStep(referral: Referral, code: string, message: string, field?: string): never {
  return refuse(code, message, field, { referral });
}

const FIELDS = { 'reason.code': 'reasonCode', 'reason.text': 'reason' } as const;

/** Writes the step that the machine has admitted: status, times, history, notice to the other side, audit. */
export async function record(
  ctx: HubContext,
  referral: Referral,
  to: Status,
  side: Side,
  input: Omit<StepInput, 'id'> = {},
): Promise<void> {
  const step = transition(referral.status, to, side, { code: input.reasonCode ?? null, text: input.reason ?? null });
  if (!step.ok) return refuseStep(referral, step.code, step.words.en, step.field && FIELDS[step.field]);
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  const reasonCode = (step.reason?.code ?? null) as ReasonCode | null;
  const reason = step.reason?.text ?? null;
  em.create(ReferralTransition, {
    id: newId(),
    referralId: referral.id,
    fromOrgId: referral.fromOrgId,
    toOrgId: referral.toOrgId,
    fromStatus: step.from,
    toStatus: to,
    reasonCode,
    reason,
    side,
    byUserId: ctx.caller?.userId ?? null,
    byName: await callerName(ctx),
    at: now,
  });
  referral.status = to;
  referral.reasonCode = reasonCode;
  referral.reason = reason;
  if (side === 'TARGET') {
    referral.seenAt ??= now;
    referral.answeredAt ??= now;
  }
  if (isTerminal(to)) referral.closedAt ??= now;
  referral.updatedAt = now;
  await em.flush();
  await tellBothSides(ctx, referral);
  await announce(em, referral, to, side);
  auditReferral(ctx, referral, `referral.${to.toLowerCase().replaceAll('_', '-')}`);
}

/** One step asked for by a person: loaded by their right to it, checked against what they had on their screen. */
export async function takeStep(
  ctx: HubContext,
  input: StepInput,
  to: Status,
  action: 'answer' | 'cancel' | 'send',
): Promise<Referral> {
  const referral = await lockReferral(ctx, input.id, action);
  if (referral.status === to) refuseStep(referral, 'ALREADY_DONE', 'Someone has done this already.');
  if (input.expectedVersion != null && input.expectedVersion !== referral.version) {
    refuseStep(
      referral,
      'CHANGED_MEANWHILE',
      'This referral changed while you were looking at it. Here is how it stands now.',
    );
  }
  await record(ctx, referral, to, sideOf(ctx, referral), input);
  return referral;
}

/** Both organizations' open pages learn that this referral changed, once the transaction commits. */
export async function tellBothSides(ctx: HubContext, referral: Referral): Promise<void> {
  const em = await ctx.db.em();
  await notify(em, 'inbox', referral.toOrgId, referral.id);
  await notify(em, 'sent', referral.fromOrgId, referral.id);
}

export function auditReferral(
  ctx: HubContext,
  referral: Pick<Referral, 'id' | 'patientId' | 'fromOrgId' | 'consentId'>,
  action: string,
): void {
  ctx.audit.record({
    action,
    entity: 'referral',
    entityId: referral.id,
    patientId: referral.patientId,
    patientOrganizationId: referral.fromOrgId,
    consentId: referral.consentId,
    purpose: 'REFERRAL',
  });
}

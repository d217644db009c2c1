import type { HubContext } from '../access/context.js';
import { callerName } from '../identity/index.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { newId } from '../platform/id.js';
import { markBeingAddressed } from '../screening/index.js';
import { announce } from './announce.js';
import { refuseLong } from './answered.js';
import { answerDueAt } from './answer-due.js';
import { prepare, type Prepared } from './prepare-referral.js';
import { Referral } from './referral.entity.js';
import { Disclosure, ReferralNeed, ReferralTransition } from './referral-history.entity.js';
import type { SendReferralInput } from './referral.inputs.js';
import { labelOf } from './shared-information.js';
import { auditReferral, tellBothSides } from './take-step.js';

/** Sends a referral: the row, its first step, what was disclosed on which consent, and the needs being addressed. */
export async function sendReferral(ctx: HubContext, input: SendReferralInput): Promise<Referral> {
  refuseLong(input.request, 2000, 'request');
  const prepared = await prepare(ctx, input);
  const { consent } = prepared;
  if (!consent)
    return refuse('CONSENT_MISSING', `Nothing was sent. ${prepared.missing.map((item) => item.en).join(' ')}`);
  const em = await ctx.db.em();
  const referral = em.create(Referral, { ...(await fieldsOf(ctx, input, prepared)), consentId: consent.id });
  await em.flush();
  const { id: referralId, fromOrgId, toOrgId, patientId, categories } = referral;
  const now = ctx.clock.now();
  em.create(ReferralTransition, {
    id: newId(),
    referralId,
    fromOrgId,
    toOrgId,
    fromStatus: null,
    toStatus: 'REQUESTED',
    reasonCode: null,
    reason: null,
    side: 'REQUESTER',
    byUserId: referral.sentBy,
    byName: referral.sentByName,
    at: now,
  });
  for (const need of prepared.needs) {
    em.create(ReferralNeed, { referralId, needId: need.id, fromOrgId });
    markBeingAddressed(need, now);
  }
  em.create(Disclosure, {
    id: newId(),
    careOrgId: fromOrgId,
    patientId,
    recipientOrgId: toOrgId,
    referralId,
    consentId: consent.id,
    categories,
    fields: referral.shared.map((item) => item.key),
    purpose: 'REFERRAL',
    at: now,
  });
  await em.flush();
  await tellBothSides(ctx, referral);
  await announce(em, referral, 'REQUESTED', 'REQUESTER');
  auditReferral(ctx, referral, 'referral.send');
  return referral;
}

async function fieldsOf(ctx: HubContext, input: SendReferralInput, prepared: Prepared) {
  const { patient, service, to, siteId, categories, sensitivity, shared } = prepared;
  const { caller } = ctx;
  if (!caller?.userId) return fail.forbidden('A referral is sent by a person.');
  const now = ctx.clock.now();
  const priority = input.priority ?? 'ROUTINE';
  return {
    id: newId(),
    fromOrgId: caller.organizationId,
    toOrgId: to.id,
    patientId: patient.id,
    serviceId: service.id,
    serviceAtLocationId: siteId,
    status: 'REQUESTED' as const,
    priority,
    categories,
    sensitivity,
    request: input.request?.trim() || null,
    shared,
    patientLabel: labelOf(patient),
    sentBy: caller.userId,
    sentByName: await callerName(ctx),
    sentAt: now,
    answerDueAt: answerDueAt(now, service.timeZone ?? to.timeZone, priority),
    createdAt: now,
    updatedAt: now,
  };
}

import type { HubContext } from '../access/index.js';
import { callerName } from '../identity/index.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { newId } from '../platform/id.js';
import { languageOf, markBeingAddressed } from '../screening/index.js';
import { announce, tellArrival, tellBothSides } from './announce.js';
import { keptText } from './answered.js';
import { auditReferral } from './audit-referral.js';
import { noteDisclosure } from './note-disclosure.js';
import { followed, leaveOlder } from './follow/follow.js';
import { endDraft } from './draft/save-draft.js';
import { ReferralPersonRow } from './household/person.entity.js';
import { addWatchers } from './watch/watch.js';
import { SELF_ORG } from './self/self-org.js';
import { firstClocks } from './clock/keep-clocks.js';
import { clockOfService } from './clock/times-of-service.js';
import { prepare, type Prepared } from './prepare-referral.js';
import { Referral } from './referral.entity.js';
import type { SendReferralInput } from './referral.inputs.js';
import { ReferralNeed } from './referral-history.entity.js';
import { labelOf } from './shared-information.js';
import { signalListing } from './signal-listing.js';
import { keepStep } from './take-step.js';

/** Sends a referral, of an offer or by itself: the row, its first step, what was disclosed on which consent, and the needs being addressed. */
export async function sendReferral(
  ctx: HubContext,
  input: SendReferralInput,
  offerId: string | null = null,
): Promise<Referral> {
  const request = keptText(input.request, 2000, 'request');
  const following = await followed(ctx, input);
  const prepared = await prepare(ctx, input, 'locked');
  const { consent } = prepared;
  if (!consent) return refuseWithoutConsent(ctx, prepared);
  const em = await ctx.db.em();
  const fields = await fieldsOf(ctx, prepared, input.priority ?? 'ROUTINE');
  const referral = em.create(Referral, {
    ...fields,
    request,
    consentId: consent.id,
    offerId,
    kind: input.kind ?? 'SERVICE',
    followsId: following?.older.id ?? null,
    followsHow: following?.how ?? null,
  });
  auditReferral(ctx, referral, 'referral.send');
  await em.flush();
  await keepStep(ctx, referral, { from: null, to: 'REQUESTED', side: 'REQUESTER', reason: null });
  const { id: referralId, fromOrgId } = referral;
  const now = ctx.clock.now();
  for (const need of prepared.needs) {
    em.create(ReferralNeed, { referralId, needId: need.id, fromOrgId });
    markBeingAddressed(need, now);
  }
  await keepHousehold(ctx, referral, prepared.household);
  await addWatchers(ctx, referral, input.copyTo ?? []);
  await endDraft(ctx, referral);
  await noteDisclosure(ctx, referral, [...referral.shared.map((item) => item.key), ...(request ? ['request'] : [])]);
  await tellBothSides(em, referral);
  await tellArrival(em, referral);
  await announce(em, referral, 'REQUESTED', 'REQUESTER');
  await signalListing(em, referral, 'REQUESTED', null);
  if (following) await leaveOlder(ctx, following, referral.serviceId);
  return referral;
}

/** Whom in the household it is for: no more than the agency may read. */
async function keepHousehold(ctx: HubContext, referral: Referral, household: Prepared['household']): Promise<void> {
  const em = await ctx.db.em();
  const { id: referralId, fromOrgId, toOrgId } = referral;
  for (const [index, one] of household.entries()) {
    em.create(ReferralPersonRow, { id: newId(), referralId, fromOrgId, toOrgId, position: index + 1, ...one });
  }
  await em.flush();
}

/** What a consent would have to say, and a line in the audit that it was tried without. */
function refuseWithoutConsent(ctx: HubContext, { patient, service, missing }: Prepared): never {
  ctx.audit.record({
    action: 'referral.send',
    patientId: patient.id,
    entity: 'service',
    entityId: service.id,
    purpose: 'REFERRAL',
  });
  const language = languageOf(ctx);
  const nothing = { en: 'Nothing was sent.', es: 'No se envió nada.' }[language];
  return refuse('CONSENT_MISSING', [nothing, ...missing.map((words) => words[language])].join(' '));
}

async function fieldsOf(ctx: HubContext, prepared: Prepared, priority: 'ROUTINE' | 'URGENT') {
  const { patient, service, to, siteId, categories, sensitivity, part2, shared } = prepared;
  const { caller } = ctx;
  if (!caller?.userId) return fail.forbidden('A referral is sent by a person.');
  const now = ctx.clock.now();
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
    part2,
    shared,
    patientLabel: labelOf(patient),
    sentBy: caller.userId,
    sentByName: await callerName(ctx),
    sentAt: now,
    ...firstClocks(await clockOfService(await ctx.db.em(), service.id), now, priority),
    askedBy: caller.organizationId === SELF_ORG ? ('SELF' as const) : ('CARE_TEAM' as const),
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

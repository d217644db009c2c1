import { languageOf, type HubContext } from '../access/index.js';
import { callerName } from '../identity/index.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { newId } from '../platform/id.js';
import { markBeingAddressed } from '../screening/index.js';
import { announce, tellArrival, tellBothSides } from './announce.js';
import { keptText } from './answered.js';
import { auditReferral } from './audit-referral.js';
import { followed, leaveOlder } from './follow/follow.js';
import { addWatchers } from './watch/watch.js';
import { SELF_ORG } from './self/self-org.js';
import { firstClocks } from './clock/keep-clocks.js';
import { prepare, type Prepared } from './prepare-referral.js';
import { Referral } from './referral.entity.js';
import type { SendReferralInput } from './referral.inputs.js';
import { labelOf, type SharedItem } from './shared-information.js';
import { keepSent } from './keep-sent.js';
import { signalListing } from './signal-listing.js';

/** Sends a referral, of an offer or by itself: the row, its first step, what was disclosed on which consent, and the needs being addressed. */
export async function sendReferral(
  ctx: HubContext,
  input: SendReferralInput,
  offerId: string | null = null,
  sharing: (items: SharedItem[]) => SharedItem[] = (items) => items,
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
    shared: sharing(prepared.shared),
    request,
    consentId: consent.id,
    offerId,
    kind: input.kind ?? 'SERVICE',
    followsId: following?.older.id ?? null,
    followsHow: following?.how ?? null,
  });
  auditReferral(ctx, referral, 'referral.send');
  for (const need of prepared.needs) markBeingAddressed(need, ctx.clock.now());
  await em.flush();
  await keepSent(ctx, referral, prepared);
  await addWatchers(ctx, referral, input.copyTo ?? []);
  await tellBothSides(em, referral);
  await tellArrival(em, referral);
  await announce(em, referral, 'REQUESTED', 'REQUESTER');
  await signalListing(em, referral, 'REQUESTED', null);
  if (following) await leaveOlder(ctx, following, referral.serviceId);
  return referral;
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
  const { patient, service, to, siteId, categories, sensitivity, part2, clock } = prepared;
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
    patientLabel: labelOf(patient),
    sentBy: caller.userId,
    sentByName: await callerName(ctx),
    sentAt: now,
    ...firstClocks(clock, now, priority),
    askedBy: caller.organizationId === SELF_ORG ? ('SELF' as const) : ('CARE_TEAM' as const),
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

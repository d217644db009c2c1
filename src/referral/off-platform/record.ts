import { languageOf, load, type HubContext } from '../../access/index.js';
import { isSensitive, SENSITIVITIES, type Sensitivity } from '../../access/sensitivity.js';
import { findCoveringConsent, Patient, personOf, type Consent } from '../../caseload/index.js';
import { Service } from '../../directory/index.js';
import { callerName } from '../../identity/index.js';
import { emit } from '../../platform/events.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { markBeingAddressed, type Need } from '../../screening/index.js';
import { keptText } from '../answered.js';
import { planFollowUps } from '../follow-up/plan.js';
import { Disclosure } from '../referral-history.entity.js';
import { wantedNeeds } from '../prepare-referral.js';
import { FIRST_OFF_PLATFORM, isOpenOffPlatform, reasonProblem } from './machine.js';
import { OffPlatformNeed, OffPlatformReferral } from './off-platform.entity.js';
import type { RecordOffPlatformReferralInput } from './off-platform.inputs.js';
import { keepStep, reopenWhereNothingIsUnderWay } from './step.js';

/** Who was asked: a listing, or a name that the directory lacks. */
async function asked(ctx: HubContext, input: RecordOffPlatformReferralInput) {
  const agencyName = keptText(input.agencyName, 200, 'agencyName');
  if (Boolean(input.serviceId) === Boolean(agencyName)) {
    return refuse('WHO_WAS_ASKED', 'Choose a service, or write down who was asked.', 'serviceId');
  }
  if (!input.serviceId) return { agencyName, service: null };
  const em = await ctx.db.em();
  const service = (await em.findOne(Service, { id: input.serviceId })) ?? fail.notFound('Service');
  return { agencyName: null, service };
}

/** The consent that what was told relies on; null where nothing was told, or the person spoke. */
async function consentFor(
  ctx: HubContext,
  input: RecordOffPlatformReferralInput,
  service: Service | null,
  categories: string[],
  sensitivities: readonly Sensitivity[],
): Promise<Consent | null> {
  if (input.told !== 'WITH_CONSENT') return null;
  if (!service) {
    return refuse(
      'NOT_IN_DIRECTORY',
      'A consent names an agency of the directory. Let the person speak, or tell nothing about them.',
      'told',
    );
  }
  const { consent, missing } = await findCoveringConsent(await ctx.db.em(), input.patientId, {
    granteeOrganizationId: service.organizationId,
    categories,
    sensitivities,
    purpose: 'REFERRAL',
    at: ctx.clock.now(),
  });
  if (consent) return consent;
  return refuse('CONSENT_MISSING', missing.map((words) => words[languageOf(ctx)]).join(' '), 'told');
}

function sensitivitiesOf(needs: readonly Need[], service: Service | null): Sensitivity[] {
  const revealed = new Set<Sensitivity>([...needs.map((need) => need.sensitivity), service?.sensitivity ?? 'NONE']);
  return SENSITIVITIES.filter((one) => isSensitive(one) && revealed.has(one));
}

/** Writes down that help was asked for outside the hub: the row, its needs, what was told, and what to do next. */
export async function recordOffPlatform(
  ctx: HubContext,
  input: RecordOffPlatformReferralInput,
): Promise<OffPlatformReferral> {
  const note = keptText(input.note, 1000, 'note');
  const reasonCode = input.reasonCode ?? null;
  if (!FIRST_OFF_PLATFORM.has(input.status)) fail.badInput('input.status', 'what they answered is expected');
  const problem = reasonProblem(input.status, reasonCode, note);
  if (problem) refuse('REASON_REQUIRED', problem[languageOf(ctx)], 'reasonCode');
  const patient = await load(ctx, Patient, input.patientId, 'refer');
  const { service, agencyName } = await asked(ctx, input);
  const needs = await wantedNeeds(ctx, patient.id, input.needIds, true);
  const categories = [...new Set(needs.map((need) => need.category))];
  const sensitivities = sensitivitiesOf(needs, service);
  const consent = await consentFor(ctx, input, service, categories, sensitivities);
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  const { careOrgId } = patient;
  const answered = input.status !== 'ASKED';
  const made = em.create(OffPlatformReferral, {
    id: newId(),
    careOrgId,
    patientId: patient.id,
    serviceId: service?.id ?? null,
    agencyName,
    how: input.how,
    status: input.status,
    reasonCode,
    note,
    told: input.told,
    consentId: consent?.id ?? null,
    categories,
    sensitivity: sensitivities[0] ?? 'NONE',
    madeBy: personOf(ctx),
    madeByName: await callerName(ctx),
    madeAt: now,
    answeredAt: answered ? now : null,
    closedAt: isOpenOffPlatform(input.status) ? null : now,
    version: 1,
    updatedAt: now,
  });
  await em.flush();
  for (const need of needs) {
    em.create(OffPlatformNeed, { referralId: made.id, needId: need.id, careOrgId });
    markBeingAddressed(need, now);
  }
  await em.flush();
  await keepStep(ctx, made);
  if (consent && service) {
    em.create(Disclosure, {
      id: newId(),
      careOrgId,
      patientId: patient.id,
      recipientOrgId: service.organizationId,
      offPlatformId: made.id,
      consentId: consent.id,
      categories,
      fields: ['name', 'needs', 'phone'],
      purpose: 'REFERRAL',
      at: now,
    });
    await em.flush();
  }
  await planFollowUps(ctx, made, input);
  await reopenWhereNothingIsUnderWay(ctx, made);
  ctx.audit.record({
    action: 'off-platform.record',
    entity: 'off_platform_referral',
    entityId: made.id,
    patientId: patient.id,
    consentId: consent?.id ?? null,
    purpose: 'REFERRAL',
  });
  if (service) await emit(em, 'listing.sent', { serviceId: service.id });
  return made;
}

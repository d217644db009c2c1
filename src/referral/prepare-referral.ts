import type { HubContext } from '../access/context.js';
import { load, where } from '../access/policy.js';
import { findCoveringConsent, Patient, type Consent, type CoverageAnswer } from '../caseload/index.js';
import { Service, ServiceAtLocation } from '../directory/index.js';
import { Organization } from '../identity/index.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { Need } from '../screening/index.js';
import type { PreviewReferralInput } from './referral.inputs.js';
import { OPTIONAL_KEYS, shareOf, type OptionalKey, type SharedItem } from './shared-information.js';

/** Everything that a referral would be made of, before anybody decides to send it. */
export interface Prepared {
  patient: Patient;
  service: Service;
  to: Organization;
  siteId: string | null;
  needs: Need[];
  categories: string[];
  sensitivities: string[];
  sensitivity: string;
  shared: SharedItem[];
  consent: Consent | null;
  missing: CoverageAnswer['missing'];
}

function optionalKeys(share: readonly string[] | null | undefined): OptionalKey[] {
  return (share ?? []).map((key, index) => {
    const known = OPTIONAL_KEYS.find((optional) => optional === key);
    return known ?? fail.badInput(`input.share[${index}]`, `one of ${OPTIONAL_KEYS.join(', ')} is expected`);
  });
}

/** The patient's needs that were asked for, all of them, each one that the patient wants help with. */
async function wantedNeeds(ctx: HubContext, patientId: string, ids: readonly string[]): Promise<Need[]> {
  if (ids.length === 0 || ids.length > 10) fail.badInput('input.needIds', '1 to 10 needs are expected');
  const em = await ctx.db.em();
  const needs = await em.find(Need, { $and: [{ id: { $in: [...new Set(ids)] }, patientId }, where(ctx, Need)] });
  ids.forEach((id, index) => {
    if (!needs.some((need) => need.id === id))
      fail.badInput(`input.needIds[${index}]`, 'a need of this patient is expected');
  });
  for (const need of needs) {
    const open = need.status === 'CONFIRMED' || need.status === 'BEING_ADDRESSED';
    if (!open || need.wantsHelp !== true) {
      refuse('NEED_NOT_CONFIRMED', `Confirm first that the patient wants help with "${need.label}".`, 'needIds');
    }
  }
  return needs;
}

async function activeService(ctx: HubContext, id: string): Promise<Service> {
  const em = await ctx.db.em();
  const service = (await em.findOne(Service, { id })) ?? fail.notFound('Service');
  if (service.status !== 'active')
    refuse('SERVICE_NOT_ACTIVE', 'This service is not offered at the moment.', 'serviceId');
  if (!service.takesReferrals) {
    refuse(
      'SERVICE_TAKES_NO_REFERRALS',
      'This service takes no referrals through the hub. Help the patient to contact it.',
      'serviceId',
    );
  }
  return service;
}

async function siteOf(ctx: HubContext, serviceId: string, siteId: string | null | undefined): Promise<string | null> {
  if (!siteId) return null;
  const em = await ctx.db.em();
  const site = await em.findOne(ServiceAtLocation, { id: siteId, serviceId });
  return site?.id ?? fail.badInput('input.siteId', 'a site of this service is expected');
}

/** Sensitive classes that this referral would reveal: of the needs, and of the service that it goes to. */
function sensitivitiesOf(needs: readonly Need[], service: Service): string[] {
  return [...new Set([...needs.map((need) => need.sensitivity), service.sensitivity])].filter((one) => one !== 'NONE');
}

export async function prepare(ctx: HubContext, input: PreviewReferralInput): Promise<Prepared> {
  const keys = optionalKeys(input.share);
  const patient = await load(ctx, Patient, input.patientId);
  if (patient.status !== 'ACTIVE') refuse('PATIENT_NOT_ACTIVE', 'This patient is not active any more.', 'patientId');
  const service = await activeService(ctx, input.serviceId);
  const siteId = await siteOf(ctx, service.id, input.siteId);
  const needs = await wantedNeeds(ctx, patient.id, input.needIds);
  const em = await ctx.db.em();
  const to = await em.findOneOrFail(Organization, { id: service.organizationId });
  const categories = [...new Set(needs.map((need) => need.category))];
  const sensitivities = sensitivitiesOf(needs, service);
  const found = await findCoveringConsent(em, patient.id, {
    granteeOrganizationId: to.id,
    categories,
    sensitivities,
    purpose: 'REFERRAL',
    at: ctx.clock.now(),
  });
  return {
    patient,
    service,
    to,
    siteId,
    needs,
    categories,
    sensitivities,
    sensitivity: sensitivities[0] ?? 'NONE',
    shared: shareOf(
      patient,
      needs.map((need) => need.label),
      keys,
    ),
    consent: found.consent,
    missing: found.missing,
  };
}

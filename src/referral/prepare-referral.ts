import { LockMode } from '@mikro-orm/postgresql';
import { load, where, type HubContext } from '../access/index.js';
import { SENSITIVITIES, isSensitive, type Sensitivity } from '../access/sensitivity.js';
import { consentsOf, findCoveringConsent, Patient, type Consent, type CoverageAnswer } from '../caseload/index.js';
import { agenciesOfService, listingById, type Service } from '../directory/index.js';
import { callerName, type Organization } from '../identity/index.js';
import { fail } from '../platform/graphql/errors.js';
import { refuse } from '../platform/graphql/refusal.js';
import { Need } from '../screening/index.js';
import { clockOfService, type AnsweringClock } from './clock/times-of-service.js';
import type { PreviewReferralInput } from './referral.inputs.js';
import { householdValue, namesMayGo } from './household/household.js';
import { takeHousehold, type TakenPerson } from './household/take-household.js';
import { OPTIONAL_KEYS, shareOf, type OptionalKey, type SharedItem } from './shared-information.js';

/** Everything that a referral would be made of, before anybody decides to send it. */
export interface Prepared {
  patient: Patient;
  service: Service;
  to: Organization;
  siteId: string | null;
  /** When the agency works, and how much time it has. */
  clock: AnsweringClock;
  needs: Need[];
  categories: string[];
  /** The most sensitive class that it reveals. */
  sensitivity: Sensitivity;
  /** Whether it holds records of substance use treatment. */
  part2: boolean;
  shared: SharedItem[];
  /** Whom in the household it is for besides, as far as the consent lets the agency know. */
  household: TakenPerson[];
  /** First names were given that may not go to this agency. */
  namesStay: boolean;
  consent: Consent | null;
  missing: CoverageAnswer['missing'];
}

function optionalKeys(share: readonly string[] | null | undefined): OptionalKey[] {
  return (share ?? []).map((key, index) => {
    const known = OPTIONAL_KEYS.find((optional) => optional === key);
    return known ?? fail.badInput(`input.share.${index}`, `one of ${OPTIONAL_KEYS.join(', ')} is expected`);
  });
}

/** The patient's needs that were asked for, all of them, each one that the patient wants help with. */
export async function wantedNeeds(ctx: HubContext, patientId: string, ids: readonly string[], locked: boolean) {
  if (ids.length === 0 || ids.length > 10) fail.badInput('input.needIds', '1 to 10 needs are expected');
  const em = await ctx.db.em();
  const needs = await em.find(
    Need,
    { $and: [{ id: { $in: [...new Set(ids)] }, patientId }, where(ctx, Need)] },
    { orderBy: { id: 'asc' }, ...(locked && { lockMode: LockMode.PESSIMISTIC_WRITE }) },
  );
  for (const [index, id] of ids.entries()) {
    const found = needs.some((need) => need.id === id);
    if (!found) fail.badInput(`input.needIds.${index}`, 'a need of this patient is expected');
  }
  for (const need of needs) {
    const open = need.status === 'CONFIRMED' || need.status === 'BEING_ADDRESSED';
    if (!open || need.wantsHelp !== true) {
      refuse('NEED_NOT_CONFIRMED', 'Confirm first that the patient wants help with each of these needs.', 'needIds');
    }
  }
  return needs;
}

/** What is known of where it would go. */
interface Receiving {
  service: Service;
  to: Organization;
  siteId: string | null;
  clock: AnsweringClock;
}

const SITES = 'select id, service_id as "serviceId" from hub.service_at_location where id = $1::uuid';

/** Reads all about services that are looked at next, in one statement. */
export async function readServices(ctx: HubContext, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.flatMap((id) => [listingById(ctx, id), agenciesOfService(ctx, id), clockOfService(ctx, id)]));
}

/** A service that is offered, takes referrals, and belongs to somebody else: all about it in one statement. */
async function receivingService(
  ctx: HubContext,
  { serviceId: id, siteId: wantedSite = null }: Pick<PreviewReferralInput, 'serviceId' | 'siteId'>,
  locked: boolean,
): Promise<Receiving> {
  const [service, [to], [site], clock] = await Promise.all([
    listingById(ctx, id),
    agenciesOfService(ctx, id),
    wantedSite ? ctx.db.gather<{ id: string; serviceId: string }>(SITES, [wantedSite]) : [],
    clockOfService(ctx, id),
    // What is sent bears a name, which is known then.
    locked ? callerName(ctx) : undefined,
  ]);
  if (!service || !to || !clock) return fail.notFound('Service');
  if (service.status !== 'active' || to.retiredAt) {
    refuse('SERVICE_NOT_ACTIVE', 'This service is not offered at the moment.', 'serviceId');
  }
  if (!service.takesReferrals) {
    refuse(
      'SERVICE_TAKES_NO_REFERRALS',
      'This service takes no referrals through the hub. Help the patient to contact it.',
      'serviceId',
    );
  }
  if (to.id === ctx.caller?.organizationId) {
    refuse('OWN_SERVICE', 'This is a service of your own organization: nothing needs to be sent.', 'serviceId');
  }
  if (wantedSite && site?.serviceId !== id) fail.badInput('input.siteId', 'a site of this service is expected');
  return { service, to, siteId: wantedSite, clock };
}

/** Sensitive classes that this referral would reveal, of the needs and of the service; the most sensitive one first. */
export function sensitivitiesOf(needs: readonly Need[], service: Pick<Service, 'sensitivity'>): Sensitivity[] {
  const revealed = new Set<Sensitivity>([...needs.map((need) => need.sensitivity), service.sensitivity]);
  return SENSITIVITIES.filter((one) => isSensitive(one) && revealed.has(one));
}

/** What is shared, with the household behind the needs it shares. */
function withHousehold(shared: SharedItem[], household: readonly TakenPerson[]): SharedItem[] {
  if (household.length === 0) return shared;
  const at = shared.findIndex((item) => item.key === 'needs') + 1;
  return shared.toSpliced(at, 0, { key: 'household', value: householdValue(household) });
}

/** Whom it is about, read once where several services are looked at. */
export interface About {
  patient: Patient;
  needs: Need[];
  consents: Consent[];
}

async function activePatient(ctx: HubContext, id: string): Promise<Patient> {
  const patient = await load(ctx, Patient, id, 'refer');
  if (patient.status !== 'ACTIVE') refuse('PATIENT_NOT_ACTIVE', 'This patient is not active any more.', 'patientId');
  return patient;
}

/** Reads whom a referral would be about, to look at several services for it. */
export async function aboutPatient(ctx: HubContext, patientId: string, needIds: readonly string[]): Promise<About> {
  const patient = await activePatient(ctx, patientId);
  const needs = await wantedNeeds(ctx, patient.id, needIds, false);
  return { patient, needs, consents: await consentsOf(await ctx.db.em(), patient.id) };
}

/**
 * Gathers what a referral would be made of. `locked` keeps the needs as they are until the transaction ends; `known` is what
 * was read of the person already, to be looked at only.
 */
export async function prepare(
  ctx: HubContext,
  input: PreviewReferralInput,
  mode: 'looked at' | 'locked',
  known?: About,
): Promise<Prepared> {
  const chosen = optionalKeys(input.share);
  const patient = known?.patient ?? (await activePatient(ctx, input.patientId));
  const { service, to, siteId, clock } = await receivingService(ctx, input, mode === 'locked');
  const needs = known?.needs ?? (await wantedNeeds(ctx, patient.id, input.needIds, mode === 'locked'));
  const categories = [...new Set(needs.map((need) => need.category))];
  const sensitivities = sensitivitiesOf(needs, service);
  const disclosing = {
    granteeOrganizationId: to.id,
    granteeKind: to.kind,
    categories,
    sensitivities,
    purpose: 'REFERRAL' as const,
    at: ctx.clock.now(),
  };
  const found = await findCoveringConsent(await ctx.db.em(), patient.id, disclosing, known?.consents);
  const labels = needs.map((need) => need.label);
  const sensitivity = sensitivities[0] ?? 'NONE';
  const names = namesMayGo(found.consent, to.id, sensitivity);
  const household = await takeHousehold(ctx, patient.id, input.household, names);
  return {
    patient,
    service,
    to,
    siteId,
    clock,
    needs,
    categories,
    sensitivity,
    part2: sensitivities.includes('SUBSTANCE_USE'),
    shared: withHousehold(shareOf(patient, labels, chosen), household),
    household,
    namesStay: !names && (input.household ?? []).some((one) => Boolean(one.givenName?.trim())),
    consent: found.consent,
    missing: found.missing,
  };
}

import { newId } from '../src/platform/id.js';
import { insert, next, organization, user, type Ground } from './factories.js';

/** Rows of one care organization. */
interface Owner {
  organizationId: string;
}

/** A fictional patient of a care organization; returns the id. What is given (by column) stands above what is made up. */
export async function patient(hub: Ground, { organizationId }: Owner, given: object = {}): Promise<string> {
  const number = next();
  const id = newId();
  const now = hub.clock.now();
  await insert(hub, 'patient', {
    id,
    care_org_id: organizationId,
    given_name: `Given${number}`,
    family_name: `Family${number}`,
    birth_date: '1970-05-02',
    created_at: now,
    updated_at: now,
    ...given,
  });
  return id;
}

/** Gives a patient to a care manager, as the open assignment. */
export async function assignment(
  hub: Ground,
  { organizationId }: Owner,
  patientId: string,
  userId: string,
): Promise<string> {
  const id = newId();
  await insert(hub, 'assignment', {
    id,
    care_org_id: organizationId,
    patient_id: patientId,
    user_id: userId,
    starts_at: hub.clock.now(),
  });
  return id;
}

/** Someone around a patient, without any authority. */
export async function relatedPerson(
  hub: Ground,
  { organizationId }: Owner,
  patientId: string,
  given: object = {},
): Promise<string> {
  const id = newId();
  await insert(hub, 'related_person', {
    id,
    care_org_id: organizationId,
    patient_id: patientId,
    name: `Relative ${next()}`,
    relationship: 'daughter',
    created_at: hub.clock.now(),
    ...given,
  });
  return id;
}

/** A span of a health plan; makes the plan when none is given. */
export async function coverage(
  hub: Ground,
  { organizationId }: Owner,
  patientId: string,
  given: object = {},
): Promise<string> {
  const id = newId();
  const plan = 'plan_org_id' in given ? {} : { plan_org_id: (await organization(hub, { kind: 'PLAN' })).id };
  await insert(hub, 'coverage', {
    id,
    care_org_id: organizationId,
    patient_id: patientId,
    member_id: `M${next()}`,
    product_line: 'MEDICAID',
    starts_on: '2020-01-01',
    ...plan,
    ...given,
  });
  return id;
}

/** A signed consent to referrals about food and housing, to every community agency, for a year. */
export async function consent(
  hub: Ground,
  { organizationId }: Owner,
  patientId: string,
  given: object = {},
): Promise<string> {
  const id = newId();
  const now = hub.clock.now();
  const recorder = 'recorded_by' in given ? {} : { recorded_by: (await user(hub)).id };
  await insert(hub, 'consent', {
    id,
    care_org_id: organizationId,
    patient_id: patientId,
    grantor: 'PATIENT',
    grantee_class: 'grantee_organization_id' in given ? null : 'COMMUNITY_AGENCIES',
    categories: ['food-insecurity', 'housing-instability'],
    purpose: 'REFERRAL',
    method: 'SIGNATURE',
    starts_at: now,
    expires_at: new Date(now.getTime() + 365 * 86_400_000),
    created_at: now,
    ...recorder,
    ...given,
  });
  return id;
}

/** A completed screening with the AHC core form, without answers; the form must have been loaded. */
export async function screening(
  hub: Ground,
  { organizationId }: Owner,
  patientId: string,
  given: object = {},
): Promise<string> {
  const id = newId();
  const now = hub.clock.now();
  const starter = 'started_by' in given ? {} : { started_by: (await user(hub)).id };
  await insert(hub, 'screening', {
    id,
    care_org_id: organizationId,
    patient_id: patientId,
    instrument_key: 'ahc-hrsn',
    instrument_version: '1.0.0',
    status: 'COMPLETED',
    age_years: 56,
    started_at: now,
    completed_at: now,
    ...starter,
    ...given,
  });
  return id;
}

/** A confirmed need for food that the patient wants help with. */
export async function need(
  hub: Ground,
  { organizationId }: Owner,
  patientId: string,
  given: object = {},
): Promise<string> {
  const id = newId();
  const now = hub.clock.now();
  await insert(hub, 'need', {
    id,
    care_org_id: organizationId,
    patient_id: patientId,
    category: 'food-insecurity',
    label: 'Not enough food',
    status: 'CONFIRMED',
    wants_help: true,
    identified_at: now,
    confirmed_at: now,
    created_at: now,
    updated_at: now,
    ...given,
  });
  return id;
}

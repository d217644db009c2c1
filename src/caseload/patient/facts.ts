import { load, type HubContext } from '../../access/index.js';
import { Patient } from './patient.entity.js';
import { dayOf, yearsBetween } from './scope.js';
import { recordAccess } from '../record-access.js';

/** What eligibility rules may ask about a patient; null = not known. */
export interface PatientFacts {
  ageYears: number | null;
  householdSize: number | null;
  annualIncomeCents: number | null;
  veteran: boolean | null;
  disability: boolean | null;
  caregiver: boolean | null;
  state: string | null;
  county: string | null;
  zip: string | null;
  languages: string[];
  insurance: string[] | null;
}

/** What of a patient's record the facts are made of. */
export type FactColumns = Pick<
  Patient,
  | 'birthDate'
  | 'householdSize'
  | 'annualIncomeCents'
  | 'veteran'
  | 'disability'
  | 'caregiver'
  | 'state'
  | 'county'
  | 'zip'
  | 'language'
  | 'insurance'
>;

/** The facts of a patient on a day (YYYY-MM-DD). */
export function factsOn(day: string, patient: FactColumns): PatientFacts {
  return {
    ageYears: yearsBetween(patient.birthDate, day),
    householdSize: patient.householdSize ?? null,
    annualIncomeCents: patient.annualIncomeCents ?? null,
    veteran: patient.veteran ?? null,
    disability: patient.disability ?? null,
    caregiver: patient.caregiver ?? null,
    state: patient.state ?? null,
    county: patient.county ?? null,
    zip: patient.zip ?? null,
    languages: [patient.language],
    insurance: patient.insurance ?? null,
  };
}

/** The facts of one of the caller's patients, for a search on their behalf. NOT_FOUND for everyone else's. */
export async function factsOfPatient(ctx: HubContext, patientId: string): Promise<PatientFacts> {
  const patient = await load(ctx, Patient, patientId);
  recordAccess(ctx, {
    action: 'patient.facts',
    patientId,
    entity: 'patient',
    entityId: patientId,
    purpose: 'ELIGIBILITY',
  });
  return factsOn(dayOf(ctx.clock.now()), patient);
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { Problems } from '../problems.js';
import type { RegisterPatientInput, UpdatePatientInput } from './patient.inputs.js';
import { PersonFields, placeFields } from './person-fields.js';

type Details = Partial<Omit<UpdatePatientInput, 'id' | 'expectedVersion'>>;

const MOST_CENTS = 100_000_000_000; // A billion dollars: what is more was typed wrong.

/** A value with what was left out taken away, so that assigning it changes nothing else. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** The details of a patient as they are kept; what is wrong goes to `problems`, each under its field. */
export async function patientDetails(em: EntityManager, input: Details, problems: Problems) {
  const check = new PersonFields(problems);
  return given({
    givenName: check.name('givenName', input.givenName),
    familyName: check.name('familyName', input.familyName),
    preferredName: check.text('preferredName', input.preferredName, 100),
    gender: check.text('gender', input.gender, 100),
    pronouns: check.text('pronouns', input.pronouns, 50),
    language: check.language('language', input.language),
    interpreterNeeded: check.kept('interpreterNeeded', input.interpreterNeeded),
    phone: check.phone('phone', input.phone),
    email: check.email('email', input.email),
    address1: check.text('address1', input.address1, 200),
    address2: check.text('address2', input.address2, 200),
    ...(await placeFields(em, input, problems)),
    contactMethod: check.kept('contactMethod', input.contactMethod),
    voicemailOk: check.kept('voicemailOk', input.voicemailOk),
    contactTimes: check.text('contactTimes', input.contactTimes),
    contactWindows: check.windows('contactWindows', input.contactWindows),
    timeZone: check.zone('timeZone', input.timeZone),
    phoneSafe: check.kept('phoneSafe', input.phoneSafe),
    emailSafe: check.kept('emailSafe', input.emailSafe),
    contactNote: check.text('contactNote', input.contactNote, 2000),
    whatMatters: check.text('whatMatters', input.whatMatters, 4000),
    householdSize: check.whole('householdSize', input.householdSize, 1, 30),
    annualIncomeCents: check.whole('annualIncomeCents', input.annualIncomeCents, 0, MOST_CENTS),
    veteran: input.veteran,
    disability: input.disability,
    caregiver: input.caregiver,
    insurance: check.words('insurance', input.insurance),
    risk: check.kept('risk', input.risk),
    status: check.kept('status', input.status),
  });
}

/** A new patient has no value to keep: null is the same as left out. */
export function withoutNulls(input: RegisterPatientInput): Details {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as Details;
}

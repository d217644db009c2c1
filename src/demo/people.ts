import type { Place } from '../directory/index.js';
import type { Batch } from './copy.js';
import type { Dice } from './dice.js';
import { fictionalPhone } from './directory.js';
import { demoNames } from './words.js';

/** A care organization of the demo with the people who manage its patients. */
export interface DemoCare {
  organizationId: string;
  managers: { id: string; name: string }[];
}

export interface DemoPatient {
  id: string;
  care: DemoCare;
  manager: { id: string; name: string };
  ageYears: number;
  /** How likely an answer shows a need: most people have few, some have many. */
  hardship: number;
  consentId: string | null;
  /** Somebody around them. */
  relativeId: string | null;
  registered: Date;
  givenName: string;
  familyName: string;
  birthDate: string;
  language: string;
  interpreterNeeded: boolean;
  phone: string;
  zip: string;
  city: string;
  state: string;
  contactMethod: string;
  voicemailOk: boolean;
  contactTimes: string | null;
}

const YEAR = 31_556_952_000;
const DAY = 86_400_000;
const day = (date: Date): string => date.toISOString().slice(0, 10);
const MATTERS = [
  'Staying in my own home.',
  'Seeing my grandchildren every week.',
  'Getting back to work.',
  'Not being a burden to my daughter.',
  'A quiet place to sleep.',
  'Cooking again like I used to.',
];

export class PeopleMaker {
  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly places: readonly Place[],
    readonly plans: readonly string[],
    readonly allCategories: readonly string[],
    readonly now: Date,
  ) {}

  patient(care: DemoCare, number: number): DemoPatient {
    const { dice, batch, now } = this;
    const registered = new Date(now.getTime() - dice.int(20, 730) * DAY);
    const ageYears =
      Number(dice.weighted({ '8': 8, '24': 14, '38': 16, '52': 20, '69': 26, '81': 16 })) + dice.int(-5, 5);
    const place = dice.pick(this.places);
    const spanish = dice.chance(0.18);
    const manager = dice.pick(care.managers);
    const patient: DemoPatient = {
      id: dice.id(registered),
      care,
      manager,
      ageYears,
      hardship: Number(dice.weighted({ '0.08': 45, '0.25': 38, '0.5': 17 })),
      consentId: null,
      relativeId: null,
      registered,
      givenName: dice.pick(demoNames.given),
      familyName: dice.pick(demoNames.family),
      birthDate: day(new Date(now.getTime() - ageYears * YEAR - dice.int(1, 360) * DAY)),
      language: spanish ? 'es' : 'en',
      interpreterNeeded: spanish && dice.chance(0.5),
      phone: fictionalPhone(dice, '443'),
      zip: place.zip,
      city: place.city,
      state: place.state,
      contactMethod: dice.weighted({ PHONE: 6, TEXT: 3, MAIL: 1 }),
      voicemailOk: dice.chance(0.6),
      contactTimes: dice.chance(0.3) ? 'Weekday mornings' : null,
    };
    const { hardship, ...fields } = patient;
    batch.add('patient', {
      id: fields.id,
      care_org_id: care.organizationId,
      given_name: fields.givenName,
      family_name: fields.familyName,
      birth_date: fields.birthDate,
      language: fields.language,
      interpreter_needed: fields.interpreterNeeded,
      phone: `+1${fields.phone.replace(/\D/g, '')}`,
      address_1: `${dice.int(1, 999)} ${dice.pick(demoNames.streets)}`,
      city: fields.city,
      state: fields.state,
      zip: fields.zip,
      county: place.county,
      contact_method: fields.contactMethod,
      voicemail_ok: fields.voicemailOk,
      contact_times: fields.contactTimes,
      what_matters: dice.chance(0.5) ? dice.pick(MATTERS) : null,
      household_size: dice.chance(0.8) ? dice.int(1, 6) : null,
      annual_income_cents: dice.chance(0.6) ? dice.int(6, 60) * 100_000 : null,
      is_veteran: dice.chance(0.7) ? dice.chance(0.1) : null,
      has_disability: dice.chance(0.6) ? dice.chance(0.25) : null,
      is_caregiver: dice.chance(0.6) ? dice.chance(0.2) : null,
      insurance: ageYears >= 65 ? ['MEDICARE'] : dice.chance(0.5) ? ['MEDICAID'] : ['COMMERCIAL'],
      risk:
        hardship > 0.3
          ? dice.weighted({ HIGH: 7, RISING: 3 })
          : hardship > 0.1
            ? dice.weighted({ RISING: 6, LOW: 3, HIGH: 1 })
            : 'LOW',
      status: dice.chance(0.97) ? 'ACTIVE' : 'INACTIVE',
      external_id: `DEMO-${number.toString().padStart(7, '0')}`,
      created_at: registered,
      updated_at: registered,
    });
    this.#around(patient, place);
    patient.consentId = this.#consent(patient);
    return patient;
  }

  #around(patient: DemoPatient, place: Place): void {
    const { dice, batch, now } = this;
    const { id: patientId, care, registered, ageYears } = patient;
    const owner = { care_org_id: care.organizationId, patient_id: patientId };
    batch.add('assignment', { id: dice.id(registered), ...owner, user_id: patient.manager.id, starts_at: registered });
    if (ageYears < 18 || dice.chance(0.25)) {
      patient.relativeId = dice.id(registered);
      batch.add('related_person', {
        id: patient.relativeId,
        ...owner,
        name: `${dice.pick(demoNames.given)} ${patient.familyName}`,
        relationship: ageYears < 18 ? 'parent' : ageYears > 60 ? 'daughter' : 'partner',
        phone: `+1${fictionalPhone(dice, '443').replace(/\D/g, '')}`,
        is_caregiver: dice.chance(0.6),
        authority: ageYears < 18 ? 'PERSONAL_REPRESENTATIVE' : 'NONE',
        created_at: registered,
      });
    }
    if (!dice.chance(0.88)) return;
    batch.add('coverage', {
      id: dice.id(registered),
      ...owner,
      plan_org_id: dice.pick(this.plans),
      member_id: `M${dice.int(10_000_000, 99_999_999)}`,
      product_line: ageYears >= 65 ? 'MEDICARE' : place.zip < '21210' ? 'MEDICAID' : 'COMMERCIAL',
      starts_on: day(new Date(now.getTime() - dice.int(400, 1000) * DAY)),
      ends_on: dice.chance(0.05) ? day(new Date(now.getTime() - dice.int(1, 300) * DAY)) : null,
    });
  }

  #consent(patient: DemoPatient): string | null {
    const { dice, batch } = this;
    if (dice.chance(0.12)) return null;
    // Signed at the first visit, before anything is sent.
    const given = new Date(patient.registered.getTime() + dice.int(5, 55) * 60_000);
    const id = dice.id(given);
    const revoked = dice.chance(0.03) ? new Date(this.now.getTime() - dice.int(1, 15) * DAY) : null;
    batch.add('consent', {
      id,
      care_org_id: patient.care.organizationId,
      patient_id: patient.id,
      kind: 'AGENCY',
      status: revoked ? 'REVOKED' : 'ACTIVE',
      grantor: 'PATIENT',
      grantee_class: 'COMMUNITY_AGENCIES',
      grantee_related_person_id: null,
      categories: this.allCategories,
      purpose: 'REFERRAL',
      method: dice.weighted({ SIGNATURE: 5, PAPER: 2 }),
      evidence: 'Signed form in the demo archive',
      language: patient.language,
      starts_at: given,
      expires_at: new Date(given.getTime() + 3 * YEAR),
      recorded_by: patient.manager.id,
      created_at: given,
      revoked_at: revoked,
      revoked_by: revoked ? patient.manager.id : null,
    });
    return revoked ? null : id;
  }
}

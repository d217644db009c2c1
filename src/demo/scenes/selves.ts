import { statementOf } from '../../caseload/index.js';
import { SELF_ORG, SELF_USER } from '../../referral/index.js';
import type { Batch } from '../copy.js';
import type { Dice } from '../dice.js';
import { fictionalPhone, type DemoService } from '../directory.js';
import { demoNames } from '../words.js';
import type { DemoStep } from '../history.js';
import type { DemoPatient } from '../people.js';
import type { ReferralMaker } from '../referrals.js';
import type { DemoNeed } from '../screenings.js';

/** What a request of somebody for themselves writes. */
export const SELF_TABLES = ['patient', 'consent', 'need', 'referral', 'referral_need', 'referral_transition', 'referral_message', 'referral_clock_step', 'disclosure']; // prettier-ignore
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WINDOW = [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], from: '09:00', to: '17:00' }];

/** People who asked an agency for help themselves: they stand under the hub’s own organization, for nobody else to see. */
export class SelfMaker {
  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly referrals: ReferralMaker,
    readonly now: Date,
  ) {}

  /** One who waits for an answer, and one who has it. */
  ask(agency: string, service: DemoService, category: { code: string; label: string }): void {
    for (const [index, hours] of [5, 50].entries()) {
      const at = new Date(this.now.getTime() - hours * HOUR);
      const patient = this.#person(at, index === 0 ? 'en' : 'es');
      patient.consentId = this.#consent(patient, agency, service.organizationId, category.code, at);
      const need = this.#need(patient, category, at);
      const steps: DemoStep[] = [
        { from: null, to: 'REQUESTED', side: 'REQUESTER', reasonCode: null, reason: null, at },
      ];
      if (index === 1) {
        const answered = new Date(at.getTime() + 20 * HOUR);
        steps.push({ from: 'REQUESTED', to: 'ACCEPTED', side: 'TARGET', reasonCode: null, reason: null, at: answered });
      }
      this.referrals.send(patient, need, service, { consentId: patient.consentId, steps, askedBy: 'SELF' });
      this.batch.add('need', need.row);
    }
  }

  #person(at: Date, language: string): DemoPatient {
    const { dice } = this;
    const patient: DemoPatient = {
      id: dice.id(at),
      care: { organizationId: SELF_ORG, managers: [] },
      manager: { id: SELF_USER, name: 'The person themselves' },
      ageYears: 0,
      hardship: 0,
      consentId: null,
      relativeId: null,
      registered: at,
      givenName: dice.pick(demoNames.given),
      familyName: dice.pick(demoNames.family),
      birthDate: '1900-01-01',
      language,
      interpreterNeeded: false,
      phone: fictionalPhone(dice, '443'),
      zip: '',
      city: '',
      state: '',
      contactMethod: 'TEXT',
      voicemailOk: false,
      contactTimes: null,
    };
    this.batch.add('patient', {
      id: patient.id,
      care_org_id: SELF_ORG,
      given_name: patient.givenName,
      family_name: patient.familyName,
      birth_date: patient.birthDate,
      language,
      phone: `+1${patient.phone.replace(/\D/g, '')}`,
      contact_method: 'TEXT',
      voicemail_ok: false,
      contact_windows: { json: WINDOW },
      risk: 'LOW',
      status: 'ACTIVE',
      created_at: at,
      updated_at: at,
    });
    return patient;
  }

  #consent(patient: DemoPatient, agency: string, organizationId: string, category: string, at: Date): string {
    const id = this.dice.id(at);
    const until = new Date(at.getTime() + 90 * DAY);
    const facts = {
      kind: 'AGENCY',
      purpose: 'REFERRAL',
      patient: `${patient.givenName} ${patient.familyName}`,
      grantor: null,
      discloser: 'Community Referral Hub',
      recipient: agency,
      recipientClass: null,
      categories: [category],
      sensitivities: [],
      expiresOn: until.toISOString().slice(0, 10),
      expiryEvent: null,
    } as const;
    this.batch.add('consent', {
      id,
      care_org_id: SELF_ORG,
      patient_id: patient.id,
      kind: 'AGENCY',
      status: 'ACTIVE',
      grantor: 'PATIENT',
      grantee_organization_id: organizationId,
      categories: [category],
      purpose: 'REFERRAL',
      method: 'SIGNATURE',
      evidence: 'Agreed on the page, proved by a code',
      statement: statementOf(facts, patient.language),
      language: patient.language,
      starts_at: at,
      expires_at: until,
      recorded_by: SELF_USER,
      created_at: at,
    });
    return id;
  }

  #need(patient: DemoPatient, { code, label }: { code: string; label: string }, at: Date): DemoNeed {
    const id = this.dice.id(at);
    return {
      id,
      category: code,
      sensitivity: 'NONE',
      label,
      status: 'CONFIRMED',
      wantsHelp: true,
      identified: at,
      row: {
        id,
        care_org_id: SELF_ORG,
        patient_id: patient.id,
        category: code,
        sensitivity: 'NONE',
        label,
        status: 'CONFIRMED',
        wants_help: true,
        evidence: { json: [] },
        identified_at: at,
        confirmed_at: at,
        confirmed_by: SELF_USER,
        agreed_by: 'PATIENT',
        created_at: at,
        updated_at: at,
      },
    };
  }
}

import { SDOH_CATEGORIES } from '../directory/index.js';
import type { Batch } from './copy.js';
import type { Dice } from './dice.js';
import type { DemoPatient } from './people.js';
import type { DemoNeed } from './screenings.js';

const DAY = 86_400_000;
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const GOALS: Readonly<Record<string, string>> = {
  'food-insecurity': 'Enough to eat until the end of each month.',
  'housing-instability': 'Stay in this apartment.',
  'utility-insecurity': 'Keep the heat on this winter.',
  'transportation-insecurity': 'Get to every appointment.',
  'employment-status': 'Find part-time work.',
};
/** Kinds of need that a family hears of in the demo. */
export const FAMILY = ['food-insecurity', 'transportation-insecurity', 'utility-insecurity'];

/** What patients want to reach, what happened in their lives, and what they let their families see. Dice of its own. */
export class LifeMaker {
  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly now: Date,
  ) {}

  live(patient: DemoPatient, needs: readonly DemoNeed[]): void {
    this.#family(patient);
    if (this.dice.chance(0.05)) this.#event(patient);
    for (const need of needs) this.#goal(patient, need);
  }

  #goal(patient: DemoPatient, need: DemoNeed): void {
    const { dice, batch, now } = this;
    const description = GOALS[need.category];
    const wanted = need.row['status'] === 'CONFIRMED' || need.row['status'] === 'BEING_ADDRESSED';
    if (!description || !wanted || !need.wantsHelp || !dice.chance(0.35)) return;
    const at = new Date(Math.min(now.getTime(), need.identified.getTime() + dice.int(1, 5) * DAY));
    batch.add('goal', {
      id: dice.id(at),
      care_org_id: patient.care.organizationId,
      patient_id: patient.id,
      need_id: need.id,
      category: need.category,
      description,
      target_on: dayOf(new Date(now.getTime() + dice.int(20, 120) * DAY)),
      lifecycle: 'ACTIVE',
      achievement: dice.weighted({ IN_PROGRESS: 6, IMPROVING: 3, NO_CHANGE: 1 }),
      achievement_on: at,
      started_at: at,
      created_by: patient.manager.id,
      updated_at: at,
    });
  }

  #event(patient: DemoPatient): void {
    const { dice, batch, now } = this;
    const at = new Date(now.getTime() - dice.int(1, 25) * DAY);
    batch.add('patient_event', {
      id: dice.id(at),
      care_org_id: patient.care.organizationId,
      patient_id: patient.id,
      kind: dice.weighted({ DISCHARGE: 5, MOVED: 2, LOST_JOB: 2, NEW_CHILD: 1, LOST_SOMEONE: 1 }),
      on_day: dayOf(at),
      recorded_by: patient.manager.id,
      created_at: at,
    });
  }

  #family(patient: DemoPatient): void {
    const { dice, batch } = this;
    const { relativeId, care } = patient;
    if (!relativeId || patient.ageYears < 18 || !dice.chance(0.6)) return;
    const at = new Date(patient.registered.getTime() + dice.int(60, 90) * 60_000);
    batch.add('consent', {
      id: dice.id(at),
      care_org_id: care.organizationId,
      patient_id: patient.id,
      kind: 'FAMILY',
      status: 'ACTIVE',
      grantor: 'PATIENT',
      grantee_class: null,
      grantee_related_person_id: relativeId,
      categories: SDOH_CATEGORIES.map(({ code }) => code).filter((code) => FAMILY.includes(code)),
      purpose: 'FAMILY_INVOLVEMENT',
      method: 'SIGNATURE',
      evidence: 'Signed form in the demo archive',
      language: patient.language,
      starts_at: at,
      expires_at: new Date(this.now.getTime() + 200 * DAY),
      recorded_by: patient.manager.id,
      created_at: at,
      revoked_at: null,
      revoked_by: null,
    });
  }
}

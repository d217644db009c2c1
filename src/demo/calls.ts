import type { Batch } from './copy.js';
import type { Dice } from './dice.js';
import type { DemoService } from './directory.js';
import type { DemoPatient } from './people.js';
import type { DemoNeed } from './screenings.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Only needs that were found lately are called about: so a desk has a handful of things to do, not years of them. */
const LATELY_DAYS = 21;
const SHARE = 0.25;
const NOTES = ['They call back tomorrow.', 'Ask for the intake desk.', null] as const;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Calls to agencies about needs that nothing was sent for, with what is to be done next. Dice of its own. */
export class CallMaker {
  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly servicesFor: ReadonlyMap<string, readonly DemoService[]>,
    readonly now: Date,
  ) {}

  call(patient: DemoPatient, need: DemoNeed): void {
    const { dice, batch, now } = this;
    const services = this.servicesFor.get(need.category) ?? [];
    const waits = need.row['status'] === 'CONFIRMED' && need.wantsHelp && need.sensitivity === 'NONE';
    if (!waits || now.getTime() - need.identified.getTime() > LATELY_DAYS * DAY) return;
    if (services.length === 0 || !dice.chance(SHARE)) return;
    const service = dice.pick(services);
    if (service.sensitivity !== 'NONE') return;
    const at = new Date(Math.min(now.getTime() - HOUR, need.identified.getTime() + dice.int(1, 5) * DAY));
    const status = dice.weighted({ ASKED: 5, ACCEPTED: 3, WAITLIST: 2 });
    const note = dice.pick(NOTES);
    const id = dice.id(at);
    const { organizationId } = patient.care;
    const by = { by_user_id: patient.manager.id, by_name: patient.manager.name };
    batch.add('off_platform_referral', {
      id,
      care_org_id: organizationId,
      patient_id: patient.id,
      service_id: service.id,
      how: 'PHONE',
      status,
      note,
      told: dice.chance(0.5) ? 'NOTHING' : 'PERSON_SPOKE',
      categories: [need.category],
      made_by: patient.manager.id,
      made_by_name: patient.manager.name,
      made_at: at,
      answered_at: status === 'ASKED' ? null : at,
      updated_at: at,
    });
    batch.add('off_platform_need', { referral_id: id, need_id: need.id, care_org_id: organizationId });
    batch.add('off_platform_step', {
      id: dice.id(at),
      referral_id: id,
      care_org_id: organizationId,
      status,
      note,
      ...by,
      at,
    });
    need.row['status'] = 'BEING_ADDRESSED';
    this.#followUp(patient, id, at, status === 'ACCEPTED' ? 'CHECK_IN' : 'CALL_AGENCY');
  }

  #followUp(patient: DemoPatient, offPlatformId: string, at: Date, kind: 'CALL_AGENCY' | 'CHECK_IN'): void {
    this.batch.add('follow_up', {
      id: this.dice.id(at),
      care_org_id: patient.care.organizationId,
      patient_id: patient.id,
      off_platform_id: offPlatformId,
      kind,
      due_on: dayOf(new Date(at.getTime() + (kind === 'CHECK_IN' ? 7 : 2) * DAY)),
      assigned_to: patient.manager.id,
      made_by: patient.manager.id,
      made_at: at,
    });
  }
}

import { answerDueAt, labelOf, shareOf, type Status } from '../referral/index.js';
import type { Batch } from './copy.js';
import type { Dice } from './dice.js';
import type { DemoService } from './directory.js';
import { historyOf, turnedAway, type DemoStep } from './history.js';
import type { DemoPatient } from './people.js';
import type { DemoNeed } from './screenings.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const ZONE = 'America/New_York';
const OPEN: ReadonlySet<Status> = new Set(['REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD']);
const ENDED: ReadonlySet<Status> = new Set(['COMPLETED', 'FAILED', 'REJECTED', 'CANCELLED', 'ENTERED_IN_ERROR']);
const HOUSING: ReadonlySet<string> = new Set(['housing-instability', 'inadequate-housing']);
const AGENCY_STAFF = 'Front desk (demo)';
const QUESTIONS = [
  'Does the patient have a phone we may call in the evening?',
  'Thank you, we will call this week.',
  'Please bring the lease.',
];

/** Referrals for the needs of one patient, with every step, what was shared, and what became of the need. */
export class ReferralMaker {
  readonly #due = new Map<string, Date>();

  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly servicesFor: ReadonlyMap<string, readonly DemoService[]>,
    readonly now: Date,
  ) {}

  refer(patient: DemoPatient, need: DemoNeed): void {
    const services = this.servicesFor.get(need.category) ?? [];
    const { consentId } = patient;
    // Without a consent nothing leaves, and a sensitive need asks for one that names it, which the demo leaves to try.
    if (!consentId || !need.wantsHelp || need.sensitivity !== 'NONE' || services.length === 0) return;
    let at = need.identified.getTime() + this.dice.int(1, 96) * HOUR;
    for (let tries = 0; tries < 3 && at < this.now.getTime(); tries += 1) {
      const service = this.dice.pick(services);
      if (service.sensitivity !== 'NONE') return;
      const last = this.#one(patient, need, service, consentId, new Date(at));
      if (last.to === 'COMPLETED' || OPEN.has(last.to) || this.dice.chance(0.4)) return;
      at = last.at.getTime() + this.dice.int(1, 10) * DAY;
    }
  }

  /**
   * Whoever still had no home that was fit to live in last month asked again, and was turned away: shelters and flats were full. A month with
   * enough people in it to be counted, so that a curator sees what is missing where.
   */
  askAgain(patient: DemoPatient, need: DemoNeed): void {
    const service = this.servicesFor.get(need.category)?.find((one) => one.sensitivity === 'NONE');
    const { consentId } = patient;
    const month = lastWholeMonth(this.now);
    const unmet = HOUSING.has(need.category) && need.row['status'] === 'CONFIRMED' && need.identified <= month;
    if (!unmet) return;
    if (!consentId || !need.wantsHelp || !service) return;
    const sentAt = new Date(month.getTime() + this.dice.int(2, 22) * DAY);
    this.#one(patient, need, service, consentId, sentAt, turnedAway(sentAt, this.dice));
  }

  #one(
    patient: DemoPatient,
    need: DemoNeed,
    service: DemoService,
    consentId: string,
    sentAt: Date,
    steps = historyOf(this.dice, sentAt, this.now),
  ): DemoStep {
    const { dice, batch, now } = this;
    const last = steps.at(-1) ?? steps[0];
    if (!last) throw new Error('A history has a first step');
    const { to: status } = last;
    const id = dice.id(sentAt);
    const sides = { from_org_id: patient.care.organizationId, to_org_id: service.organizationId };
    const answered = steps.find((step) => step.to === 'ACCEPTED' || step.to === 'REJECTED');
    const closed = ENDED.has(status) ? (steps.find((step) => ENDED.has(step.to))?.at ?? last.at) : null;
    const priority = dice.chance(0.12) ? 'URGENT' : 'ROUTINE';
    const shared = shareOf(patient, [need.label], []);
    const outcome =
      status === 'COMPLETED'
        ? dice.weighted({ HELP_RECEIVED: 74, PARTLY_HELPED: 12, INFORMATION_GIVEN: 9, REFERRED_ON: 5 })
        : null;
    const helped = outcome === 'HELP_RECEIVED' || outcome === 'PARTLY_HELPED';
    const asked =
      closed && now.getTime() - closed.getTime() > 3 * DAY && dice.chance(status === 'COMPLETED' ? 0.7 : 0.3);
    const confirmation = !asked
      ? null
      : helped
        ? dice.weighted({ HELPED: 80, PARTLY: 10, NOT_HELPED: 7, COULD_NOT_ASK: 3 })
        : dice.weighted({ NOT_HELPED: 85, COULD_NOT_ASK: 15 });
    const confirmedAt =
      asked && closed ? new Date(Math.min(now.getTime(), closed.getTime() + dice.int(2, 20) * DAY)) : null;
    const waiting = status === 'REQUESTED';
    batch.add('referral', {
      id,
      ...sides,
      patient_id: patient.id,
      service_id: service.id,
      service_at_location_id: service.siteId,
      status,
      reason_code: last.reasonCode,
      reason: last.reason,
      priority,
      categories: [need.category],
      sensitivity: 'NONE',
      request: dice.chance(0.5) ? `Please help with ${need.label.toLowerCase()}.` : null,
      consent_id: consentId,
      shared: { json: shared },
      patient_label: labelOf(patient),
      sent_by: patient.manager.id,
      sent_by_name: patient.manager.name,
      sent_at: sentAt,
      seen_at:
        answered?.at ??
        (waiting && dice.chance(0.5) ? new Date(Math.min(now.getTime(), sentAt.getTime() + 5 * HOUR)) : null),
      answered_at: answered?.at ?? null,
      closed_at: closed,
      // On hold, its clocks stand still.
      clock_paused_at: status === 'ON_HOLD' ? last.at : null,
      answer_due_at: this.#dueAt(sentAt, priority),
      outcome,
      enrollment: status === 'COMPLETED' && dice.chance(0.5) ? 'ENROLLED' : null,
      patient_confirmation: confirmation,
      patient_confirmed_at: confirmedAt,
      patient_confirmed_by: confirmedAt ? patient.manager.id : null,
      version: steps.length,
      created_at: sentAt,
      updated_at: confirmedAt ?? last.at,
    });
    batch.add('referral_need', { referral_id: id, need_id: need.id, from_org_id: sides.from_org_id });
    this.#steps(id, sides, steps, patient);
    batch.add('disclosure', {
      id: dice.id(sentAt),
      care_org_id: sides.from_org_id,
      patient_id: patient.id,
      recipient_org_id: sides.to_org_id,
      referral_id: id,
      consent_id: consentId,
      categories: [need.category],
      fields: shared.map((item) => item.key),
      purpose: 'REFERRAL',
      at: sentAt,
    });
    settle(need, status, confirmation, confirmedAt ?? last.at);
    return last;
  }

  /** The same for everything sent within an hour, and reckoning with time zones is slow. */
  #dueAt(sentAt: Date, priority: 'URGENT' | 'ROUTINE'): Date {
    const key = `${priority} ${Math.floor(sentAt.getTime() / HOUR)}`;
    const due = this.#due.get(key) ?? answerDueAt(sentAt, ZONE, priority);
    this.#due.set(key, due);
    return due;
  }

  #steps(
    referralId: string,
    sides: { from_org_id: string; to_org_id: string },
    steps: readonly DemoStep[],
    patient: DemoPatient,
  ): void {
    const { dice, batch } = this;
    for (const step of steps) {
      const ours = step.side === 'REQUESTER';
      batch.add('referral_transition', {
        id: dice.id(step.at),
        referral_id: referralId,
        ...sides,
        from_status: step.from,
        to_status: step.to,
        reason_code: step.reasonCode,
        reason: step.reason,
        side: step.side,
        by_user_id: ours ? patient.manager.id : null,
        by_name: ours ? patient.manager.name : AGENCY_STAFF,
        at: step.at,
      });
    }
    const second = steps[1];
    if (second && dice.chance(0.2)) {
      batch.add('referral_message', {
        id: dice.id(second.at),
        referral_id: referralId,
        ...sides,
        author_org_id: sides.to_org_id,
        author_name: AGENCY_STAFF,
        body: dice.pick(QUESTIONS),
        at: second.at,
      });
    }
  }
}

/** The first of the last month that is over, and counted. */
function lastWholeMonth(now: Date): Date {
  const settled = new Date(now.getTime() - 2 * DAY);
  return new Date(Date.UTC(settled.getUTCFullYear(), settled.getUTCMonth() - 1, 1));
}

/** What became of a need through its latest referral. */
function settle(need: DemoNeed, status: Status, confirmation: string | null, at: Date): void {
  const { row } = need;
  if (confirmation === 'HELPED') Object.assign(row, { status: 'MET', resolved_at: at });
  else if (OPEN.has(status) || status === 'COMPLETED') row['status'] = 'BEING_ADDRESSED';
  else row['status'] = 'CONFIRMED';
  row['updated_at'] = at;
}

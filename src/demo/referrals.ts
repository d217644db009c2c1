import {
  answerDueAt,
  answeringClock,
  labelOf,
  pastClocks,
  shareOf,
  type AnsweringClock,
  type OwnTimes,
  type Status,
} from '../referral/index.js';
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

interface DemoSending {
  consentId: string;
  steps: readonly DemoStep[];
  /** The request to several agencies that it is a part of, which is never urgent. */
  offerId?: string;
  /** Who asks, when it is not the care team. */
  askedBy?: 'SELF';
  /** The try before, which this one follows. */
  older?: { id: string; serviceId: string } | null;
}

/** Referrals for the needs of one patient, with every step, what was shared, and what became of the need. */
export class ReferralMaker {
  readonly #due = new Map<string, Date>();
  readonly #clocks = new Map<string, AnsweringClock>();

  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly servicesFor: ReadonlyMap<string, readonly DemoService[]>,
    readonly now: Date,
    /** What agencies said of their own working time. */
    readonly times: ReadonlyMap<string, OwnTimes>,
  ) {}

  refer(patient: DemoPatient, need: DemoNeed): void {
    const services = this.servicesFor.get(need.category) ?? [];
    const { consentId } = patient;
    // Without a consent nothing leaves, and a sensitive need asks for one that names it, which the demo leaves to try.
    if (!consentId || !need.wantsHelp || need.sensitivity !== 'NONE' || services.length === 0) return;
    const { dice, now } = this;
    let at = need.identified.getTime() + dice.int(1, 96) * HOUR;
    let older: DemoSending['older'] = null;
    for (let tries = 0; tries < 3 && at < now.getTime(); tries += 1) {
      const service = dice.pick(services);
      if (service.sensitivity !== 'NONE') return;
      const sending = { consentId, steps: historyOf(dice, new Date(at), now), older };
      const { id, last } = this.send(patient, need, service, sending);
      // Nothing follows what was sent by mistake.
      older = last.to === 'ENTERED_IN_ERROR' ? null : { id, serviceId: service.id };
      if (last.to === 'COMPLETED' || OPEN.has(last.to) || dice.chance(0.4)) return;
      at = last.at.getTime() + dice.int(1, 10) * DAY;
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
    this.send(patient, need, service, { consentId, steps: turnedAway(sentAt, this.dice) });
  }

  /** One referral with its history; its id, and the step it stands at. */
  send(
    patient: DemoPatient,
    need: DemoNeed,
    service: DemoService,
    sending: DemoSending,
  ): { id: string; last: DemoStep } {
    const { dice, batch, now } = this;
    const { consentId, steps, offerId = null, older = null, askedBy = 'CARE_TEAM' } = sending;
    const [first] = steps;
    const last = steps.at(-1);
    if (!first || !last) throw new Error('A history has a first step');
    const sentAt = first.at;
    const { to: status } = last;
    const id = dice.id(sentAt);
    const sides = { from_org_id: patient.care.organizationId, to_org_id: service.organizationId };
    const answered = steps.find((step) => step.to === 'ACCEPTED' || step.to === 'REJECTED');
    const closed = ENDED.has(status) ? (steps.find((step) => ENDED.has(step.to))?.at ?? last.at) : null;
    const priority = !offerId && dice.chance(0.12) ? 'URGENT' : 'ROUTINE';
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
    const seenAt =
      answered?.at ??
      (waiting && dice.chance(0.5) ? new Date(Math.min(now.getTime(), sentAt.getTime() + 5 * HOUR)) : null);
    const contactAt = steps.find((step) => step.to === 'IN_PROGRESS')?.at ?? null;
    const clocks = OPEN.has(status)
      ? pastClocks(this.#clockOf(service), { priority, steps, seenAt, contactAt }, now)
      : null;
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
      seen_at: seenAt,
      first_contact_at: contactAt,
      answered_at: answered?.at ?? null,
      closed_at: closed,
      see_due_at: clocks?.seeDueAt ?? null,
      answer_due_at: clocks?.answerDueAt ?? this.#dueAt(sentAt, priority),
      contact_due_at: clocks?.contactDueAt ?? null,
      outcome_due_at: clocks?.outcomeDueAt ?? null,
      clock_paused_at: clocks?.clockPausedAt ?? null,
      next_clock_at: clocks?.nextClockAt ?? null,
      reminded_at: clocks?.remindedAt ?? null,
      escalated_at: clocks?.escalatedAt ?? null,
      stalled_at: clocks?.stalledAt ?? null,
      offer_id: offerId,
      asked_by: askedBy,
      follows_id: older?.id ?? null,
      follows_how: older && (older.serviceId === service.id ? 'REOPENED' : 'TRANSFERRED'),
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
    for (const [step, at] of Object.entries(clocks?.taken ?? {})) {
      // The letters about it have left.
      batch.add('referral_clock_step', { referral_id: id, step, ...sides, at, told_at: at });
    }
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
    return { id, last };
  }

  #clockOf({ organizationId }: DemoService): AnsweringClock {
    const zones = { service: null, organization: ZONE };
    const clock =
      this.#clocks.get(organizationId) ?? answeringClock(zones, null, this.times.get(organizationId) ?? null);
    this.#clocks.set(organizationId, clock);
    return clock;
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

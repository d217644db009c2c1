import type { Batch } from './copy.js';
import type { Dice } from './dice.js';
import type { DemoService } from './directory.js';
import type { DemoStep } from './history.js';
import type { DemoPatient } from './people.js';
import type { ReferralMaker } from './referrals.js';
import type { DemoNeed } from './screenings.js';

const HOUR = 3_600_000;
/** Only what was found in the last days is still open with several agencies. */
const LATELY_MS = 100 * HOUR;
const ASKED = 3;
/** What the care manager of the demo always has. */
const SHOWN = ['GROUP', 'CASCADE', 'GROUP'] as const;

/** Requests to several agencies for needs that nothing was sent for: to all at once, or to one after another. */
export class OfferMaker {
  #shown = 0;

  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly servicesFor: ReadonlyMap<string, readonly DemoService[]>,
    readonly referrals: ReferralMaker,
    readonly now: Date,
    /** Whose patients always get some: the care manager that a visitor signs in as. */
    readonly careManagerId: string,
  ) {}

  offer(patient: DemoPatient, need: DemoNeed): void {
    const { dice, now } = this;
    const { consentId } = patient;
    const age = now.getTime() - need.identified.getTime();
    const waits = need.row['status'] === 'CONFIRMED' && need.wantsHelp && need.sensitivity === 'NONE';
    const shown = this.#shown < SHOWN.length && patient.manager.id === this.careManagerId;
    if (!consentId || !waits || age < 3 * HOUR || (!shown && (age > LATELY_MS || !dice.chance(0.5)))) return;
    const services = this.#several(need.category);
    if (services.length < ASKED) return;
    const kind = (shown ? SHOWN[this.#shown] : null) ?? (dice.chance(0.6) ? 'GROUP' : 'CASCADE');
    if (shown) this.#shown += 1;
    this.#one(patient, need, consentId, services, kind);
  }

  /** Of as many agencies. */
  #several(category: string): DemoService[] {
    const found = new Map<string, DemoService>();
    const services = (this.servicesFor.get(category) ?? []).filter(({ sensitivity }) => sensitivity === 'NONE');
    for (let tries = 0; tries < 30 && found.size < ASKED && services.length > 0; tries += 1) {
      const service = this.dice.pick(services);
      found.set(service.organizationId, service);
    }
    return [...found.values()];
  }

  #one(
    patient: DemoPatient,
    need: DemoNeed,
    consentId: string,
    services: readonly DemoService[],
    kind: 'GROUP' | 'CASCADE',
  ): void {
    const { dice, batch } = this;
    const sentAt = new Date(Math.max(need.identified.getTime() + HOUR, this.now.getTime() - LATELY_MS));
    const offerId = dice.id(sentAt);
    batch.add('referral_offer', {
      id: offerId,
      from_org_id: patient.care.organizationId,
      patient_id: patient.id,
      kind,
      status: 'OPEN',
      need_ids: [need.id],
      share: [],
      priority: 'ROUTINE',
      send_on: kind === 'CASCADE',
      sent_by: patient.manager.id,
      sent_by_name: patient.manager.name,
      created_at: sentAt,
    });
    const declined = new Date(sentAt.getTime() + HOUR);
    for (const [index, service] of services.entries()) {
      const waiting = kind === 'CASCADE' && index === 2;
      const at = kind === 'CASCADE' && index === 1 ? declined : sentAt;
      const steps: DemoStep[] = [
        { from: null, to: 'REQUESTED', side: 'REQUESTER', reasonCode: null, reason: null, at },
      ];
      if (kind === 'CASCADE' && index === 0) {
        const reason = { reasonCode: 'NO_CAPACITY', reason: 'We are full until next month.' };
        steps.push({ from: 'REQUESTED', to: 'REJECTED', side: 'TARGET', ...reason, at: declined });
      }
      const sent = waiting ? null : this.referrals.send(patient, need, service, { consentId, steps, offerId });
      batch.add('offer_target', {
        offer_id: offerId,
        position: index + 1,
        from_org_id: patient.care.organizationId,
        to_org_id: service.organizationId,
        service_id: service.id,
        service_at_location_id: service.siteId,
        state: waiting ? 'WAITING' : 'SENT',
        chosen_by: 'SENDER',
        referral_id: sent?.id ?? null,
        at: waiting ? null : at,
      });
    }
  }
}

import { listingRisk, nextVerificationOn, type Place } from '../directory/index.js';
import type { Batch } from './copy.js';
import type { Dice } from './dice.js';
import type { Ground } from './ground.js';
import { demoNames, serviceForms, type ServiceForm } from './words.js';

export interface DemoService {
  id: string;
  organizationId: string;
  siteId: string | null;
  categories: string[];
  sensitivity: string;
  takesReferrals: boolean;
  form: ServiceForm;
}

const HOURS: Record<ServiceForm['hours'], { byday: string; opens: string; closes: string }[]> = {
  'weekday-mornings': [{ byday: 'MO,TU,WE,TH,FR', opens: '09:00', closes: '12:30' }],
  'weekday-afternoons': [{ byday: 'MO,WE,FR', opens: '13:00', closes: '17:00' }],
  office: [{ byday: 'MO,TU,WE,TH,FR', opens: '08:30', closes: '17:00' }],
  evenings: [{ byday: 'TU,TH', opens: '17:30', closes: '20:30' }],
  saturday: [{ byday: 'SA', opens: '09:00', closes: '14:00' }],
  overnight: [{ byday: 'MO,TU,WE,TH,FR,SA,SU', opens: '18:00', closes: '08:00' }],
  always: [{ byday: 'MO,TU,WE,TH,FR,SA,SU', opens: '00:00', closes: '23:59' }],
};

const DAY = 86_400_000;
const FICTION = 'Fictional, for demonstration only.';

/** Numbers that are set aside for fiction: 555-0100 to 555-0199. */
export function fictionalPhone(dice: Dice, area = '410'): string {
  return `(${area}) 555-01${dice.int(0, 99).toString().padStart(2, '0')}`;
}

export const e164 = (phone: string): string => `+1${phone.replace(/\D/g, '')}`;

/** Makes the directory of the demo: `count` services of as many organizations as `perOrganization` asks for. */
export class DirectoryMaker {
  /** How many agencies have each name without its number. */
  readonly #names = new Map<string, number>();

  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly ground: Ground,
    readonly now: Date,
  ) {}

  /** An agency of a group of services, with a name that says it is not real. */
  organization(group: string): string {
    const { first, second } = demoNames.organizations;
    return this.agency(group, () => {
      const base = `${this.dice.pick(first)} ${this.dice.pick(second[group] ?? ['Community Help'])}`;
      const sameName = (this.#names.get(base) ?? 0) + 1;
      this.#names.set(base, sameName);
      return sameName === 1 ? `${base} (demo)` : `${base} ${sameName} (demo)`;
    });
  }

  /** An agency that helps with something, and its number. */
  agency(help: string, nameOf: () => string): string {
    const { dice, now } = this;
    this.ground.settle();
    const made = new Date(now.getTime() - dice.int(100, 1500) * DAY);
    const id = dice.id(made);
    const name = nameOf();
    const slug = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/-demo-$/, '');
    this.batch.add('organization', {
      id,
      kind: 'AGENCY',
      listed: true,
      name,
      description: `${FICTION} A neighborhood organization that offers help with ${help}.`,
      email: `${slug}@example.org`,
      website: `https://example.org/${slug}`,
      time_zone: 'America/New_York',
      referral_email: `referrals+${slug}@example.org`,
      created_at: made,
      updated_at: made,
    });
    this.#phone({ organization_id: id });
    return id;
  }

  service(organizationId: string, form: ServiceForm): DemoService {
    const { dice, batch, now } = this;
    const made = new Date(now.getTime() - dice.int(30, 1400) * DAY);
    const id = dice.id(made);
    const place = this.ground.place();
    const assured = dice.chance(0.9) ? new Date(now.getTime() - dice.int(1, 500) * DAY) : null;
    const takesReferrals = dice.chance(0.8);
    const capacity = dice.chance(0.7)
      ? dice.weighted({ CAPACITY: 6, WAITLIST: 2, NO_CAPACITY: 1, ASSESSMENT_REQUIRED: 1 })
      : null;
    batch.add('service', {
      id,
      organization_id: organizationId,
      name: this.ground.nameOf(form, place),
      description: `${form.description} ${FICTION}`,
      status: 'active',
      application_process: form.apply,
      fees_description: form.free ? 'Free' : `About $${((form.cost ?? 0) / 100).toFixed(0)}`,
      is_free: form.free,
      eligibility_description: eligibilityProse(form),
      minimum_age: ageOf(form, 'min'),
      maximum_age: ageOf(form, 'max'),
      assured_date: assured?.toISOString().slice(0, 10) ?? null,
      assurer_email: assured ? 'curator@example.org' : null,
      next_verification_on: assured
        ? nextVerificationOn(assured.toISOString().slice(0, 10), listingRisk({ ...form, takesReferrals }))
        : null,
      interpretation_services: dice.chance(0.4) ? 'Spanish interpreter by phone' : null,
      categories: form.categories,
      eligibility_rules: { json: form.rules },
      takes_referrals: takesReferrals,
      capacity_status: capacity,
      capacity_note: capacity === 'WAITLIST' ? `About ${dice.int(2, 40)} people ahead` : null,
      capacity_updated_at: capacity ? new Date(now.getTime() - dice.int(0, 40) * DAY * 0.7) : null,
      sensitivity: form.sensitivity ?? 'NONE',
      time_zone: 'America/New_York',
      last_modified: made,
      created_at: made,
      updated_at: made,
    });
    const siteId = form.hideAddress ? null : this.#site(organizationId, id, place, form, made);
    if (!siteId) this.#schedules({ service_id: id }, form, made);
    this.#area(id, place, form, made);
    this.#details(id, form, made);
    return {
      id,
      organizationId,
      siteId,
      categories: form.categories,
      sensitivity: form.sensitivity ?? 'NONE',
      takesReferrals,
      form,
    };
  }

  #site(organizationId: string, serviceId: string, place: Place, form: ServiceForm, made: Date): string {
    const { dice, batch } = this;
    const locationId = dice.id(made);
    const siteId = dice.id(made);
    // Within about two miles of the ZIP's centre.
    const near = () => (dice.next() - 0.5) * 0.05;
    batch.add('location', {
      id: locationId,
      organization_id: organizationId,
      location_type: 'physical',
      name: `${place.city} site`,
      transportation: dice.chance(0.6) ? `Bus line ${dice.int(1, 95)}` : null,
      latitude: Number((place.latitude + near()).toFixed(6)),
      longitude: Number((place.longitude + near()).toFixed(6)),
    });
    batch.add('address', {
      id: dice.id(made),
      location_id: locationId,
      address_1: `${dice.int(1, 999)} ${dice.pick(demoNames.streets)}`,
      city: place.city,
      state_province: place.state,
      postal_code: place.zip,
      country: 'US',
      address_type: 'physical',
    });
    batch.add('service_at_location', { id: siteId, service_id: serviceId, location_id: locationId });
    if (dice.chance(0.7)) {
      batch.add('accessibility', {
        id: dice.id(made),
        location_id: locationId,
        description: 'Wheelchair access',
        details: 'Ramp at the side door',
      });
    }
    this.#schedules({ service_at_location_id: siteId }, form, made);
    return siteId;
  }

  #schedules(owner: { service_id: string } | { service_at_location_id: string }, form: ServiceForm, made: Date): void {
    for (const { byday, opens, closes } of HOURS[form.hours]) {
      const { service_id = null, service_at_location_id = null } = {
        service_id: null,
        service_at_location_id: null,
        ...owner,
      };
      this.batch.add('schedule', {
        id: this.dice.id(made),
        service_id,
        service_at_location_id,
        freq: 'WEEKLY',
        byday,
        opens_at: opens,
        closes_at: closes,
      });
    }
  }

  #area(serviceId: string, place: Place, form: ServiceForm, made: Date): void {
    const area = this.ground.area(place, form);
    if (area) this.batch.add('service_area', { id: this.dice.id(made), service_id: serviceId, ...area });
  }

  #details(serviceId: string, form: ServiceForm, made: Date): void {
    const { dice, batch } = this;
    const spoken: [string, string][] = [
      ['English', 'en'],
      ...(dice.chance(0.45) ? [['Spanish', 'es'] as [string, string]] : []),
    ];
    for (const [name, code] of spoken) batch.add('language', { id: dice.id(made), service_id: serviceId, name, code });
    for (const document of form.documents ?? []) {
      batch.add('required_document', { id: dice.id(made), service_id: serviceId, document });
    }
    if (form.cost) {
      batch.add('cost_option', {
        id: dice.id(made),
        service_id: serviceId,
        option: 'Usual cost',
        currency: 'USD',
        amount: form.cost / 100,
      });
    }
    this.#phone({ service_id: serviceId });
  }

  #phone(owner: { organization_id: string } | { service_id: string }): void {
    const number = fictionalPhone(this.dice);
    const { organization_id = null, service_id = null } = { organization_id: null, service_id: null, ...owner };
    this.batch.add('phone', {
      id: this.dice.id(this.now),
      organization_id,
      service_id,
      number,
      type: 'voice',
      e164: e164(number),
    });
  }
}

function ageOf(form: ServiceForm, end: 'min' | 'max'): number | null {
  const rule = form.rules.find((one) => one['kind'] === 'AGE');
  const value = rule?.[end];
  return typeof value === 'number' ? value : null;
}

const PROSE: Record<string, string> = {
  INCOME: 'households with a low income',
  VETERAN: 'people who served in the military',
  CAREGIVER: 'people who care for a family member',
  INSURANCE: 'people without health insurance',
  CHILD_UNDER: 'families with a small child',
  RESIDENCE: 'residents of Maryland',
};

function eligibilityProse(form: ServiceForm): string {
  const [min, max] = [ageOf(form, 'min'), ageOf(form, 'max')];
  const age = min && max ? `ages ${min} to ${max}` : min ? `age ${min} and older` : null;
  const parts = [age, ...form.rules.map((rule) => PROSE[String(rule['kind'])])].filter(Boolean);
  return parts.length > 0 ? `For ${parts.join(', ')}.` : 'Open to everyone.';
}

/** The forms of one group. */
export const formsOf = (group: string): ServiceForm[] => serviceForms.filter((form) => form.group === group);

import { hash } from '@node-rs/argon2';
import type { Client } from 'pg';
import { allPlaces, SDOH_CATEGORIES, type Place } from '../directory/index.js';
import type { Files } from '../platform/files/files.js';
import { seededInstruments } from '../screening/index.js';
import { DEMO_PASSWORD, DEMO_PEOPLE, type DemoPlace } from './accounts.js';
import { metropolitanArea } from './area.js';
import { CallMaker } from './calls.js';
import { Batch } from './copy.js';
import { Dice } from './dice.js';
import { DirectoryMaker, e164, fictionalPhone, formsOf, type DemoService } from './directory.js';
import { country, metropolis, type Ground } from './ground.js';
import { LifeMaker } from './life.js';
import { OfferMaker } from './offers.js';
import { PeopleMaker, type DemoCare } from './people.js';
import { ReferralMaker } from './referrals.js';
import { playScenes, SCENES_UP_TO } from './scenes/play.js';
import { ScreeningMaker } from './screenings.js';
import { timesOf } from './times.js';
import { demoNames } from './words.js';

export interface DemoSize {
  patients: number;
  services: number;
  seed: number;
  now: Date;
  /** Where the papers go that lie with messages; without it they have no bytes. */
  files?: Files;
  /** Told now and then how many rows are written. */
  progress?: (rows: number) => void;
  /** Told when a part is done: the rows, the search documents, the plans' figures. */
  done?: (part: 'rows' | 'search' | 'figures') => void;
}

/** The tables that are filled, parents before children. */
export const DEMO_TABLES = [
  'organization', 'user_account', 'membership', 'service', 'location', 'service_at_location', 'address', 'phone', 'accessibility',
  'schedule', 'service_area', 'language', 'required_document', 'cost_option', 'patient', 'assignment', 'related_person', 'coverage',
  'consent', 'screening', 'screening_answer', 'need', 'answering_times', 'referral_offer', 'referral', 'referral_need', 'referral_transition',
  'referral_message', 'referral_clock_step', 'offer_target', 'disclosure', 'off_platform_referral', 'off_platform_need', 'off_platform_step',
  'follow_up', 'goal', 'patient_event',
]; // prettier-ignore
/** Rows held in memory as text before they are written: about 20 MB, and as many on their way. */
const BATCH = 60_000;
const GROUPS = Object.keys(demoNames.organizations.second);
const MANAGERS_EACH = 4;
/** Services each agency offers on average. */
const PER_AGENCY = 3.4;

/**
 * Fills an empty hub with a fictional network, the same for the same seed and day. Returns the rows written. `frozen`:
 * the tables were truncated in the client's transaction.
 */
export async function seedDemo(client: Client, size: DemoSize, frozen = false): Promise<number> {
  const dice = new Dice(size.seed);
  const batch = new Batch(DEMO_TABLES, frozen);
  const area = metropolitanArea();
  const flush = async (atLeast: number): Promise<void> => {
    if (batch.size < atLeast) return;
    await batch.write(client);
    size.progress?.(batch.written);
  };
  const password = await hash(DEMO_PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const network = new NetworkMaker(dice, batch, size.now, password);
  const cares = demoNames.careOrganizations.map((name) => network.care(name));
  const plans = demoNames.plans.map((name) => network.organization(name, 'PLAN'));
  const steward = network.organization(demoNames.steward, 'STEWARD');
  const directory = await seedDirectory(
    new DirectoryMaker(dice, batch, groundOf(dice, area, size.services), size.now),
    size.services,
    flush,
  );
  const [care] = cares;
  const [plan] = plans;
  if (!care || !plan) throw new Error('The demo needs a care organization and a plan');
  network.people(
    {
      care: care.organizationId,
      pantry: directory.agencyOf('food'),
      housing: directory.agencyOf('housing'),
      plan,
      steward,
    },
    care,
  );
  await flush(1);
  const categories = SDOH_CATEGORIES.map((category) => category.code);
  const people = new PeopleMaker(dice, batch, area, plans, categories, size.now);
  const screenings = new ScreeningMaker(
    dice,
    batch,
    seededInstruments().filter((one) => one.key !== 'prapare'),
    size.now,
  );
  const times = timesOf(batch, new Dice(size.seed + 2), size.now, {
    pantry: directory.agencyOf('food'),
    housing: directory.agencyOf('housing'),
  });
  const referrals = new ReferralMaker(dice, batch, directory.byCategory, size.now, times);
  // What came to the demo later has dice of its own, so that all else stays as it was.
  const more = new Dice(size.seed + 3);
  const offered = new ReferralMaker(more, batch, directory.byCategory, size.now, times);
  const answering = new Dice(size.seed + 5);
  for (const one of cares) network.phone(answering, one);
  const [manager] = care.managers;
  const offers = new OfferMaker(more, batch, directory.byCategory, offered, size.now, manager?.id ?? '');
  const lives = new LifeMaker(more, batch, size.now);
  const calls = new CallMaker(new Dice(size.seed + 1), batch, directory.byCategory, size.now);
  for (let number = 1; number <= size.patients; number += 1) {
    const patient = people.patient(dice.pick(cares), number);
    const needs = screenings.screen(patient);
    for (const need of needs) {
      referrals.refer(patient, need);
      referrals.askAgain(patient, need);
      offers.offer(patient, need);
      calls.call(patient, need);
      batch.add('need', need.row);
    }
    lives.live(patient, needs);
    await flush(BATCH);
  }
  await batch.write(client);
  let written = await batch.finish();
  if (size.patients <= SCENES_UP_TO) {
    written += await playScenes(client, { ...size, times, servicesFor: directory.byCategory });
  }
  size.progress?.(written);
  return written;
}

/** A few services stay in the metropolitan area; a million are spread over the country, as they would be. */
function groundOf(dice: Dice, area: readonly Place[], services: number): Ground {
  return services <= 5_000 ? metropolis(dice, area) : country(dice, [...allPlaces()]);
}

class NetworkMaker {
  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly now: Date,
    readonly password: string,
  ) {}

  organization(name: string, kind: 'CARE' | 'PLAN' | 'STEWARD'): string {
    const at = new Date(this.now.getTime() - 1e11);
    const id = this.dice.id(at);
    const description = 'Fictional, for demonstration only.';
    const made = { created_at: at, updated_at: at };
    const reach = { email: null, website: null, referral_email: null };
    this.batch.add('organization', { id, kind, listed: false, name, description, ...reach, time_zone: 'America/New_York', ...made }); // prettier-ignore
    return id;
  }

  /** The number by which patients reach their care team. */
  phone(dice: Dice, { organizationId }: DemoCare): void {
    const number = fictionalPhone(dice);
    const owner = { organization_id: organizationId, service_id: null };
    this.batch.add('phone', { id: dice.id(this.now), ...owner, number, type: 'voice', e164: e164(number) });
  }

  care(name: string): DemoCare {
    const organizationId = this.organization(name, 'CARE');
    const managers = Array.from({ length: MANAGERS_EACH }, (_, n) => {
      const person = `${this.dice.pick(demoNames.given)} ${this.dice.pick(demoNames.family)}`;
      const slug = name.toLowerCase().split(' ')[0] ?? 'care';
      return {
        id: this.#user(`manager${n + 1}@${slug}.example.org`, person, organizationId, ['CARE_MANAGER']),
        name: person,
      };
    });
    return { organizationId, managers };
  }

  /** The accounts a visitor signs in with. The care manager of the demo has the first place among her colleagues. */
  people(places: Record<DemoPlace, string>, care: DemoCare): void {
    for (const { email, name, role, place } of DEMO_PEOPLE) {
      const id = this.#user(email, name, places[place], [role]);
      if (role === 'CARE_MANAGER') care.managers.splice(0, 1, { id, name });
    }
  }

  #user(email: string, name: string, organizationId: string, roles: string[]): string {
    const at = new Date(this.now.getTime() - 8e10);
    const id = this.dice.id(at);
    this.batch.add('user_account', { id, email, name, password_hash: this.password, created_at: at, updated_at: at });
    this.batch.add('membership', {
      id: this.dice.id(at),
      user_id: id,
      organization_id: organizationId,
      roles,
      created_at: at,
    });
    return id;
  }
}

interface DemoDirectory {
  byCategory: Map<string, DemoService[]>;
  agencyOf(group: string): string;
}

/** Referrals go to some hundred services at most: agencies that really take part, however large the directory is. */
const REFERRED = 400;

const VISITED: ReadonlySet<string> = new Set(['food', 'housing']);

async function seedDirectory(
  maker: DirectoryMaker,
  count: number,
  flush: (atLeast: number) => Promise<void>,
): Promise<DemoDirectory> {
  const byCategory = new Map<string, DemoService[]>();
  const first = new Map<string, string>();
  let made = 0;
  for (let n = 0; made < count; n += 1) {
    const group = GROUPS[n % GROUPS.length] ?? 'food';
    const organizationId = maker.organization(group);
    if (!first.has(group)) first.set(group, organizationId);
    const forms = formsOf(group);
    for (let s = Math.min(count - made, Math.round(PER_AGENCY + maker.dice.int(-2, 2))); s > 0; s -= 1) {
      const service = maker.service(organizationId, maker.dice.pick(forms));
      made += 1;
      if (made > REFERRED || !service.takesReferrals) continue;
      // The agencies that a visitor can sign in to get more than their share.
      const times = VISITED.has(group) && first.get(group) === organizationId ? 8 : 1;
      for (const category of service.categories) {
        byCategory.set(category, [...(byCategory.get(category) ?? []), ...Array<DemoService>(times).fill(service)]);
      }
    }
    await flush(BATCH);
  }
  const agencyOf = (group: string): string => {
    const id = first.get(group);
    if (!id) throw new Error(`The demo has no agency for ${group}: ask for more services`);
    return id;
  };
  return { byCategory, agencyOf };
}

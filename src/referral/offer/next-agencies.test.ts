import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager, type Actor } from '../../../test/actors.js';
import { consent, need, patient } from '../../../test/caseload-factories.js';
import { insert } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { agency, MONDAY, type Agency } from '../../../test/offer-factories.js';
import { SEND } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';
import { rebuildSearch } from '../../directory/index.js';
import { asTask } from '../../platform/database/operation.js';

const NEXT = `query ($id: ID!) { nextAgencies(referralId: $id) {
  agencies { service { id } decideFirst asAsked why } leftOut { reason count } } }`;
const NEED = 'transportation-insecurity';

/** Listings of one need, by the kind of help they give. */
const KINDS = {
  rides: ['Rides to medical appointments', 'A driver takes you to the doctor and brings you home.'],
  dialysis: ['Getting to care', 'Non-emergency medical transportation: rides to dialysis three days a week.'],
  passes: ['Bus passes', 'A monthly bus pass for job seekers.'],
  gas: ['Gas cards', 'Help to pay for gas.'],
  other: ['Neighbors on the move', 'We help where we can.'],
} as const;
type KindName = keyof typeof KINDS;
const ASKED: readonly KindName[] = ['rides', 'dialysis'];

interface Traits {
  kind: KindName;
  room: 'CAPACITY' | 'WAITLIST' | 'NO_CAPACITY' | null;
  covers: 'MD' | 'VA';
  speaks: 'es' | 'en' | null;
  takes: boolean;
  rules: 'EVERYONE' | 'CHILDREN' | null;
  closed: boolean;
  consented: boolean;
}

const traits: fc.Arbitrary<Traits> = fc.record({
  kind: fc.constantFrom(...(Object.keys(KINDS) as KindName[])),
  room: fc.constantFrom('CAPACITY', 'CAPACITY', 'WAITLIST', 'NO_CAPACITY', null),
  covers: fc.constantFrom('MD', 'MD', 'MD', 'VA'),
  speaks: fc.constantFrom('es', 'es', 'en', null),
  takes: fc.constantFrom(true, true, true, false),
  rules: fc.constantFrom('EVERYONE', 'EVERYONE', 'CHILDREN', null),
  closed: fc.constantFrom(false, false, false, true),
  consented: fc.constantFrom(true, true, true, false),
});

const possible = ({ room, covers, speaks, takes, rules, closed, consented }: Traits): boolean =>
  takes &&
  consented &&
  !closed &&
  covers === 'MD' &&
  speaks !== 'en' &&
  rules !== 'CHILDREN' &&
  (room === 'CAPACITY' || room === null);
const certain = (one: Traits): boolean =>
  possible(one) &&
  ASKED.includes(one.kind) &&
  one.room === 'CAPACITY' &&
  one.speaks === 'es' &&
  one.rules === 'EVERYONE';

let hub: TestHub;
let sender: Actor;
let asked: Agency;
let agencies: Agency[];

/** Makes the agencies' listings so. */
async function list(all: readonly Traits[]): Promise<void> {
  for (const [at, one] of all.entries()) {
    const { serviceId, actor } = agencyOf(at);
    const [name, description] = KINDS[one.kind];
    const rules =
      one.rules === null ? [] : [one.rules === 'EVERYONE' ? { kind: 'EVERYONE' } : { kind: 'AGE', max: 12 }];
    await hub.sql(
      `update hub.service set name = $2, description = $3, capacity_status = $4, takes_referrals = $5, eligibility_rules = $6,
         updated_at = updated_at + interval '1 second' where id = $1`,
      [serviceId, name, description, one.room, one.takes, JSON.stringify(rules)],
    );
    await hub.sql('delete from hub.service_area where service_id = $1', [serviceId]);
    await hub.sql('delete from hub.language where service_id = $1', [serviceId]);
    await hub.sql('delete from hub.answering_times where organization_id = $1', [actor.organization.id]);
    await insert(hub, 'service_area', {
      id: newId(),
      service_id: serviceId,
      name: one.covers,
      covers: [`state:${one.covers}`],
    });
    if (one.speaks) await insert(hub, 'language', { id: newId(), service_id: serviceId, code: one.speaks });
    if (one.closed) {
      await insert(hub, 'answering_times', { id: newId(), organization_id: actor.organization.id, closed_on: MONTH });
    }
  }
  await rebuildSearch(asTask(hub.orm));
}
const DAY_MS = 86_400_000;
const MONTH = Array.from({ length: 30 }, (_, day) =>
  new Date(Date.parse(MONDAY) + day * DAY_MS).toISOString().slice(0, 10),
);
const agencyOf = (at: number): Agency => agencies[at] ?? asked;

/** A patient who speaks Spanish and needs rides, and a referral for that; consents cover the agencies that are told. */
async function referral(request: string | null, consented: readonly boolean[]): Promise<string> {
  const owner = { organizationId: sender.organization.id };
  const patientId = await patient(hub, owner, { language: 'es', zip: '21201' });
  const needId = await need(hub, owner, patientId, { category: NEED });
  const covered = [asked, ...consented.flatMap((is, at) => (is ? [agencyOf(at)] : []))];
  for (const { actor } of covered) {
    const to = { grantee_organization_id: actor.organization.id, categories: [NEED], recorded_by: sender.user.id };
    await consent(hub, owner, patientId, to);
  }
  const input = { patientId, serviceId: asked.serviceId, needIds: [needId], request, idempotencyKey: newId() };
  const { sendReferral } = await sender.gql(SEND, { input });
  expect(sendReferral.userErrors).toEqual([]);
  return sendReferral.referral.id;
}

interface Proposed {
  service: { id: string };
  decideFirst: string | null;
  asAsked: boolean;
  why: string[];
}
async function proposedFor(
  id: string,
): Promise<{ agencies: Proposed[]; leftOut: { reason: string; count: number }[] }> {
  return (await sender.gql(NEXT, { id })).nextAgencies;
}

beforeAll(async () => {
  hub = await testHub({ now: MONDAY });
  sender = await careManager(hub);
  const [name, description] = KINDS.rides;
  asked = await agency(hub, { name, description, categories: [NEED] });
  agencies = [];
  for (let n = 0; n < 8; n += 1) agencies.push(await agency(hub, { categories: [NEED] }));
});
afterAll(() => hub.stop());

const OPEN: Traits = {
  kind: 'passes',
  room: 'CAPACITY',
  covers: 'MD',
  speaks: 'es',
  takes: true,
  rules: 'EVERYONE',
  closed: false,
  consented: true,
};
const others = (kinds: readonly Partial<Traits>[]): Traits[] =>
  agencies.map((_, at) => ({ ...OPEN, takes: at < kinds.length, ...kinds[at] }));

describe('who is asked next', () => {
  it('gives what was asked for, before what only helps with the same need, and says why', async () => {
    await list(others([{}, { kind: 'gas' }, { kind: 'rides', room: null }, { kind: 'dialysis' }]));
    const all = agencies.map(() => true);
    const { agencies: found } = await proposedFor(await referral('Rides to dialysis, three mornings a week', all));
    expect(found.map(({ service }) => service.id)).toEqual([
      agencyOf(3).serviceId,
      agencyOf(2).serviceId,
      expect.any(String),
    ]);
    expect(found.map(({ asAsked, decideFirst }) => [asAsked, decideFirst])).toEqual([
      [true, null],
      [true, 'ROOM_UNKNOWN'],
      [false, 'OTHER_HELP'],
    ]);
    expect(found[0]?.why.slice(0, 2)).toEqual([
      'Gives what was asked for: Rides to medical appointments',
      'Its listing says: “dialysis”',
    ]);
    expect(found[2]?.why[0]).toBe('Not the same, but may do for now: Bus, transit and ride programs');
  });

  it('is nobody by itself where only other help is left, and says what keeps those away who would help', async () => {
    await list(
      others([{}, { kind: 'rides' }, { kind: 'rides', room: 'NO_CAPACITY' }, { kind: 'rides', covers: 'VA' }]),
    );
    const covered = agencies.map((_, at) => at !== 1);
    const { agencies: found, leftOut } = await proposedFor(await referral(null, covered));
    expect(found.map(({ service, decideFirst }) => [service.id, decideFirst])).toEqual([
      [agencyOf(0).serviceId, 'OTHER_HELP'],
    ]);
    expect(leftOut).toEqual(
      expect.arrayContaining([
        { reason: 'CONSENT', count: 1 },
        { reason: 'NO_ROOM', count: 1 },
      ]),
    );
  });

  it('can help this person now whatever listings say, in the order of what was asked; and what is certain is never passed over', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(traits, { minLength: 8, maxLength: 8 }),
        fc.constantFrom('Rides to dialysis', 'Transporte para la diálisis', null),
        async (all, request) => {
          await list(all);
          const id = await referral(
            request,
            all.map(({ consented }) => consented),
          );
          const { agencies: found } = await proposedFor(id);
          const proposed = found.map((one) => {
            const at = agencies.findIndex(({ serviceId }) => serviceId === one.service.id);
            return { ...one, is: all[at] ?? OPEN };
          });
          expect(proposed.filter(({ is }) => !possible(is))).toEqual([]);
          expect(proposed).toHaveLength(Math.min(3, all.filter(possible).length));
          for (const { is, decideFirst, asAsked, why } of proposed) {
            expect(asAsked).toBe(ASKED.includes(is.kind));
            expect(decideFirst === null).toBe(certain(is));
            expect(why.length).toBeGreaterThan(0);
          }
          const order = proposed.map(({ asAsked }) => asAsked);
          expect(order).toEqual(order.toSorted((a, b) => Number(b) - Number(a)));
          const ofKind = all.filter((one) => possible(one) && ASKED.includes(one.kind)).length;
          expect(order.filter(Boolean)).toHaveLength(Math.min(3, ofKind));
        },
      ),
      { numRuns: 8 },
    );
  });
});

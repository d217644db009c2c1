import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, coverage, need, patient, screening } from '../../test/caseload-factories.js';
import { insert, organization, user } from '../../test/factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { service } from '../../test/referral-factories.js';
import { asTask } from '../platform/database/operation.js';
import { newId } from '../platform/id.js';
import { rebuildPopulation, refreshPatient } from './refresh.js';

const TABLES = ['span', 'screening', 'need', 'referral'] as const;

describe('the facts of a plan', () => {
  let hub: TestHub;
  let owner: { organizationId: string };
  let plan: string;
  let userId: string;
  let serviceId: string;
  let agencyId: string;

  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
    userId = (await user(hub)).id;
    agencyId = (await organization(hub)).id;
    serviceId = await service(hub, agencyId);
    owner = { organizationId: (await organization(hub, { kind: 'CARE' })).id };
    plan = (await organization(hub, { kind: 'PLAN' })).id;
  });
  afterAll(() => hub.stop());

  const refresh = (patientId: string) => asTask(hub.orm).write((em) => refreshPatient(em, patientId, hub.clock.now()));
  const rebuild = () => asTask(hub.orm).write((em) => rebuildPopulation(em, hub.clock.now()));
  const screened = (patientId: string, at: string, given: object = {}) =>
    screening(hub, owner, patientId, { started_by: userId, started_at: at, completed_at: at, ...given });
  const needed = (patientId: string, at: string, given: object = {}) =>
    need(hub, owner, patientId, { identified_at: at, ...given });

  async function referred(patientId: string, at: string, given: object = {}): Promise<string> {
    const id = newId();
    await insert(hub, 'referral', {
      id,
      from_org_id: owner.organizationId,
      to_org_id: agencyId,
      patient_id: patientId,
      service_id: serviceId,
      status: 'REQUESTED',
      categories: ['food-insecurity'],
      consent_id: await consent(hub, owner, patientId, { recorded_by: userId }),
      shared: '[]',
      patient_label: 'A. B.',
      sent_by: userId,
      sent_by_name: 'Sender',
      sent_at: at,
      answer_due_at: at,
      ...given,
    });
    return id;
  }

  /** All facts of some patients, with the patient in place of the key that stands for the person. */
  async function facts(patients: readonly string[]): Promise<Record<string, unknown[]>> {
    const found: Record<string, unknown[]> = {};
    for (const table of TABLES) {
      const rows = await hub.sql<{ row: Record<string, unknown> }>(
        `select to_jsonb(f) - 'person_key' || jsonb_build_object('patient', m.patient_id) as row
         from hub.population_${table} f join hub.population_member m using (plan_org_id, person_key)
         where m.patient_id = any($1)`,
        [patients],
      );
      found[table] = rows.map(({ row }) => row).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    }
    return found;
  }
  const factsOf = (patientId: string) => facts([patientId]);

  it('belong to the plan that covered the person on that day', async () => {
    const other = (await organization(hub, { kind: 'PLAN' })).id;
    const id = await patient(hub, owner, { county: 'Howard' });
    await coverage(hub, owner, id, { plan_org_id: plan, starts_on: '2024-01-01', ends_on: '2025-06-30' });
    await coverage(hub, owner, id, { plan_org_id: other, starts_on: '2025-07-01', product_line: 'MEDICARE' });
    const days = ['2023-12-31', '2024-01-01', '2025-06-30', '2025-07-01', '2026-01-01'];
    for (const date of days) await needed(id, `${date}T15:00:00Z`);
    await refresh(id);
    const { need: needs = [] } = await factsOf(id);
    const of = (planId: string) =>
      (needs as { plan_org_id: string; identified_on: string }[])
        .filter((row) => row.plan_org_id === planId)
        .map((row) => row.identified_on);
    expect(of(plan)).toEqual(['2024-01-01', '2025-06-30']);
    expect(of(other)).toEqual(['2025-07-01', '2026-01-01']);
    expect(needs[0]).toMatchObject({ county: 'Howard', product_line: 'MEDICAID' });
  });

  it('keep both spans of a member who left and came back, and nothing between', async () => {
    const id = await patient(hub, owner);
    await coverage(hub, owner, id, { plan_org_id: plan, starts_on: '2022-01-01', ends_on: '2022-12-31' });
    await coverage(hub, owner, id, { plan_org_id: plan, starts_on: '2025-01-01' });
    for (const date of ['2022-06-01', '2023-06-01', '2025-06-01']) await screened(id, `${date}T15:00:00Z`);
    await refresh(id);
    const { screening: rows = [], span = [] } = await factsOf(id);
    expect(rows).toHaveLength(2);
    expect(span).toHaveLength(4); // The second is cut at the birthdays of 65 and 75.
  });

  it('have the age of their own day, in the zone of the care organization', async () => {
    const id = await patient(hub, owner, { birth_date: '2008-03-10' });
    await coverage(hub, owner, id, { plan_org_id: plan, starts_on: '2020-01-01' });
    // 03:30 in UTC on the birthday is still the evening before in Baltimore.
    await screened(id, '2026-03-10T03:30:00Z');
    await screened(id, '2026-03-10T14:00:00Z');
    await refresh(id);
    const { screening: rows = [] } = await factsOf(id);
    expect(rows).toMatchObject([
      { age_band: '0-17', completed_on: '2026-03-09' },
      { age_band: '18-44', completed_on: '2026-03-10' },
    ]);
  });

  it('count needs that the patient confirmed, not those that are possible, refuted or an error', async () => {
    const id = await patient(hub, owner);
    await coverage(hub, owner, id, { plan_org_id: plan });
    const statuses = ['POSSIBLE', 'CONFIRMED', 'BEING_ADDRESSED', 'MET', 'UNMET', 'DECLINED', 'REFUTED', 'ENTERED_IN_ERROR']; // prettier-ignore
    for (const status of statuses) await needed(id, '2026-05-01T15:00:00Z', { status });
    await refresh(id);
    const { need: rows = [] } = await factsOf(id);
    expect((rows as { status: string }[]).map((row) => row.status).toSorted()).toEqual(
      ['BEING_ADDRESSED', 'CONFIRMED', 'DECLINED', 'MET', 'UNMET'], // prettier-ignore
    );
  });

  it('leave out screenings that run and referrals that were never sent; an error leaves again', async () => {
    const id = await patient(hub, owner);
    await coverage(hub, owner, id, { plan_org_id: plan });
    await screened(id, '2026-05-01T15:00:00Z', { status: 'IN_PROGRESS', completed_at: null });
    const wrong = await screened(id, '2026-05-02T15:00:00Z');
    const referral = await referred(id, '2026-05-03T15:00:00Z');
    await referred(id, '2026-05-03T15:00:00Z', { status: 'DRAFT', sent_at: null, answer_due_at: null });
    await refresh(id);
    expect(await factsOf(id)).toMatchObject({
      screening: [{ screening_id: wrong }],
      referral: [{ referral_id: referral }],
    });
    await hub.sql(`update hub.screening set status = 'ENTERED_IN_ERROR' where id = $1`, [wrong]);
    await hub.sql(`update hub.referral set status = 'ENTERED_IN_ERROR' where id = $1`, [referral]);
    await refresh(id);
    expect(await factsOf(id)).toMatchObject({ screening: [], referral: [] });
  });

  it('say of a referral what its agency and its patient said', async () => {
    const id = await patient(hub, owner);
    await coverage(hub, owner, id, { plan_org_id: plan });
    const at = '2026-05-03T15:00:00Z';
    const stories = {
      waiting: {},
      declined: { status: 'REJECTED', answered_at: at },
      helped: { status: 'COMPLETED', answered_at: at, outcome: 'PARTLY_HELPED', patient_confirmation: 'PARTLY' },
      informed: { status: 'COMPLETED', answered_at: at, outcome: 'INFORMATION_GIVEN', patient_confirmation: 'COULD_NOT_ASK' },
      failed: { status: 'FAILED', answered_at: at, outcome: null, patient_confirmation: 'NOT_HELPED' },
      called_off: { status: 'CANCELLED', answered_at: null },
    }; // prettier-ignore
    const ids: Record<string, string> = {};
    for (const [name, given] of Object.entries(stories)) ids[await referred(id, at, given)] = name;
    await refresh(id);
    const { referral: rows = [] } = await factsOf(id);
    const flags = [
      'answered',
      'accepted',
      'closed_by_agency',
      'help_received',
      'patient_asked',
      'confirmed_by_patient',
    ];
    const said = Object.fromEntries(
      (rows as Record<string, unknown>[]).map((row) => [
        ids[String(row['referral_id'])],
        flags.map((flag) => (row[flag] ? 1 : 0)).join(''),
      ]),
    );
    expect(said).toEqual({
      waiting: '000000',
      declined: '101000',
      helped: '111111',
      informed: '111000',
      failed: '111010',
      called_off: '000000',
    });
  });

  it('leave with the last coverage, and the plan hears that its figures changed', async () => {
    const id = await patient(hub, owner);
    const planId = (await organization(hub, { kind: 'PLAN' })).id;
    const stays = await patient(hub, owner);
    for (const one of [id, stays]) await coverage(hub, owner, one, { plan_org_id: planId });
    await refresh(id);
    await refresh(stays);
    await hub.sql('delete from hub.coverage where patient_id = $1', [id]);
    hub.clock.advance({ minutes: 5 });
    await refresh(id);
    expect(await hub.sql('select from hub.population_member where patient_id = $1', [id])).toHaveLength(0);
    expect(await hub.sql('select from hub.population_span where plan_org_id = $1 and age_band = $2', [planId, '45-64'])).toHaveLength(1); // prettier-ignore
    const [stamp] = await hub.sql<{ refreshed_at: Date }>('select refreshed_at from hub.population_refresh where plan_org_id = $1', [planId]); // prettier-ignore
    expect(stamp?.refreshed_at).toEqual(hub.clock.now());
  });

  it('are the same after any changes followed by a refresh as after a rebuild of everything', async () => {
    const date = fc.integer({ min: 0, max: 1800 }).map((n) => new Date(Date.UTC(2021, 6, 1) + n * 86_400_000));
    const moment = fc.tuple(date, fc.integer({ min: 0, max: 23 })).map(([day, hour]) => new Date(day.getTime() + hour * 3_600_000).toISOString()); // prettier-ignore
    const isoDay = date.map((day) => day.toISOString().slice(0, 10));
    const who = fc.integer({ min: 0, max: 2 });
    const line = fc.constantFrom('MEDICAID', 'MEDICARE', 'COMMERCIAL');
    const change = fc.oneof(
      fc.record({ kind: fc.constant('coverage' as const), who, plan: fc.integer({ min: 0, max: 1 }), from: isoDay, days: fc.option(fc.integer({ min: 0, max: 900 })), line }),
      fc.record({ kind: fc.constant('uncover' as const), who }),
      fc.record({ kind: fc.constant('screening' as const), who, at: moment }),
      fc.record({ kind: fc.constant('need' as const), who, at: moment, category: fc.constantFrom('food-insecurity', 'stress') }),
      fc.record({ kind: fc.constant('need status' as const), who, status: fc.constantFrom('CONFIRMED', 'REFUTED', 'MET', 'ENTERED_IN_ERROR') }),
      fc.record({ kind: fc.constant('referral' as const), who, at: moment, categories: fc.constantFrom(['food-insecurity'], ['food-insecurity', 'stress']) }),
      fc.record({ kind: fc.constant('referral status' as const), who, status: fc.constantFrom('COMPLETED', 'REJECTED', 'ENTERED_IN_ERROR') }),
      fc.record({ kind: fc.constant('move' as const), who, county: fc.constantFrom('Howard', 'Carroll') }),
      fc.record({ kind: fc.constant('birth' as const), who, day: isoDay, years: fc.constantFrom(0, 17, 44, 64, 74) }),
    ); // prettier-ignore
    type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;
    const plans = [plan, (await organization(hub, { kind: 'PLAN' })).id];

    async function make(one: Change, id: string): Promise<void> {
      switch (one.kind) {
        case 'coverage': {
          const ends = one.days === null ? null : new Date(Date.parse(one.from) + one.days * 86_400_000);
          await coverage(hub, owner, id, { plan_org_id: plans[one.plan], product_line: one.line, starts_on: one.from, ends_on: ends }); // prettier-ignore
          return;
        }
        case 'uncover':
          await hub.sql('delete from hub.coverage where id = (select id from hub.coverage where patient_id = $1 order by id limit 1)', [id]); // prettier-ignore
          return;
        case 'screening':
          await screened(id, one.at);
          return;
        case 'need':
          await needed(id, one.at, { category: one.category });
          return;
        case 'need status':
          await hub.sql('update hub.need set status = $2 where patient_id = $1', [id, one.status]);
          return;
        case 'referral':
          await referred(id, one.at, { categories: one.categories });
          return;
        case 'referral status':
          await hub.sql('update hub.referral set status = $2, answered_at = sent_at where patient_id = $1', [id, one.status]); // prettier-ignore
          return;
        case 'move':
          await hub.sql('update hub.patient set county = $2 where id = $1', [id, one.county]);
          return;
        case 'birth':
          await hub.sql(`update hub.patient set birth_date = $2::date - make_interval(years => $3) where id = $1`, [id, one.day, one.years]); // prettier-ignore
      }
    }

    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 14 }), async (changes) => {
        const people = [await patient(hub, owner), await patient(hub, owner), await patient(hub, owner)];
        for (const one of changes) {
          const id = people[one.who] ?? '';
          await make(one, id);
          await refresh(id);
        }
        const refreshed = await facts(people);
        await rebuild();
        expect(await facts(people)).toEqual(refreshed);
        await refresh(people[0] ?? '');
        expect(await facts(people)).toEqual(refreshed);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

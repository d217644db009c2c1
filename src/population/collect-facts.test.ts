import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverage, patient } from '../../test/caseload-factories.js';
import { organization } from '../../test/factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { facts as factsBetween } from '../../test/population-factories.js';
import { asTask } from '../platform/database/operation.js';
import { collectFacts, forgetFacts } from './collect-facts.js';

const TABLES = ['span', 'screening', 'need', 'referral'] as const;

describe('the facts of a plan', () => {
  let hub: TestHub;
  let plan: string;
  let between: Awaited<ReturnType<typeof factsBetween>>;

  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
    between = await factsBetween(hub);
    plan = (await organization(hub, { kind: 'PLAN' })).id;
  });
  afterAll(() => hub.stop());

  const collect = () => asTask(hub.orm).write((em) => collectFacts(em));

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
    const id = await patient(hub, between.owner, { county: 'Howard' });
    await coverage(hub, between.owner, id, { plan_org_id: plan, starts_on: '2024-01-01', ends_on: '2025-06-30' });
    await coverage(hub, between.owner, id, { plan_org_id: other, starts_on: '2025-07-01', product_line: 'MEDICARE' });
    const days = ['2023-12-31', '2024-01-01', '2025-06-30', '2025-07-01', '2026-01-01'];
    for (const date of days) await between.needed(id, `${date}T15:00:00Z`);
    await collect();
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
    const id = await patient(hub, between.owner);
    await coverage(hub, between.owner, id, { plan_org_id: plan, starts_on: '2022-01-01', ends_on: '2022-12-31' });
    await coverage(hub, between.owner, id, { plan_org_id: plan, starts_on: '2025-01-01' });
    for (const date of ['2022-06-01', '2023-06-01', '2025-06-01']) await between.screened(id, `${date}T15:00:00Z`);
    await collect();
    const { screening: rows = [], span = [] } = await factsOf(id);
    expect(rows).toHaveLength(2);
    expect(span).toHaveLength(4); // The second is cut at the birthdays of 65 and 75.
  });

  it('have the age of their own day, in the zone of the care organization', async () => {
    const id = await patient(hub, between.owner, { birth_date: '2008-03-10' });
    await coverage(hub, between.owner, id, { plan_org_id: plan, starts_on: '2020-01-01' });
    // 03:30 in UTC on the birthday is still the evening before in Baltimore.
    await between.screened(id, '2026-03-10T03:30:00Z');
    await between.screened(id, '2026-03-10T14:00:00Z');
    await collect();
    const { screening: rows = [] } = await factsOf(id);
    expect(rows).toMatchObject([
      { age_band: '0-17', completed_on: '2026-03-09' },
      { age_band: '18-44', completed_on: '2026-03-10' },
    ]);
  });

  it('count needs that the patient confirmed, not those that are possible, refuted or an error', async () => {
    const id = await patient(hub, between.owner);
    await coverage(hub, between.owner, id, { plan_org_id: plan });
    const statuses = ['POSSIBLE', 'CONFIRMED', 'BEING_ADDRESSED', 'MET', 'UNMET', 'DECLINED', 'REFUTED', 'ENTERED_IN_ERROR']; // prettier-ignore
    for (const status of statuses) await between.needed(id, '2026-05-01T15:00:00Z', { status });
    await collect();
    const { need: rows = [] } = await factsOf(id);
    expect((rows as { status: string }[]).map((row) => row.status).toSorted()).toEqual(
      ['BEING_ADDRESSED', 'CONFIRMED', 'DECLINED', 'MET', 'UNMET'], // prettier-ignore
    );
  });

  it('leave out screenings that run and referrals that were never sent; an error leaves again', async () => {
    const id = await patient(hub, between.owner);
    await coverage(hub, between.owner, id, { plan_org_id: plan });
    await between.screened(id, '2026-05-01T15:00:00Z', { status: 'IN_PROGRESS', completed_at: null });
    const wrong = await between.screened(id, '2026-05-02T15:00:00Z');
    const referral = await between.referred(id, '2026-05-03T15:00:00Z');
    await between.referred(id, '2026-05-03T15:00:00Z', { status: 'DRAFT', sent_at: null, answer_due_at: null });
    await collect();
    expect(await factsOf(id)).toMatchObject({
      screening: [{ screening_id: wrong }],
      referral: [{ referral_id: referral }],
    });
    await hub.sql(`update hub.screening set status = 'ENTERED_IN_ERROR' where id = $1`, [wrong]);
    await hub.sql(`update hub.referral set status = 'ENTERED_IN_ERROR' where id = $1`, [referral]);
    await collect();
    expect(await factsOf(id)).toMatchObject({ screening: [], referral: [] });
  });

  it('say of a referral what its agency and its patient said', async () => {
    const id = await patient(hub, between.owner);
    await coverage(hub, between.owner, id, { plan_org_id: plan });
    const at = '2026-05-03T15:00:00Z';
    const stories = {
      waiting: {},
      declined: { status: 'REJECTED', answered_at: at },
      helped: { status: 'COMPLETED', answered_at: at, outcome: 'PARTLY_HELPED', patient_confirmation: 'PARTLY' },
      informed: { status: 'COMPLETED', answered_at: at, outcome: 'INFORMATION_GIVEN', patient_confirmation: 'COULD_NOT_ASK' },
      failed: { status: 'FAILED', answered_at: at, outcome: null, patient_confirmation: 'NOT_HELPED' },
      called_off: { status: 'CANCELLED', answered_at: null },
      assessed: { status: 'COMPLETED', answered_at: at, kind: 'ASSESSMENT', outcome: 'ASSESSED', finding: 'NO_NEED' },
    }; // prettier-ignore
    const ids: Record<string, string> = {};
    for (const [name, given] of Object.entries(stories)) ids[await between.referred(id, at, given)] = name;
    await collect();
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

  it('are collected anew each time, and nothing of a person is left when they are forgotten', async () => {
    const id = await patient(hub, between.owner);
    const one = await coverage(hub, between.owner, id, { plan_org_id: plan });
    await between.needed(id, '2026-05-03T15:00:00Z');
    await collect();
    const before = await factsOf(id);
    await collect();
    expect(await factsOf(id)).toEqual(before);
    await hub.sql('delete from hub.coverage where id = $1', [one]);
    await collect();
    expect(await factsOf(id)).toEqual({ span: [], screening: [], need: [], referral: [] });
    await asTask(hub.orm).write((em) => forgetFacts(em));
    for (const table of ['member', ...TABLES]) expect(await hub.sql(`select from hub.population_${table}`)).toEqual([]);
  });
});

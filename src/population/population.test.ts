import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, planAnalyst, type Actor } from '../../test/actors.js';
import { coverage, need, patient, screening } from '../../test/caseload-factories.js';
import { organization, type OrganizationRow } from '../../test/factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, take, type Pair } from '../../test/referral-factories.js';
import { testSecret } from '../../test/secret.js';
import { asTask } from '../platform/database/operation.js';
import { urlFor } from '../platform/database/roles.js';
import { countStatements } from '../platform/database/statements.js';
import { rebuildPopulation } from './refresh.js';

const CELL = '{ value suppressed }';
const RATE = `{ percent numerator ${CELL} denominator ${CELL} }`;
const SUMMARY = `query ($input: PopulationInput!) { populationSummary(input: $input) {
  from to updatedAt members ${CELL} screened ${CELL} screeningRate ${RATE} needsTotal ${CELL}
  needs { key label membersWithNeed ${CELL} share ${RATE} }
  crossTable { rows columns cells ${CELL} rowTotals ${CELL} columnTotals ${CELL} total ${CELL} }
  funnel { sent ${CELL} answered ${CELL} accepted ${CELL} closedByAgency ${RATE} helpReceived ${RATE} confirmedByPatient ${RATE}
    byCategory { category { code } sent ${CELL} closedByAgency ${CELL} helpReceived ${CELL} confirmedByPatient ${CELL} } }
  definitions { key text } } }`;
const YEAR = { from: '2026-01-01', to: '2026-12-31', by: 'CATEGORY' };
const numbers = (cells: readonly { value: number | null }[]) => cells.map((cell) => cell.value);

describe('the figures of a plan', { timeout: 60_000 }, () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
  });
  afterAll(() => hub.stop());

  const ask = async (actor: Actor, input: object = {}) =>
    (await actor.gql(SUMMARY, { input: { ...YEAR, ...input } })).populationSummary;
  /** Facts without the people behind them: `times` members of each kind. */
  async function plant(plan: OrganizationRow, times: number): Promise<void> {
    await hub.sql(
      `with kinds as (
         select gen_random_uuid() as key, band, county, line, month, category
         from unnest($3::text[]) band, unnest($4::text[]) county, unnest($5::text[]) line, generate_series(1, 3) month,
           unnest($6::text[]) category, generate_series(1, $2::int)),
       spans as (insert into hub.population_span select $1, key, '2025-01-01', 'infinity', band, county, line from kinds),
       screenings as (insert into hub.population_screening select $1, key, gen_random_uuid(), make_date(2026, month, 5), band, county, line
         from kinds where month < 3),
       needs as (insert into hub.population_need select $1, key, gen_random_uuid(), category, 'CONFIRMED', make_date(2026, month, 6), band, county, line
         from kinds)
       insert into hub.population_referral select $1, key, gen_random_uuid(), category, make_date(2026, month, 7), month < 3, month < 3, month < 2,
         month < 2 and band = '18-44', month < 2, month < 2 and county = 'Howard', band, county, line, true from kinds`,
      [plan.id, times, ['18-44', '65-74'], ['Carroll', 'Howard'], ['MEDICAID', 'MEDICARE'], ['food-insecurity', 'stress']],
    ); // prettier-ignore
  }

  it('are those counted by hand where nothing is small', async () => {
    const analyst = await planAnalyst(hub);
    await plant(analyst.organization, 12);
    // 2 bands × 2 counties × 2 lines × 3 months × 2 categories × 12.
    const all = 2 * 2 * 2 * 3 * 2 * 12;
    const byCategory = await ask(analyst);
    expect(byCategory.members).toEqual({ value: all, suppressed: false });
    expect(byCategory.screeningRate).toMatchObject({ percent: 66.7, numerator: { value: (all * 2) / 3 } });
    expect(byCategory.needs).toMatchObject([
      { key: 'food-insecurity', membersWithNeed: { value: all / 2 }, share: { percent: 50 } },
      { key: 'stress', membersWithNeed: { value: all / 2 }, share: { percent: 50 } },
    ]);
    expect(byCategory.crossTable).toBeNull();
    const { funnel } = byCategory;
    expect(numbers([funnel.sent, funnel.answered, funnel.accepted])).toEqual([all, (all * 2) / 3, (all * 2) / 3]);
    expect(funnel.closedByAgency).toMatchObject({ percent: 33.3, denominator: { value: all } });
    expect(funnel.helpReceived).toMatchObject({ percent: 50, denominator: { value: all / 3 } });
    expect(funnel.confirmedByPatient).toMatchObject({ percent: 50, denominator: { value: all / 3 } });
    expect(funnel.byCategory).toMatchObject([
      { category: { code: 'food-insecurity' }, sent: { value: all / 2 }, closedByAgency: { value: all / 6 } },
      { category: { code: 'stress' }, sent: { value: all / 2 }, helpReceived: { value: all / 12 } },
    ]);

    const byMonth = await ask(analyst, { by: 'MONTH' });
    expect(byMonth.needs.map((row: { key: string }) => row.key)).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(byMonth.crossTable).toMatchObject({ rows: ['food-insecurity', 'stress'], total: { value: all } });
    expect(numbers(byMonth.crossTable.cells.flat())).toEqual(Array(6).fill(all / 6));
    const narrow = { category: 'stress', county: 'Howard', ageBand: '18-44', productLine: 'MEDICAID', from: '2026-01-01', to: '2026-02-28' }; // prettier-ignore
    const few = await ask(analyst, { ...narrow, by: 'COUNTY' });
    expect(few.needs).toMatchObject([{ key: 'Howard', membersWithNeed: { value: 24 } }]);
    expect(few.members.value).toBe(3 * 2 * 12);
    expect(few.funnel.sent.value).toBe(24);
  });

  it('follow what happens: a referral sent, answered and confirmed, once the jobs have run', async () => {
    const analyst = await planAnalyst(hub);
    const plan = { plan_org_id: analyst.organization.id };
    const pairs: Pair[] = [await pair(hub)];
    while (pairs.length < 11) pairs.push(await pair(hub, pairs[0]));
    const ids: string[] = [];
    for (const between of pairs) {
      await coverage(hub, between.owner, between.patientId, plan);
      ids.push(await send(between));
    }
    expect((await ask(analyst)).members.value).toBe(0);
    await hub.runJobs();
    const sent = await ask(analyst);
    expect(sent.updatedAt).toBe(hub.clock.now().toISOString());
    expect(sent.funnel).toMatchObject({ sent: { value: 11 }, answered: { value: 0 }, accepted: { value: 0 } });
    expect(sent.needs).toMatchObject([{ key: 'food-insecurity', membersWithNeed: { value: 11 } }]);

    for (const [i, id] of ids.entries()) {
      const { agency, sender } = pairs[i] ?? pairs[0]!;
      await take(agency, 'acceptReferral', id);
      await take(agency, 'completeReferral', id, { outcome: 'HELP_RECEIVED' });
      await take(sender, 'confirmReferralOutcome', id, { confirmation: 'HELPED', needMet: true });
    }
    await hub.runJobs();
    const { funnel } = await ask(analyst);
    expect(funnel.closedByAgency).toMatchObject({ percent: 100, numerator: { value: 11 } });
    expect(funnel.helpReceived).toMatchObject({ percent: 100, denominator: { value: 11 } });
    expect(funnel.confirmedByPatient).toMatchObject({ percent: 100, denominator: { value: 11 } });

    await take(pairs[0]!.sender, 'withdrawReferralInError', ids[0]!, { reason: 'Sent for the wrong person.' });
    await hub.runJobs();
    expect((await ask(analyst)).funnel.sent).toEqual({ value: null, suppressed: true });
  });

  it('follow a screening and a need that is added, and forget one that is refuted', async () => {
    const analyst = await planAnalyst(hub);
    const me = await careManager(hub);
    const owner = { organizationId: me.organization.id };
    const people: string[] = [];
    for (let n = 0; n < 11; n += 1) {
      const id = await patient(hub, owner);
      await coverage(hub, owner, id, { plan_org_id: analyst.organization.id });
      people.push(id);
    }
    for (const patientId of people) {
      const started = await me.gql(
        `mutation ($input: StartScreeningInput!) { startScreening(input: $input) { screening { id version } userErrors { code } } }`,
        { input: { patientId, instrumentKey: 'hunger-vital-sign' } },
      );
      const { id } = started.startScreening.screening;
      await me.gql(`mutation ($input: CompleteScreeningInput!) { completeScreening(input: $input) { userErrors { code } } }`, { input: { id } }); // prettier-ignore
    }
    const needs: string[] = [];
    for (const patientId of people) {
      const { addNeed } = await me.gql(
        `mutation ($input: AddNeedInput!) { addNeed(input: $input) { need { id } userErrors { code } } }`,
        { input: { patientId, category: 'stress', wantsHelp: true } },
      );
      needs.push(addNeed.need.id);
    }
    await hub.runJobs();
    expect(await ask(analyst)).toMatchObject({
      members: { value: 11 },
      screened: { value: 11 },
      needs: [{ key: 'stress', membersWithNeed: { value: 11 } }],
    });
    await me.gql(`mutation ($input: RefuteNeedInput!) { refuteNeed(input: $input) { userErrors { code } } }`, {
      input: { id: needs[0] },
    });
    await hub.runJobs();
    expect((await ask(analyst)).needs).toMatchObject([{ membersWithNeed: { value: null, suppressed: true } }]);
  });

  it('show what partners do to each other only in large cells', async () => {
    const analyst = await planAnalyst(hub);
    const owner = { organizationId: (await organization(hub, { kind: 'CARE' })).id };
    const category = 'intimate-partner-violence';
    for (let n = 0; n < 11; n += 1) {
      const id = await patient(hub, owner, { county: 'Howard' });
      await coverage(hub, owner, id, { plan_org_id: analyst.organization.id });
      await need(hub, owner, id, { category, sensitivity: 'INTIMATE_PARTNER_VIOLENCE', identified_at: '2026-02-03T15:00:00Z' }); // prettier-ignore
    }
    const rebuild = () => asTask(hub.orm).write((em) => rebuildPopulation(em, hub.clock.now()));
    await rebuild();
    expect((await ask(analyst)).needs).toMatchObject([{ key: category, membersWithNeed: { value: 11 } }]);
    await hub.sql(`delete from hub.need where id = (select id from hub.need where category = $1 limit 1)`, [category]);
    await rebuild();
    const hidden = { value: null, suppressed: true };
    for (const by of ['CATEGORY', 'AGE_BAND', 'COUNTY', 'MONTH']) {
      const { needs, needsTotal, crossTable } = await ask(analyst, { by });
      expect(needsTotal).toEqual(hidden);
      expect(needs).toMatchObject([{ membersWithNeed: hidden, share: { percent: null } }]);
      if (crossTable) expect([...crossTable.cells.flat(), ...crossTable.columnTotals, crossTable.total]).toEqual([hidden, hidden, hidden]); // prettier-ignore
    }
  });

  it('belong to one plan: another sees nothing, and the raw tables give it nothing', async () => {
    const mine = await planAnalyst(hub);
    const other = await planAnalyst(hub);
    await plant(mine.organization, 12);
    expect((await ask(mine)).members.value).toBe(576);
    expect(await ask(other)).toMatchObject({
      members: { value: 0 },
      screened: { value: 0 },
      needs: [],
      needsTotal: { value: 0 },
      funnel: { sent: { value: 0 }, byCategory: [] },
      updatedAt: null,
    });
    const login = urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret);
    const raw = new Client({ connectionString: login });
    await raw.connect();
    try {
      const rows = async (table: string, org: string): Promise<number> => {
        await raw.query('begin');
        await raw.query('set local role hub_app');
        await raw.query(`select set_config('hub.org_id', $1, true)`, [org]);
        const { rows } = await raw.query<{ n: number }>(`select count(*)::int as n from hub.population_${table}`);
        await raw.query('rollback');
        return rows[0]?.n ?? -1;
      };
      for (const table of ['span', 'screening', 'need', 'referral']) {
        expect(await rows(table, other.organization.id)).toBe(0);
        expect(await rows(table, mine.organization.id)).toBeGreaterThan(100);
      }
      for (const table of ['member', 'refresh']) expect(await rows(table, other.organization.id)).toBe(0);
      await raw.query('begin');
      await raw.query('set local role hub_app');
      await expect(raw.query('select patient_id from hub.population_member')).rejects.toMatchObject({ code: '42501' });
      await raw.query('rollback');
    } finally {
      await raw.end();
    }
  });

  it('are for analysts of plans alone', async () => {
    for (const maker of [careManager, agencyStaff, curator]) {
      expect(await (await maker(hub)).codes(SUMMARY, { input: YEAR })).toEqual(['FORBIDDEN']);
    }
    expect(await (await anonymous(hub)).codes(SUMMARY, { input: YEAR })).toEqual(['UNAUTHENTICATED']);
  });

  it('are all that an analyst gets: no person, need, screening or referral of a member', async () => {
    const analyst = await planAnalyst(hub);
    const between = await pair(hub);
    await coverage(hub, between.owner, between.patientId, { plan_org_id: analyst.organization.id });
    const referral = await send(between);
    const done = await screening(hub, between.owner, between.patientId);
    const questions: [query: string, id?: string][] = [
      ['query ($id: ID!) { patient(id: $id) { id } }', between.patientId],
      ['query ($id: ID!) { screening(id: $id) { id } }', done],
      ['query ($id: ID!) { referral(id: $id) { id } }', referral],
      ['query ($id: ID!) { patientAccesses(patientId: $id) { edges { node { id } } } }', between.patientId],
      ['{ patients { edges { node { id } } } }'],
      ['{ referrals { edges { node { id } } } }'],
      ['{ inbox { edges { node { id } } } }'],
      ['{ today { counts { overdueReferrals } } }'],
    ];
    for (const [query, id] of questions) {
      const codes = await analyst.codes(query, id ? { id } : {});
      expect(codes, query).toHaveLength(1);
      expect(['FORBIDDEN', 'NOT_FOUND'], query).toContain(codes[0]);
    }
  });

  it('are of whole months, with every wrong argument named', async () => {
    const analyst = await planAnalyst(hub);
    const wrong: [object, string][] = [
      [{ from: '2026-01-02' }, 'input.from'],
      [{ to: '2026-06-29' }, 'input.to'],
      [{ from: '2026-03-01', to: '2026-01-31' }, 'input.to'],
      [{ from: '2020-01-01', to: '2026-01-31' }, 'input.to'],
      [{ category: 'toys' }, 'input.category'],
      [{ ageBand: '20-30' }, 'input.ageBand'],
    ];
    for (const [input, field] of wrong) {
      const error = await analyst.gql(SUMMARY, { input: { ...YEAR, ...input } }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        response: { errors: [{ extensions: { code: 'BAD_USER_INPUT', fields: [{ field }] } }] },
      });
    }
    expect((await ask(analyst, { from: '2021-07-01', to: '2026-06-30' })).members.value).toBe(0);
    expect((await ask(analyst, { from: '2024-02-01', to: '2024-02-29' })).members.value).toBe(0);
  });

  it('cost the same few statements whatever is asked, and leave a trace', async () => {
    const analyst = await planAnalyst(hub);
    await plant(analyst.organization, 2);
    await ask(analyst);
    for (const by of ['CATEGORY', 'AGE_BAND', 'COUNTY', 'MONTH']) {
      expect(await countStatements(hub.orm, () => ask(analyst, { by }))).toBeLessThanOrEqual(5);
    }
    const traces = await hub.sql(`select purpose, detail from hub.audit where org_id = $1 order by id`, [
      analyst.organization.id,
    ]);
    expect(traces).toHaveLength(5);
    expect(traces[0]).toMatchObject({ purpose: 'POPULATION', detail: { by: 'CATEGORY' } });
  });
});

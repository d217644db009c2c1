import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, planAnalyst, type Actor } from '../../test/actors.js';
import { coverage, patient, screening } from '../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { facts, publish } from '../../test/population-factories.js';
import { pair, send, take, type Pair } from '../../test/referral-factories.js';
import { testSecret } from '../../test/secret.js';
import { urlFor } from '../platform/database/roles.js';
import { countStatements } from '../platform/database/statements.js';
import { newId } from '../platform/id.js';

const CELL = '{ value suppressed }';
const RATE = `{ percent numerator ${CELL} denominator ${CELL} }`;
const SUMMARY = `query ($input: PopulationInput!) { populationSummary(input: $input) {
  report { id from to publishedAt } members ${CELL} screened ${CELL} screeningRate ${RATE} needsTotal ${CELL}
  needs { key label membersWithNeed ${CELL} share ${RATE} }
  crossTable { rows columns cells ${CELL} rowTotals ${CELL} columnTotals ${CELL} total ${CELL} }
  funnel { sent ${CELL} answered ${CELL} accepted ${CELL} closedByAgency ${RATE} helpReceived ${RATE} confirmedByPatient ${RATE}
    byCategory { category { code } sent ${CELL} closedByAgency ${CELL} helpReceived ${CELL} confirmedByPatient ${CELL} } }
  definitions { key text } } }`;
const numbers = (cells: readonly { value: number | null }[]) => cells.map((cell) => cell.value);
const TIMES = 3;
/** 2 age bands × 2 counties × 2 product lines × 3 months × 2 categories. */
const ALL = 2 * 2 * 2 * 3 * 2 * TIMES;

describe('the figures of a plan', { timeout: 60_000 }, () => {
  let hub: TestHub;
  let large: Actor;
  let story: Actor;
  let withEleven: Actor;
  let withTen: Actor;
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
    [large, story, withEleven, withTen] = [
      await planAnalyst(hub),
      await planAnalyst(hub),
      await planAnalyst(hub),
      await planAnalyst(hub),
    ];
    await plantLarge(large.organization.id);
    await plantStory(story.organization.id);
    await plantPartners(withEleven.organization.id, 11);
    await plantPartners(withTen.organization.id, 10);
    hub.clock.set('2026-08-15T14:00:00Z');
    await publish(hub);
  }, 120_000);
  afterAll(() => hub.stop());

  const ask = async (actor: Actor, input: object = {}) =>
    (await actor.gql(SUMMARY, { input: { by: 'CATEGORY', ...input } })).populationSummary;

  /** As many members of each kind, each with one need and one referral. */
  async function plantLarge(plan: string): Promise<void> {
    const { owner, screened, needed, referred } = await facts(hub);
    const kinds = ['1990-05-02', '1955-05-02'].flatMap((birth) =>
      ['Carroll', 'Howard'].flatMap((county) =>
        ['MEDICAID', 'MEDICARE'].flatMap((line) =>
          [1, 2, 3].flatMap((month) =>
            ['food-insecurity', 'stress'].map((category) => ({ birth, county, line, month, category })),
          ),
        ),
      ),
    );
    for (const { birth, county, line, month, category } of kinds.flatMap((kind) => Array<typeof kind>(TIMES).fill(kind))) {
      const id = await patient(hub, owner, { birth_date: birth, county });
      const at = `2026-0${month}-06T15:00:00Z`;
      const closed = month < 2 ? { status: 'COMPLETED', outcome: birth === '1990-05-02' ? 'HELP_RECEIVED' : 'INFORMATION_GIVEN', patient_confirmation: county === 'Howard' ? 'HELPED' : 'NOT_HELPED' } : {};
      await coverage(hub, owner, id, { plan_org_id: plan, product_line: line });
      if (month < 3) await screened(id, at);
      await needed(id, at, { category });
      await referred(id, at, { categories: [category], answered_at: month < 3 ? at : null, status: month < 3 ? 'ACCEPTED' : 'REQUESTED', ...closed });
    } // prettier-ignore
  }

  /** Eleven people for whom everything goes well, and one whose referral was a mistake. */
  async function plantStory(plan: string): Promise<void> {
    const pairs: Pair[] = [await pair(hub)];
    while (pairs.length < 12) pairs.push(await pair(hub, pairs[0]));
    for (const [i, between] of pairs.entries()) {
      await coverage(hub, between.owner, between.patientId, { plan_org_id: plan });
      const id = await send(between);
      if (i === 0) {
        await take(between.sender, 'withdrawReferralInError', id, { reason: 'Sent for the wrong person.' });
        continue;
      }
      await take(between.agency, 'acceptReferral', id);
      await take(between.agency, 'completeReferral', id, { outcome: 'HELP_RECEIVED' });
      await take(between.sender, 'confirmReferralOutcome', id, { confirmation: 'HELPED', needMet: true });
    }
  }

  async function plantPartners(plan: string, times: number): Promise<void> {
    const { owner, needed } = await facts(hub);
    for (let n = 0; n < times; n += 1) {
      const id = await patient(hub, owner, { county: 'Howard' });
      await coverage(hub, owner, id, { plan_org_id: plan });
      await needed(id, '2026-02-03T15:00:00Z', { category: 'intimate-partner-violence', sensitivity: 'INTIMATE_PARTNER_VIOLENCE' }); // prettier-ignore
    }
  }

  it('are those counted by hand where nothing is small', async () => {
    const byCategory = await ask(large);
    expect(byCategory.report).toMatchObject({ from: '2026-01-01', to: '2026-06-30', publishedAt: '2026-08-15T14:00:00.000Z' }); // prettier-ignore
    expect(byCategory.members).toEqual({ value: ALL, suppressed: false });
    expect(byCategory.screeningRate).toMatchObject({ percent: 66.7, numerator: { value: (ALL * 2) / 3 } });
    expect(byCategory.needs).toMatchObject([
      { key: 'food-insecurity', membersWithNeed: { value: ALL / 2 }, share: { percent: 50 } },
      { key: 'stress', membersWithNeed: { value: ALL / 2 }, share: { percent: 50 } },
    ]);
    expect(byCategory.crossTable).toBeNull();
    const { funnel } = byCategory;
    expect(numbers([funnel.sent, funnel.answered, funnel.accepted])).toEqual([ALL, (ALL * 2) / 3, (ALL * 2) / 3]);
    expect(funnel.closedByAgency).toMatchObject({ percent: 33.3, denominator: { value: ALL } });
    expect(funnel.helpReceived).toMatchObject({ percent: 50, denominator: { value: ALL / 3 } });
    expect(funnel.confirmedByPatient).toMatchObject({ percent: 50, denominator: { value: ALL / 3 } });
    expect(funnel.byCategory).toMatchObject([
      { category: { code: 'food-insecurity' }, sent: { value: ALL / 2 }, closedByAgency: { value: ALL / 6 } },
      { category: { code: 'stress' }, sent: { value: ALL / 2 }, helpReceived: { value: ALL / 12 } },
    ]);

    const byMonth = await ask(large, { by: 'MONTH' });
    expect(byMonth.needs.map((row: { key: string }) => row.key)).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(byMonth.crossTable).toMatchObject({ rows: ['food-insecurity', 'stress'], total: { value: ALL } });
    expect(numbers(byMonth.crossTable.cells.flat())).toEqual(Array(6).fill(ALL / 6));
    const byLine = await ask(large, { by: 'PRODUCT_LINE', category: 'stress' });
    expect(byLine.needs).toMatchObject([
      { key: 'MEDICAID', label: 'Medicaid', membersWithNeed: { value: ALL / 4 }, share: { percent: 50 } },
      { key: 'MEDICARE', membersWithNeed: { value: ALL / 4 } },
    ]);
    expect(byLine.funnel).toMatchObject({ sent: { value: ALL / 2 }, byCategory: [{ category: { code: 'stress' } }] });
  });

  it('follow what happened: referrals answered and confirmed; one sent in error is none', async () => {
    const { members, needs, funnel } = await ask(story);
    expect(members.value).toBe(12);
    expect(needs).toMatchObject([{ key: 'food-insecurity', membersWithNeed: { value: 12 } }]);
    expect(funnel.sent.value).toBe(11);
    expect(funnel.closedByAgency).toMatchObject({ percent: 100, numerator: { value: 11 } });
    expect(funnel.helpReceived).toMatchObject({ percent: 100, denominator: { value: 11 } });
    expect(funnel.confirmedByPatient).toMatchObject({ percent: 100, denominator: { value: 11 } });
  });

  it('show what partners do to each other only in large cells', async () => {
    expect((await ask(withEleven)).needs).toMatchObject([
      { key: 'intimate-partner-violence', membersWithNeed: { value: 11 } },
    ]);
    const hidden = { value: null, suppressed: true };
    for (const by of ['CATEGORY', 'AGE_BAND', 'COUNTY', 'MONTH', 'PRODUCT_LINE']) {
      const { needs, needsTotal, crossTable } = await ask(withTen, { by });
      expect(needsTotal).toEqual(hidden);
      expect(needs).toMatchObject([{ membersWithNeed: hidden, share: { percent: null } }]);
      if (crossTable) expect([...crossTable.cells.flat(), ...crossTable.columnTotals, crossTable.total]).toEqual([hidden, hidden, hidden]); // prettier-ignore
    }
  });

  it('belong to one plan: another sees nothing, and the raw tables give it nothing', async () => {
    const other = await planAnalyst(hub);
    expect(await ask(other)).toBeNull();
    const { id } = (await ask(large)).report;
    expect(await other.codes(SUMMARY, { input: { by: 'MONTH', reportId: id } })).toEqual(['NOT_FOUND']);
    const login = urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret);
    const raw = new Client({ connectionString: login });
    await raw.connect();
    try {
      const begin = async (org: string): Promise<void> => {
        await raw.query('begin');
        await raw.query('set local role hub_app');
        await raw.query(`select set_config('hub.org_id', $1, true)`, [org]);
      };
      for (const [org, reports] of [[large.organization.id, 10], [other.organization.id, 0]] as const) {
        await begin(org);
        expect((await raw.query('select from hub.population_report')).rowCount).toBe(reports);
        await raw.query('rollback');
      } // prettier-ignore
      for (const table of ['member', 'span', 'screening', 'need', 'referral']) {
        await begin(large.organization.id);
        await expect(raw.query(`select from hub.population_${table}`)).rejects.toMatchObject({ code: '42501' });
        await raw.query('rollback');
      }
    } finally {
      await raw.end();
    }
  });

  it('are for analysts of plans alone', async () => {
    for (const maker of [careManager, agencyStaff, curator]) {
      expect(await (await maker(hub)).codes(SUMMARY, { input: { by: 'CATEGORY' } })).toEqual(['FORBIDDEN']);
    }
    expect(await (await anonymous(hub)).codes(SUMMARY, { input: { by: 'CATEGORY' } })).toEqual(['UNAUTHENTICATED']);
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

  it('are of what is published, with every wrong argument named', async () => {
    const error = await large.gql(SUMMARY, { input: { by: 'MONTH', category: 'toys' } }).catch((thrown: unknown) => thrown); // prettier-ignore
    expect(error).toMatchObject({
      response: { errors: [{ extensions: { code: 'BAD_USER_INPUT', fields: [{ field: 'input.category' }] } }] },
    });
    for (const reportId of [newId(), (await ask(story)).report.id]) {
      expect(await large.codes(SUMMARY, { input: { by: 'MONTH', reportId } })).toEqual(['NOT_FOUND']);
    }
    const reports = (await large.gql('{ populationReports { id from to publishedAt } }')).populationReports;
    expect(reports[0]).toEqual((await ask(large)).report);
    // Covered since 2020, looked at for five years: the figures of the past are there, and all zero.
    expect(reports).toHaveLength(10);
    const first = await ask(large, { reportId: reports.at(-1).id });
    expect(first).toMatchObject({ report: { from: '2021-07-01' }, members: { value: ALL }, needsTotal: { value: 0 } });
    expect(first.funnel.sent.value).toBe(0);
  });

  it('cost the same few statements whatever is asked, and leave a trace', async () => {
    await ask(withTen);
    for (const by of ['CATEGORY', 'AGE_BAND', 'COUNTY', 'MONTH', 'PRODUCT_LINE']) {
      expect(await countStatements(hub.orm, () => ask(withTen, { by }))).toBe(2);
    }
    const traces = await hub.sql(`select purpose, detail from hub.audit where org_id = $1 order by id desc limit 6`, [
      withTen.organization.id,
    ]);
    expect(traces.at(-1)).toMatchObject({ purpose: 'POPULATION', detail: { by: 'CATEGORY', from: '2026-01-01' } });
  });
});

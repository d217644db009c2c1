import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planAnalyst, type Actor } from '../../test/actors.js';
import { coverage, patient } from '../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { facts, publish } from '../../test/population-factories.js';

const CELL = '{ value }';
const EVERYTHING = `query ($reportId: ID, $by: PopulationDimension!, $category: String) {
  populationSummary(input: { reportId: $reportId, by: $by, category: $category }) {
    members ${CELL} screened ${CELL} needsTotal ${CELL} needs { key membersWithNeed ${CELL} }
    crossTable { rows columns cells ${CELL} rowTotals ${CELL} columnTotals ${CELL} total ${CELL} }
    funnel { sent ${CELL} answered ${CELL} accepted ${CELL} closedByAgency { numerator ${CELL} } helpReceived { numerator ${CELL} } } } }`;
const REPORTS = '{ populationReports { id from to publishedAt } }';
const CATEGORIES = [null, 'food-insecurity', 'stress'];

describe('what is published', { timeout: 120_000 }, () => {
  let hub: TestHub;
  let analysts: Actor[];
  let people: string[];
  let happens: Awaited<ReturnType<typeof facts>>;

  beforeAll(async () => {
    hub = await testHub({ now: '2026-08-01T14:00:00Z' });
    analysts = [await planAnalyst(hub), await planAnalyst(hub)];
    happens = await facts(hub);
    const [medicare = '', medicaid = ''] = analysts.map(({ organization }) => organization.id);
    people = [];
    for (let n = 0; n < 72; n += 1) {
      const id = await patient(hub, happens.owner, { county: n % 2 ? 'Howard' : 'Carroll' });
      people.push(id);
      // A third has each plan alone, a third has both; Medicare pays first. Some came from the other plan in spring.
      if (n % 3 !== 0) await coverage(hub, happens.owner, id, { plan_org_id: medicare, product_line: 'MEDICARE', starts_on: n < 40 ? '2026-01-01' : '2026-04-01' }); // prettier-ignore
      if (n % 3 !== 1) await coverage(hub, happens.owner, id, { plan_org_id: medicaid, starts_on: '2026-01-01' });
      await happens.screened(id, '2026-03-02T15:00:00Z');
      await happens.needed(id, '2026-05-02T15:00:00Z', { category: n < 36 ? 'food-insecurity' : 'stress' });
      await happens.referred(id, '2026-05-03T15:00:00Z');
    }
    await publish(hub);
  }, 120_000);
  afterAll(() => hub.stop());

  const reports = async (actor: Actor) =>
    (await actor.gql(REPORTS)).populationReports as { id: string; from: string }[];
  /** The answers to everything that both analysts can ask of what is published from then on. */
  async function everything(from = ''): Promise<string> {
    const answers: unknown[] = [];
    for (const actor of analysts) {
      for (const report of await reports(actor)) {
        if (from && report.from !== from) continue;
        for (const by of ['CATEGORY', 'AGE_BAND', 'COUNTY', 'MONTH', 'PRODUCT_LINE']) {
          for (const category of CATEGORIES) {
            answers.push(await actor.gql(EVERYTHING, { reportId: report.id, by, category }));
          }
        }
      }
    }
    return JSON.stringify(answers);
  }

  it('counts everybody in one plan, so that two plans together count nobody twice', async () => {
    const counted = await Promise.all(
      analysts.map(async (actor) => {
        const { populationSummary } = await actor.gql(EVERYTHING, { by: 'CATEGORY' });
        const { members, screened, needsTotal, funnel } = populationSummary;
        return [members, screened, needsTotal, funnel.sent].map((cell: { value: number }) => cell.value);
      }),
    );
    // Who has both plans is Medicare's; what happened in March, before somebody came to a plan, is not the plan's.
    const screened = people.filter((_, n) => n < 40 && n % 3 !== 0).length;
    expect(counted).toEqual([
      [48, screened, 48, 48],
      [24, 24, 24, 24],
    ]);
  });

  it('stays as it is, whatever happens to anybody afterwards and however often the task runs', async () => {
    const before = await everything();
    const change = fc.record({
      who: fc.integer({ min: 0, max: 71 }),
      what: fc.constantFrom('needed', 'refuted', 'moved', 'left', 'referred', 'closed', 'born'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        for (const { who, what } of changes) {
          const id = people[who] ?? '';
          if (what === 'needed') await happens.needed(id, '2026-06-20T15:00:00Z', { category: 'stress' });
          if (what === 'referred') await happens.referred(id, '2026-06-20T15:00:00Z');
          if (what === 'refuted') await hub.sql(`update hub.need set status = 'REFUTED' where patient_id = $1`, [id]);
          if (what === 'moved') await hub.sql(`update hub.patient set county = 'Garrett' where id = $1`, [id]);
          if (what === 'left') await hub.sql('delete from hub.coverage where patient_id = $1', [id]);
          if (what === 'born') await hub.sql(`update hub.patient set birth_date = '2015-01-01' where id = $1`, [id]);
          if (what === 'closed') await hub.sql(`update hub.referral set status = 'COMPLETED', outcome = 'HELP_RECEIVED', answered_at = sent_at where patient_id = $1`, [id]); // prettier-ignore
        }
        hub.clock.advance({ days: 1 });
        await publish(hub);
        expect(await everything()).toBe(before);
      }),
      { numRuns: 5 },
    );
  });

  it('cannot be changed or taken back, not even by the tasks', async () => {
    const asTask = (text: string) => hub.sql(`begin; set local role hub_task; ${text}; rollback`);
    for (const text of ['update hub.population_report set figures = $${}$$', 'delete from hub.population_report']) {
      await expect(asTask(text)).rejects.toMatchObject({ code: '42501' });
      await hub.sql('rollback');
    }
  });

  it('leaves nothing about single members behind', async () => {
    for (const table of ['member', 'span', 'screening', 'need', 'referral']) {
      expect(await hub.sql(`select from hub.population_${table}`)).toEqual([]);
    }
  });

  it('goes on with the next half-year, to which what came before it does not count', async () => {
    const spring = await everything('2026-01-01');
    await hub.sql('delete from hub.coverage');
    for (let n = 0; n < 30; n += 1) {
      const id = await patient(hub, happens.owner);
      await coverage(hub, happens.owner, id, { plan_org_id: analysts[0]?.organization.id, starts_on: '2026-01-01' });
      await happens.needed(id, '2026-09-02T15:00:00Z');
      // Written down when the spring was published already.
      await happens.needed(id, '2026-05-20T15:00:00Z', { category: 'stress' });
    }
    hub.clock.set('2027-01-30T12:00:00Z');
    await publish(hub);
    expect((await reports(analysts[0]!)).map(({ from }) => from)).toEqual(['2026-01-01']);
    hub.clock.advance({ days: 1 });
    await publish(hub);
    expect((await reports(analysts[0]!)).map(({ from }) => from)).toEqual(['2026-07-01', '2026-01-01']);
    expect((await reports(analysts[1]!)).map(({ from }) => from)).toEqual(['2026-01-01']);
    expect(await everything('2026-01-01')).toBe(spring);
    const { populationSummary } = await analysts[0]!.gql(EVERYTHING, { by: 'CATEGORY' });
    expect(populationSummary).toMatchObject({
      members: { value: 30 },
      needs: [{ key: 'food-insecurity', membersWithNeed: { value: 30 } }],
    });
  });
});

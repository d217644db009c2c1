import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager, planAnalyst, type Actor } from '../../test/actors.js';
import { coverage, patient } from '../../test/caseload-factories.js';
import { insert } from '../../test/factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { facts, publish } from '../../test/population-factories.js';
import { newId } from '../platform/id.js';
import { shownApart } from './apart.js';

const CELL = '{ value suppressed }';
const RATE = `{ percent numerator ${CELL} denominator ${CELL} }`;
const APART = `apart { assessments { asked ${CELL} done ${RATE} needFound ${RATE} } offPlatform { asked ${CELL} helped ${RATE} confirmedByPatient ${RATE} } }`;
const FUNNEL = `funnel { sent ${CELL} closedByAgency ${RATE} }`;
const SUMMARY = `query ($input: PopulationInput!) { populationSummary(input: $input) { ${FUNNEL} ${APART} } }`;
const OWN = `query ($input: OwnFunnelInput!) { ownFunnel(input: $input) { ${FUNNEL} ${APART} definitions { key } } }`;
const DAYS = { from: '2026-01-01', to: '2026-06-30' };

describe('what is counted apart', () => {
  let hub: TestHub;
  let plan: Actor;
  let sender: Actor;
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
    plan = await planAnalyst(hub);
    const own = await facts(hub);
    sender = await careManager(hub, { organization: own.organization });
    const at = '2026-03-04T15:00:00Z';
    for (let n = 0; n < 60; n += 1) {
      const id = await patient(hub, own.owner);
      await coverage(hub, own.owner, id, { plan_org_id: plan.organization.id, starts_on: '2026-01-01' });
      if (n < 20) await own.referred(id, at, { status: 'COMPLETED', outcome: 'HELP_RECEIVED', answered_at: at });
      else if (n < 40) {
        const done = n < 35;
        await own.referred(id, at, {
          kind: 'ASSESSMENT',
          status: done ? 'COMPLETED' : 'REQUESTED',
          ...(done && { outcome: 'ASSESSED', finding: n < 37 ? 'NEEDS_THIS' : 'NO_NEED', answered_at: at }),
        });
      } else {
        await insert(hub, 'off_platform_referral', {
          id: newId(),
          care_org_id: own.owner.organizationId,
          patient_id: id,
          agency_name: 'The Tuesday kitchen',
          how: 'PHONE',
          status: n < 52 ? 'HELPED' : 'ASKED',
          told: 'NOTHING',
          categories: '{food-insecurity}',
          patient_confirmation: n < 52 ? 'HELPED' : null,
          made_by: sender.user.id,
          made_by_name: 'Sender',
          made_at: at,
          updated_at: at,
        });
      }
    }
    hub.clock.set('2026-08-15T14:00:00Z');
    await publish(hub);
  }, 60_000);
  afterAll(() => hub.stop());

  const expected = {
    // 15 done of 20: the five that are not are too few to be told.
    assessments: { asked: { value: 20, suppressed: false }, done: { percent: null } },
    offPlatform: {
      asked: { value: 20, suppressed: false },
      helped: { percent: null, numerator: { suppressed: true } },
    },
  };

  it('stands beside the funnel of a plan and in none of its bases, with small counts withheld', async () => {
    const { populationSummary: shown } = await plan.gql(SUMMARY, { input: { by: 'CATEGORY' } });
    expect(shown.funnel.sent).toEqual({ value: 20, suppressed: false });
    expect(shown.funnel.closedByAgency).toMatchObject({ percent: 100, denominator: { value: 20 } });
    expect(shown.apart).toMatchObject(expected);
    const one = await plan.gql(SUMMARY, { input: { by: 'CATEGORY', category: 'food-insecurity' } });
    expect(one.populationSummary.apart).toBeNull();
  });

  it('stands beside the funnel of the care organization, which reads its own alone', async () => {
    const { ownFunnel: shown } = await sender.gql(OWN, { input: DAYS });
    expect(shown.funnel.sent).toEqual({ value: 20, suppressed: false });
    expect(shown.apart).toMatchObject(expected);
    const stranger = await careManager(hub);
    const { ownFunnel: nothing } = await stranger.gql(OWN, { input: DAYS });
    expect(nothing.funnel.sent.value).toBe(0);
    expect(nothing.apart.offPlatform.asked.value).toBe(0);
    expect(await plan.codes(OWN, { input: DAYS })).toEqual(['FORBIDDEN']);
    const late = { from: '2026-03-05', to: '2026-06-30' };
    expect((await sender.gql(OWN, { input: late })).ownFunnel.apart.offPlatform.asked.value).toBe(0);
    expect(await sender.codes(OWN, { input: { from: '2026-01-02', to: '2026-01-01' } })).toEqual(['BAD_USER_INPUT']);
    expect(await sender.codes(OWN, { input: { from: '2024-01-01', to: '2026-01-01' } })).toEqual(['BAD_USER_INPUT']);
  });

  it('never tells a count from 1 to 10, nor one that follows from two others', () => {
    const parts = fc.array(fc.nat(30), { minLength: 3, maxLength: 3 }).map((some) => {
      const [a = 0, b = 0, c = 0] = some;
      return [a + b + c, b + c, c] as const;
    });
    fc.assert(
      fc.property(parts, parts, parts, ([asked, done, needFound], [all, helped], [, said, confirmed]) => {
        const patientAsked = Math.min(all, said);
        const of = { asked: all, helped, patientAsked, confirmed: Math.min(patientAsked, confirmed) };
        const shown = shownApart({ assessments: { asked, done, needFound }, offPlatform: of });
        const chains = [
          [shown.assessments.asked, shown.assessments.done, shown.assessments.needFound],
          [shown.offPlatform.asked, shown.offPlatform.helped],
          [shown.offPlatform.asked, shown.offPlatform.patientAsked, shown.offPlatform.confirmed],
        ];
        for (const chain of chains) {
          const told = chain.filter((count) => count !== null);
          const apart = told.slice(1).map((count, at) => (told[at] ?? 0) - count);
          for (const count of [...told, ...apart]) expect(count === 0 || count > 10).toBe(true);
        }
      }),
    );
  });
});

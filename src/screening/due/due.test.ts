import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, careSupervisor, type Actor } from '../../../test/actors.js';
import { assignment, need, patient, screening } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { countStatements } from '../../platform/database/statements.js';

const LIST = `query ($filter: ScreeningsDueFilter, $first: Int, $after: String) { screeningsDue(filter: $filter, first: $first, after: $after) {
  edges { node { dueAt reason since form patient { id displayName summary { screeningDue } } } } pageInfo { hasNextPage endCursor } } }`;
const ONE = `query ($id: ID!) { patient(id: $id) { summary { screeningDue } screeningDue { dueAt reason since }
  screeningPause { reason declined until note } lifeEvents { id kind onDay } } }`;
const mutation = (name: string) =>
  `mutation ($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { patient { id } userErrors { code field } } }`;
const RULES = `mutation ($input: ChangeScreeningRulesInput!) { changeScreeningRules(input: $input) { rules { trigger instrumentKey days active } userErrors { code field } } }`;

const NOW = '2026-06-15T14:00:00.000Z';
const daysAgo = (days: number): string => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
const day = (days: number): string => daysAgo(days).slice(0, 10);
const midnight = (days: number): string => `${day(days)}T00:00:00.000Z`;

describe('screenings that are due', () => {
  let hub: TestHub;
  let me: Actor;
  const own = (actor: Actor) => ({ organizationId: actor.organization.id });
  beforeAll(async () => {
    hub = await testHub({ now: NOW });
  });
  afterAll(() => hub.stop());
  const fresh = async () => (me = await careManager(hub));
  /** A patient who was screened so many days ago; null: never, and registered 40 days ago. */
  const screened = async (days: number | null, key = 'ahc-hrsn') => {
    const id = await patient(hub, own(me), { created_at: daysAgo(400) });
    const at = days === null ? null : daysAgo(days);
    if (at) await screening(hub, own(me), id, { started_at: at, completed_at: at, instrument_key: key });
    return id;
  };
  const of = async (id: string, actor = me) => (await actor.gql(ONE, { id })).patient;
  const list = async (filter: object = {}, page: object = {}) =>
    (await me.gql(LIST, { filter, ...page })).screeningsDue as { edges: { node: { patient: { id: string }; reason: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }; // prettier-ignore
  const idsOf = async (filter: object = {}) => (await list(filter)).edges.map(({ node }) => node.patient.id);
  const act = async (name: string, input: object, actor = me) => (await actor.gql(mutation(name), { input }))[name];

  it('are due a year after the last one, or at once when there was none', async () => {
    await fresh();
    const never = await screened(null);
    const long = await screened(366);
    const recent = await screened(364);
    expect(await idsOf()).toEqual([never, long]);
    expect(await of(never)).toMatchObject({ screeningDue: { reason: 'PERIOD', since: null, dueAt: daysAgo(400) }, summary: { screeningDue: true } }); // prettier-ignore
    expect(await of(long)).toMatchObject({ screeningDue: { dueAt: daysAgo(1), since: daysAgo(366) } });
    expect(await of(recent)).toMatchObject({ screeningDue: { dueAt: daysAgo(-1) }, summary: { screeningDue: false } });
    expect(await idsOf({ withinDays: 1 })).toEqual([never, long, recent]);
    expect(await me.codes(LIST, { filter: { withinDays: 91 } })).toEqual(['BAD_USER_INPUT']);
    const { patients } = await me.gql(
      '{ patients(filter: { screeningDue: true }, sort: NAME) { edges { node { id } } } }',
    );
    expect(patients.edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual([never, long]);
  });

  it('are due a week after a discharge and two weeks after a change in life, until somebody screens', async () => {
    await fresh();
    const home = await screened(100);
    const moved = await screened(100);
    await act('recordLifeEvent', { patientId: home, kind: 'DISCHARGE', onDay: day(8) });
    await act('recordLifeEvent', { patientId: moved, kind: 'MOVED', onDay: day(8) });
    expect(await idsOf()).toEqual([home]);
    expect(await of(home)).toMatchObject({ screeningDue: { reason: 'DISCHARGE', dueAt: midnight(1), since: midnight(8) }, lifeEvents: [{ kind: 'DISCHARGE', onDay: day(8) }] }); // prettier-ignore
    expect(await of(moved)).toMatchObject({ screeningDue: { reason: 'LIFE_EVENT', dueAt: midnight(-6) } });
    await screening(hub, own(me), home, { completed_at: daysAgo(2) });
    expect(await idsOf()).toEqual([]);
    const [event] = (await of(moved)).lifeEvents;
    await act('withdrawLifeEvent', { id: event.id });
    expect(await of(moved)).toMatchObject({ screeningDue: { reason: 'PERIOD' }, lifeEvents: [] });
    const wrong = (onDay: string) => act('recordLifeEvent', { patientId: moved, kind: 'OTHER', onDay });
    expect((await wrong(day(-3))).userErrors).toEqual([{ code: 'DAY_OUT_OF_RANGE', field: 'onDay' }]);
    expect((await wrong(day(400))).userErrors).toEqual([{ code: 'DAY_OUT_OF_RANGE', field: 'onDay' }]);
  });

  it('are due 30 days after a need was confirmed, while it is open', async () => {
    await fresh();
    const id = await screened(60);
    const open = await need(hub, own(me), id, { confirmed_at: daysAgo(31) });
    expect(await of(id)).toMatchObject({ screeningDue: { reason: 'NEED', dueAt: daysAgo(1), since: daysAgo(31) } });
    await hub.sql(`update hub.need set status = 'MET' where id = $1`, [open]);
    expect(await of(id)).toMatchObject({ screeningDue: { reason: 'PERIOD' } });
  });

  it('are put off until a day, and come back then', async () => {
    await fresh();
    const id = await screened(null);
    await act('snoozeScreening', { patientId: id, reason: 'IN_HOSPITAL', until: day(-10), note: ' Call the ward ' });
    expect(await idsOf()).toEqual([]);
    expect(await of(id)).toMatchObject({ screeningDue: null, summary: { screeningDue: false }, screeningPause: { reason: 'IN_HOSPITAL', declined: false, note: 'Call the ward' } }); // prettier-ignore
    await act('resumeScreening', { patientId: id });
    expect(await idsOf()).toEqual([id]);
    await act('snoozeScreening', { patientId: id, reason: 'NOT_REACHED', until: day(-10) });
    hub.clock.advance({ days: 11 });
    expect(await idsOf()).toEqual([id]);
    expect((await of(id)).screeningPause).toBeNull();
    hub.clock.set(NOW);
    for (const until of [day(0), day(-367)]) {
      expect((await act('snoozeScreening', { patientId: id, reason: 'OTHER', until })).userErrors).toEqual([
        { code: 'UNTIL_OUT_OF_RANGE', field: 'until' },
      ]);
    }
  });

  it('that were declined this time are asked again on the day, and what happened before counts no more', async () => {
    await fresh();
    const id = await screened(100);
    await act('recordLifeEvent', { patientId: id, kind: 'DISCHARGE', onDay: day(20) });
    expect(await idsOf()).toEqual([id]);
    await act('snoozeScreening', { patientId: id, reason: 'DECLINED', until: day(-90) });
    expect(await idsOf()).toEqual([]);
    expect(await of(id)).toMatchObject({ screeningPause: { declined: true }, screeningDue: { reason: 'PERIOD' } });
    // A new discharge asks anew, although the last answer was no.
    hub.clock.advance({ days: 12 });
    await act('recordLifeEvent', { patientId: id, kind: 'DISCHARGE', onDay: day(-2) });
    expect(await idsOf()).toEqual([id]);
    hub.clock.set(NOW);
  });

  it('follow the rules of the organization, form by form, and nobody else’s', async () => {
    await fresh();
    const supervisor = await careSupervisor(hub, { organization: me.organization });
    const other = await careManager(hub);
    const id = await screened(100);
    expect((await me.gql('{ screeningRules { trigger instrumentKey days } }')).screeningRules).toHaveLength(4);
    const rules = [
      { trigger: 'PERIOD', days: 180, active: true },
      { trigger: 'PERIOD', instrumentKey: 'hunger-vital-sign', days: 90, active: true },
      { trigger: 'NEED', days: 30, active: false },
    ];
    const change = (input: object, actor = supervisor) => actor.gql(RULES, { input });
    expect(await me.codes(RULES, { input: { rules } })).toEqual(['FORBIDDEN']);
    expect((await change({ rules })).changeScreeningRules.rules).toHaveLength(3);
    // Never screened with this form: due since the patient came.
    expect(await list()).toMatchObject({ edges: [{ node: { reason: 'PERIOD', form: 'Hunger Vital Sign', patient: { id } } }] }); // prettier-ignore
    await screening(hub, own(me), id, { completed_at: daysAgo(1), instrument_key: 'hunger-vital-sign' });
    expect(await of(id)).toMatchObject({ screeningDue: { dueAt: daysAgo(-89) } });
    await need(hub, own(me), id, { confirmed_at: daysAgo(31) });
    expect(await idsOf()).toEqual([]);
    expect((await other.gql('{ screeningRules { days } }')).screeningRules).toHaveLength(4);
    const twice = [rules[0], rules[0]];
    expect((await change({ rules: twice })).changeScreeningRules.userErrors).toEqual([{ code: 'RULE_TWICE', field: 'rules[1]' }]); // prettier-ignore
    const far = [{ ...rules[0], days: 1096 }];
    expect((await change({ rules: far })).changeScreeningRules.userErrors).toMatchObject([
      { code: 'DAYS_OUT_OF_RANGE' },
    ]);
  });

  it('stand in pages, each patient once, in a few statements however many', async () => {
    await fresh();
    for (let i = 0; i < 25; i += 1) {
      const id = await screened(400 + i);
      if (i % 2 === 0) await assignment(hub, own(me), id, me.user.id);
    }
    let first = await list({}, { first: 20 });
    // The list, the patients, their summaries, the audit.
    const statements = await countStatements(hub.orm, async () => void (first = await list({}, { first: 20 })));
    expect(statements).toBeLessThanOrEqual(4);
    const second = await list({}, { first: 20, after: first.pageInfo.endCursor });
    expect([first.edges.length, second.edges.length, second.pageInfo.hasNextPage]).toEqual([20, 5, false]);
    const all = [...first.edges, ...second.edges].map(({ node }) => node.patient.id);
    expect(new Set(all).size).toBe(25);
    expect(await idsOf({ mine: true })).toHaveLength(13);
    expect(await idsOf({ reason: 'NEED' })).toEqual([]);
  });

  it('belong to one organization', async () => {
    await fresh();
    const id = await screened(null);
    const partner = await careManager(hub, { organization: me.organization });
    const stranger = await careManager(hub);
    expect((await of(id, partner)).screeningDue).not.toBeNull();
    expect((await stranger.gql(LIST)).screeningsDue.edges).toEqual([]);
    await act('recordLifeEvent', { patientId: id, kind: 'OTHER', onDay: day(1) });
    const [event] = (await of(id)).lifeEvents;
    const inputs = [
      ['snoozeScreening', { patientId: id, reason: 'OTHER', until: day(-5) }],
      ['resumeScreening', { patientId: id }],
      ['recordLifeEvent', { patientId: id, kind: 'OTHER', onDay: day(1) }],
      ['withdrawLifeEvent', { id: event.id }],
    ] as const;
    const agency = await agencyStaff(hub);
    for (const [name, input] of inputs) {
      expect([name, await stranger.codes(mutation(name), { input })]).toEqual([name, ['NOT_FOUND']]);
      expect([name, await agency.codes(mutation(name), { input })]).toEqual([name, ['FORBIDDEN']]);
    }
  });
});

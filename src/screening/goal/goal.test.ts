import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, type Actor } from '../../../test/actors.js';
import { need, patient } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { countStatements } from '../../platform/database/statements.js';

const GOAL =
  'goal { id description descriptionSnomed measureLoinc measureDetail targetOn lifecycle achievement achievementOn version need { id } category { code } } userErrors { code field }';
const SET = `mutation ($input: SetGoalInput!) { setGoal(input: $input) { ${GOAL} } }`;
const MOVE = `mutation ($input: MoveGoalInput!) { moveGoal(input: $input) { ${GOAL} } }`;
const START = `mutation ($input: StartScreeningInput!) { startScreening(input: $input) { screening { id } } }`;
const ANSWER = `mutation ($input: AnswerScreeningInput!) { answerScreening(input: $input) { userErrors { code } } }`;
const DONE = `mutation ($input: CompleteScreeningInput!) { completeScreening(input: $input) { screening {
  comparison { previous { id } changes { change label before now sensitive } }
  needs { id status icd10cm snomed agreedBy confirmedBy { id } evidence { linkId loinc codes answer } } } } }`;
const CONFIRM = `mutation ($input: ConfirmNeedInput!) { confirmNeed(input: $input) { need { status agreedBy confirmedBy { id } } } }`;

const FOOD = '/88122-7';

describe('goals, and what a screening leads to', () => {
  let hub: TestHub;
  let me: Actor;
  let mine: string;
  const own = (actor: Actor) => ({ organizationId: actor.organization.id });
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
  });
  afterAll(() => hub.stop());
  const fresh = async () => {
    me = await careManager(hub);
    mine = await patient(hub, own(me));
  };
  const screen = async (...answers: object[]) => {
    const started = await me.gql(START, { input: { patientId: mine, instrumentKey: 'ahc-hrsn' } });
    const { id } = started.startScreening.screening as { id: string };
    await me.gql(ANSWER, { input: { id, answers } });
    return { id, ...(await me.gql(DONE, { input: { id } })).completeScreening.screening };
  };

  it('are set about a confirmed need, with the guide’s codes, and move as FHIR says', async () => {
    await fresh();
    const open = await need(hub, own(me), mine);
    const input = {
      needId: open,
      description: ' Enough to eat every day ',
      targetOn: '2026-09-01',
      idempotencyKey: 'goal-key-1',
    };
    const { goal } = (await me.gql(SET, { input })).setGoal;
    expect(goal).toMatchObject({
      description: 'Enough to eat every day',
      descriptionSnomed: '1078229009',
      measureLoinc: '88124-3',
      measureDetail: 'LA19983-8',
      lifecycle: 'ACTIVE',
      achievement: 'IN_PROGRESS',
      need: { id: open },
      category: { code: 'food-insecurity' },
    });
    expect((await me.gql(SET, { input })).setGoal.goal.id).toBe(goal.id);
    const before = goal.achievementOn;
    hub.clock.advance({ minutes: 5 });
    const move = async (lifecycle: string, achievement: string, expectedVersion: number) =>
      (await me.gql(MOVE, { input: { id: goal.id, lifecycle, achievement, expectedVersion } })).moveGoal;
    const held = await move('ON_HOLD', 'IN_PROGRESS', 1);
    expect(held.goal).toMatchObject({ lifecycle: 'ON_HOLD', achievementOn: before, version: 2 });
    expect(await me.codes(MOVE, { input: { id: goal.id, lifecycle: 'ACTIVE', achievement: 'IMPROVING', expectedVersion: 1 } })).toEqual(['CONFLICT']); // prettier-ignore
    const done = await move('COMPLETED', 'ACHIEVED', 2);
    expect(done.goal.achievementOn).toBe(hub.clock.now().toISOString());
    expect((await move('ACTIVE', 'WORSENING', 3)).userErrors).toEqual([{ code: 'GOAL_NOT_THERE', field: 'lifecycle' }]);
  });

  it('are not set about what is only possible, nor by strangers, and are read in few statements', async () => {
    await fresh();
    const possible = await need(hub, own(me), mine, { status: 'POSSIBLE' });
    const confirmed = await need(hub, own(me), mine, { category: 'stress' });
    const set = async (input: object) =>
      (await me.gql(SET, { input: { description: 'x', ...input } })).setGoal.userErrors;
    expect(await set({ needId: possible })).toEqual([{ code: 'NEED_NOT_CONFIRMED', field: 'needId' }]);
    expect(await set({ needId: confirmed, description: ' ' })).toMatchObject([{ code: 'MISSING' }]);
    expect(await set({ needId: confirmed, targetOn: '2026-06-14' })).toMatchObject([{ code: 'DAY_PASSED' }]);
    const input = { needId: confirmed, description: 'Sleep through the night' };
    const stranger = await careManager(hub);
    expect(await stranger.codes(SET, { input })).toEqual(['NOT_FOUND']);
    expect(await (await agencyStaff(hub)).codes(SET, { input })).toEqual(['FORBIDDEN']);
    const { goal } = (await me.gql(SET, { input })).setGoal;
    const move = { id: goal.id, lifecycle: 'CANCELLED', achievement: 'NOT_ATTAINABLE', expectedVersion: 1 };
    expect(await stranger.codes(MOVE, { input: move })).toEqual(['NOT_FOUND']);
    for (let i = 0; i < 10; i += 1) await patient(hub, own(me));
    const page = (fields: string) =>
      countStatements(hub.orm, () => me.gql(`{ patients(first: 20) { edges { node { id ${fields} } } } }`));
    expect((await page('goals { id need { label } }')) - (await page(''))).toBeLessThanOrEqual(3);
  });

  it('needs keep where they come from, who agreed and who confirmed them', async () => {
    await fresh();
    const { needs } = await screen({ linkId: FOOD, codes: ['LA28397-0'] });
    expect(needs).toMatchObject([
      {
        status: 'POSSIBLE',
        agreedBy: null,
        confirmedBy: null,
        icd10cm: 'Z59.41',
        snomed: '733423003',
        evidence: [{ linkId: FOOD, loinc: '88122-7', codes: ['LA28397-0'], answer: 'Often true' }],
      },
    ]);
    const input = { id: needs[0].id, wantsHelp: true, agreedBy: 'RELATED_PERSON' };
    const { need: confirmed } = (await me.gql(CONFIRM, { input })).confirmNeed;
    expect(confirmed).toEqual({ status: 'CONFIRMED', agreedBy: 'RELATED_PERSON', confirmedBy: { id: me.user.id } });
  });

  it('a screening says what changed since the last one of the same form', async () => {
    await fresh();
    const first = await screen({ linkId: FOOD, codes: ['LA28397-0'] }, { linkId: '/93030-5', codes: ['LA33-6'] });
    expect(first.comparison).toBeNull();
    hub.clock.advance({ days: 30 });
    const second = await screen({ linkId: FOOD, codes: ['LA28398-8'] }, { linkId: '/96779-4', codes: ['LA33-6'] });
    expect(second.comparison).toEqual({
      previous: { id: first.id },
      changes: [
        { change: 'FIRST_ASKED', label: 'Utilities', before: null, now: 'Yes', sensitive: false },
        { change: 'GONE', label: 'Food', before: 'Often true', now: null, sensitive: false },
        { change: 'NOT_ASKED', label: 'Transportation', before: 'Yes', now: null, sensitive: false },
      ],
    });
    const stranger = await careManager(hub);
    expect(await stranger.codes(`{ screening(id: "${second.id}") { comparison { previous { id } } } }`)).toEqual([
      'NOT_FOUND',
    ]);
  });
});

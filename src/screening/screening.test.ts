import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, carePrivacyOfficer, type Actor } from '../../test/actors.js';
import { need, patient, screening as screeningRow } from '../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { countStatements } from '../platform/database/statements.js';
import { loadInstruments } from './instruments.js';

const INSTRUMENTS = `{ instruments { key version title english: title(locale: "en") spanish: title(locale: "es") minutes panelLoinc translationStatus(locale: "es")
  sections { key title optional items { linkId loinc text(locale: "es") kind sensitive answers { code text exclusive } } } notices } }`;
const START = `mutation ($input: StartScreeningInput!) { startScreening(input: $input) { screening {
  id status language answeredBy startedBy { id } instrument { key version } progress { answered declined notAsked remaining } version patient { id }
  } userErrors { code field } } }`;
const ANSWER = `mutation ($input: AnswerScreeningInput!) { answerScreening(input: $input) { screening {
  id progress { answered declined notAsked remaining } answers { linkId codes number text absent absentText }
  } userErrors { code field message } } }`;
const COMPLETE = `mutation ($input: CompleteScreeningInput!) { completeScreening(input: $input) { screening {
  id status completedAt version progress { answered declined notAsked remaining }
  scores { loinc name value code words positive complete }
  needs { id status label category { code } sensitivity evidence { question answer } icd10cm screening { id } wantsHelp version }
  answers { linkId absent absentText } } userErrors { code field } } }`;
const READ = `query ($id: ID!) { screening(id: $id) { id status } }`;

const FOOD = '/88122-7';
const OFTEN = 'LA28397-0';
const NEVER = 'LA28398-8';

interface Form {
  key: string;
  sections: { items: { linkId: string; kind: string; sensitive: boolean; answers: { code: string }[] }[] }[];
}

describe('screenings', () => {
  let hub: TestHub;
  let me: Actor;
  let mine: string;
  const own = (actor: Actor) => ({ organizationId: actor.organization.id });
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
  });
  afterAll(() => hub.stop());
  const fresh = async (columns: object = {}) => {
    me = await careManager(hub);
    mine = await patient(hub, own(me), { ...columns });
  };
  const start = async (input: object = {}) =>
    (await me.gql(START, { input: { patientId: mine, instrumentKey: 'ahc-hrsn', ...input } })).startScreening;
  const answer = async (id: string, ...answers: object[]) =>
    (await me.gql(ANSWER, { input: { id, answers } })).answerScreening;
  const complete = async (id: string) => (await me.gql(COMPLETE, { input: { id } })).completeScreening.screening;
  const form = async (key = 'ahc-hrsn'): Promise<Form> => {
    const { instruments } = await me.gql<{ instruments: Form[] }>(INSTRUMENTS);
    return instruments.find((one) => one.key === key)!;
  };
  const items = async (key?: string) => (await form(key)).sections.flatMap((section) => section.items);
  /** Answers to the four questions about safety that add up to this score. */
  const safety = async (code: string) =>
    (await items()).filter((item) => item.sensitive).map(({ linkId }) => ({ linkId, codes: [code] }));

  it('are asked with forms that come with the hub, in English and Spanish', async () => {
    await fresh();
    const { instruments } = await me.gql(INSTRUMENTS);
    expect(instruments.map((one: { key: string }) => one.key)).toEqual([
      'ahc-hrsn',
      'ahc-hrsn-full',
      'hub-caregiver-strain',
      'hunger-vital-sign',
      'prapare',
    ]);
    const [core] = instruments;
    expect(core).toMatchObject({ panelLoinc: '96777-8', minutes: 5, translationStatus: 'unofficial' });
    expect(core.spanish).not.toBe(core.english);
    const food = (await items()).find((item) => item.linkId === FOOD);
    expect(food).toMatchObject({ kind: 'CHOICE', sensitive: false });
    expect((await items()).filter((item) => item.sensitive)).toHaveLength(4);
    await loadInstruments(hub.platform); // Loading again changes nothing.
    expect(await hub.sql('select count(*)::int as n from hub.instrument')).toEqual([{ n: 5 }]);
  });

  it('begin in the patient’s language, and go on where they were left', async () => {
    await fresh({ language: 'es' });
    const { screening } = await start();
    expect(screening).toMatchObject({
      status: 'IN_PROGRESS',
      language: 'es',
      answeredBy: 'PATIENT',
      startedBy: { id: me.user.id },
      patient: { id: mine },
      progress: { answered: 0, declined: 0, notAsked: 0, remaining: (await items()).length },
    });
    expect((await start()).screening.id).toBe(screening.id);
    const both = await Promise.all([start({ instrumentKey: 'prapare' }), start({ instrumentKey: 'prapare' })]);
    expect(both[0].screening.id).toBe(both[1].screening.id);
    expect((await start({ instrumentKey: 'nothing' })).userErrors).toEqual([
      { code: 'UNKNOWN_INSTRUMENT', field: 'instrumentKey' },
    ]);
    expect((await start({ language: 'tlh' })).userErrors).toEqual([
      { code: 'NOT_IN_THIS_LANGUAGE', field: 'language' },
    ]);
  });

  it('keep each answer when it is given, and let it be changed', async () => {
    await fresh();
    const { id } = (await start()).screening;
    const total = (await items()).length;
    const first = await answer(id, { linkId: FOOD, codes: [OFTEN] }, { linkId: '/88123-5', absent: 'ASKED_DECLINED' });
    expect(first.screening.progress).toEqual({ answered: 1, declined: 1, notAsked: 0, remaining: total - 2 });
    const second = await answer(id, { linkId: FOOD, absent: 'NOT_ASKED', absentText: 'Interpreter left' });
    expect(second.screening.answers).toEqual([
      { linkId: FOOD, codes: [], number: null, text: null, absent: 'NOT_ASKED', absentText: 'Interpreter left' },
      { linkId: '/88123-5', codes: [], number: null, text: null, absent: 'ASKED_DECLINED', absentText: null },
    ]);
    expect(second.screening.progress).toEqual({ answered: 0, declined: 1, notAsked: 1, remaining: total - 2 });
  });

  it('keep nothing when one answer is wrong, and name each wrong one by its place', async () => {
    await fresh();
    const { id } = (await start()).screening;
    const wrong = await answer(
      id,
      { linkId: FOOD, codes: [OFTEN] },
      { linkId: '/0-0', codes: [OFTEN] },
      { linkId: '/96778-6', codes: ['LA31996-4', 'LA9-3'] },
      { linkId: '/88123-5', codes: ['LA33-6'] },
      { linkId: '/71802-3', absent: 'NOT_ASKED' },
      { linkId: FOOD, codes: [NEVER] },
    );
    expect(wrong.screening).toBeNull();
    expect(wrong.userErrors.map((error: { field: string; code: string }) => `${error.field} ${error.code}`)).toEqual([
      'answers[1].linkId UNKNOWN_QUESTION',
      'answers[2].codes STANDS_ALONE',
      'answers[3].codes CHOOSE_ONE',
      'answers[4].absentText ABSENT_TEXT_REQUIRED',
      'answers[5].linkId ANSWERED_TWICE',
    ]);
    expect(await hub.sql('select 1 from hub.screening_answer where screening_id = $1', [id])).toEqual([]);
    expect(await me.codes(ANSWER, { input: { id, answers: [] } })).toEqual(['BAD_USER_INPUT']);
  });

  it('end with scores, with what was not answered said so, and with possible needs that show their evidence', async () => {
    await fresh();
    const { id } = (await start()).screening;
    await answer(
      id,
      { linkId: FOOD, codes: [OFTEN] },
      { linkId: '/88123-5', codes: [NEVER] },
      ...(await safety('LA10082-8')),
    );
    const done = await complete(id);
    expect(done).toMatchObject({ status: 'COMPLETED', completedAt: hub.clock.now().toISOString() });
    expect(done.progress.remaining).toBe(0);
    expect(done.answers.filter((one: { absent: string }) => one.absent === 'NOT_ASKED').length).toBe(
      done.progress.notAsked,
    );
    expect(done.answers.find((one: { absent: string }) => one.absent)).toMatchObject({ absentText: 'Not answered' });
    const score = done.scores.find((one: { loinc: string }) => one.loinc === '95614-4');
    expect(score).toMatchObject({ value: 12, positive: true, complete: true });
    const byCategory = new Map(done.needs.map((one: { category: { code: string } }) => [one.category.code, one]));
    expect(byCategory.get('food-insecurity')).toMatchObject({
      status: 'POSSIBLE',
      wantsHelp: null,
      sensitivity: 'NONE',
      icd10cm: 'Z59.41',
      screening: { id },
      evidence: [{ question: expect.stringContaining('food would run out'), answer: 'Often true' }],
    });
    const sensitive = done.needs.filter(
      (one: { sensitivity: string }) => one.sensitivity === 'INTIMATE_PARTNER_VIOLENCE',
    );
    expect(sensitive).toHaveLength(1);
  });

  it('are completed once, however often', async () => {
    await fresh();
    const { id } = (await start()).screening;
    await answer(id, { linkId: FOOD, codes: [OFTEN] });
    const [one, two] = await Promise.all([complete(id), complete(id)]);
    hub.clock.advance({ minutes: 1 });
    const three = await complete(id);
    expect(one.completedAt).toBe(three.completedAt);
    expect(two.version).toBe(one.version);
    expect(three.needs).toHaveLength(1);
    expect(await hub.sql(`select count(*)::int as n from hub.need where patient_id = $1`, [mine])).toEqual([{ n: 1 }]);
    const late = await answer(id, { linkId: FOOD, codes: [NEVER] });
    expect(late.userErrors).toMatchObject([{ code: 'SCREENING_CLOSED' }]);
  });

  it('do not double a need that is open: it is shown the new evidence; one that ended comes back as possible', async () => {
    await fresh();
    const open = await need(hub, own(me), mine, { category: 'food-insecurity', status: 'CONFIRMED' });
    await need(hub, own(me), mine, { category: 'transportation-insecurity', status: 'MET' });
    const { id } = (await start()).screening;
    await answer(id, { linkId: FOOD, codes: [OFTEN] }, { linkId: '/93030-5', codes: ['LA33-6'] });
    const { needs } = await complete(id);
    const food = needs.find((one: { category: { code: string } }) => one.category.code === 'food-insecurity');
    expect(food).toMatchObject({ id: open, status: 'CONFIRMED', evidence: [{ answer: 'Often true' }], version: 2 });
    const ride = needs.find((one: { category: { code: string } }) => one.category.code === 'transportation-insecurity');
    expect(ride).toMatchObject({ status: 'POSSIBLE' });
    expect(needs).toHaveLength(2);
  });

  it('speak Spanish to a page that does', async () => {
    await fresh();
    const { id } = (await start()).screening;
    await answer(id, { linkId: FOOD, codes: [OFTEN] });
    await complete(id);
    const response = await fetch(`${await hub.url()}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${me.token}`,
        'accept-language': 'es',
      },
      body: JSON.stringify({
        query: `{ screening(id: "${id}") { instrument { title } needs { evidence { answer } } } }`,
      }),
    });
    const { data } = (await response.json()) as { data: { screening: { instrument: { title: string } } } };
    expect(data.screening.instrument.title).toContain('necesidades');
    expect(JSON.stringify(data.screening)).toContain('A menudo');
  });

  it('belong to one organization', async () => {
    await fresh();
    const { id } = (await start()).screening;
    const partner = await careManager(hub, { organization: me.organization });
    const stranger = await careManager(hub);
    expect((await partner.gql(READ, { id })).screening.id).toBe(id);
    const answers = [{ linkId: FOOD, codes: [NEVER] }];
    expect(await partner.codes(ANSWER, { input: { id, answers } })).toEqual([]);
    for (const codes of [
      await stranger.codes(READ, { id }),
      await stranger.codes(ANSWER, { input: { id, answers } }),
      await stranger.codes(COMPLETE, { input: { id } }),
      await stranger.codes(START, { input: { patientId: mine, instrumentKey: 'prapare' } }),
    ]) {
      expect(codes).toEqual(['NOT_FOUND']);
    }
    for (const outsider of [await agencyStaff(hub), await carePrivacyOfficer(hub, { organization: me.organization })]) {
      expect(await outsider.codes(READ, { id })).toEqual(['FORBIDDEN']);
    }
  });

  it('of many patients are read with their answers and needs in a few statements', async () => {
    await fresh();
    for (let i = 0; i < 10; i += 1) {
      const id = await patient(hub, own(me));
      const asked = await screeningRow(hub, own(me), id);
      await screeningRow(hub, own(me), id, { started_at: '2025-01-01', completed_at: '2025-01-01' });
      await need(hub, own(me), id, { screening_id: asked });
    }
    const page = (fields: string) => me.gql(`{ patients(first: 20) { edges { node { id ${fields} } } } }`);
    const bare = await countStatements(hub.orm, () => page(''));
    const full = await countStatements(hub.orm, () =>
      page(`needs(first: 5) { edges { node { label screening { id startedBy { name } } patient { id } } } }
        screenings(first: 1) { edges { node { progress { answered } needs { label } startedBy { name } patient { id } } } pageInfo { hasNextPage } }`),
    );
    // needs, screenings, one screening by id, answers, needs of screenings, colleagues, patients by id
    expect(full - bare).toBeLessThanOrEqual(8);
    const { patients } = await page('screenings(first: 1) { edges { cursor node { id } } pageInfo { hasNextPage } }');
    expect(
      patients.edges.filter(
        (edge: { node: { screenings: { pageInfo: { hasNextPage: boolean } } } }) =>
          edge.node.screenings.pageInfo.hasNextPage,
      ),
    ).toHaveLength(10);
  });
});

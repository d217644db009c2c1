import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager, curator, operator, type Actor } from '../../../test/actors.js';
import { patient } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { readQuestionnaire } from '../fhir/questionnaire-in.js';
import type { Questionnaire as FhirQuestionnaire } from '../fhir/questionnaire.js';
import { questionnaireOf } from '../fhir/questionnaire-out.js';
import { seededInstruments } from '../instrument-file.js';
import { loadInstruments } from '../instruments.js';

const UPLOAD = `mutation ($input: UploadInstrumentInput!) { uploadInstrument(input: $input) {
  instrument { key version title } leftOut { linkId why } userErrors { code message field } } }`;
const USE = `mutation ($input: UseInstrumentInput!) { useInstrument(input: $input) {
  versions { key version active uploaded uploadedBy { id } title } userErrors { code } } }`;
const FORMS = '{ instruments { key version } }';
const START = `mutation ($input: StartScreeningInput!) { startScreening(input: $input) { screening { id instrument { key version } } userErrors { code } } }`;
const ANSWER = `mutation ($input: AnswerScreeningInput!) { answerScreening(input: $input) { screening { id asked } userErrors { code field } } }`;
const COMPLETE = `mutation ($input: CompleteScreeningInput!) { completeScreening(input: $input) {
  screening { scores { value words } instrument { version } } userErrors { code } } }`;

const form = structuredClone(seededInstruments().find(({ key }) => key === 'hub-caregiver-strain')!);

describe('forms', () => {
  let hub: TestHub;
  let desk: Actor;
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z' });
    desk = await curator(hub);
  });
  afterAll(() => hub.stop());
  const upload = async (file: unknown, more: object = {}) =>
    (await desk.gql(UPLOAD, { input: { text: typeof file === 'string' ? file : JSON.stringify(file), ...more } }))
      .uploadInstrument;
  const use = async (key: string, version: string | null) =>
    (await desk.gql(USE, { input: { key, version } })).useInstrument;
  const versions = async () =>
    (await desk.gql('{ instrumentVersions { key version active } }')).instrumentVersions as { key: string; version: string; active: boolean }[]; // prettier-ignore

  it('leave and come back as files of both kinds', async () => {
    const asked = `{ instrument(key: "prapare", version: "1.0.0") { json questionnaire } }`;
    const { instrument } = await desk.gql(asked);
    const shipped = seededInstruments().find(({ key }) => key === 'prapare')!;
    expect(JSON.parse(instrument.json)).toEqual(shipped);
    expect(readQuestionnaire(JSON.parse(instrument.questionnaire) as FhirQuestionnaire).form).toEqual(shipped);
    const mine = { ...questionnaireOf({ ...shipped, key: 'mine', version: '2.1.0' }) };
    expect(await upload(mine)).toMatchObject({ instrument: { key: 'mine', version: '2.1.0' }, userErrors: [] });
    expect(await desk.codes('{ instrument(key: "no", version: "1.0.0") { key } }')).toEqual(['NOT_FOUND']);
  });

  it('are named fault by fault, and nothing of a faulty one is kept', async () => {
    expect((await upload('{')).userErrors).toMatchObject([{ code: 'NOT_JSON', field: 'text' }]);
    const { icd10cm: _, ...need } = form.needs['caregiver-strain']!;
    const faulty = { ...form, key: 'faulty', needs: { ...form.needs, 'caregiver-strain': { ...need, icd10cm: 'Z59.4' } }, colour: 'red' }; // prettier-ignore
    expect((await upload(faulty)).userErrors.map((one: { message: string }) => one.message)).toEqual([
      'colour: is not a known field',
      'needs.caregiver-strain.icd10cm: "Z59.4" is not a billable ICD-10-CM code of a social need',
    ]);
    for (const item of [7, { linkId: 1 }, [{ type: 'choice', answerOption: 3 }], [null]]) {
      const { instrument, userErrors } = await upload({ resourceType: 'Questionnaire', name: 'Odd', item });
      expect([instrument, userErrors.length > 0]).toEqual([null, true]);
    }
    expect((await versions()).map(({ key }) => key)).not.toContain('faulty');
  });

  it('of others are taken with a loss only when that was said to be all right', async () => {
    const file = {
      resourceType: 'Questionnaire', name: 'TeaForm', title: 'Tea', status: 'active',
      item: [{ linkId: '1', type: 'boolean', text: 'Tea?' }, { linkId: '2', type: 'date', text: 'Since?' }],
    }; // prettier-ignore
    expect(await upload(file)).toMatchObject({ instrument: null, leftOut: [{ linkId: '2' }], userErrors: [] });
    expect((await versions()).map(({ key }) => key)).not.toContain('tea-form');
    expect(await upload(file, { acceptLeft: true })).toMatchObject({ instrument: { key: 'tea-form', title: 'Tea' }, leftOut: [{ linkId: '2' }] }); // prettier-ignore
  });

  it('keep an answer in the version it was asked with, for ever', async () => {
    const me = await careManager(hub);
    const mine = await patient(hub, { organizationId: me.organization.id });
    const begin = async () =>
      (await me.gql(START, { input: { patientId: mine, instrumentKey: form.key } })).startScreening.screening;
    const { id, instrument } = await begin();
    expect(instrument.version).toBe('1.0.0');
    const next = structuredClone(form);
    next.version = '1.1.0';
    const [score] = next.scores;
    if (score?.rule === 'sum') score.atLeast = 1;
    expect((await upload(next)).userErrors).toEqual([]);
    expect((await me.gql(FORMS)).instruments).toContainEqual({ key: form.key, version: '1.1.0' });
    const answers = [
      { linkId: '/cares', codes: ['yes'] },
      ...['/rest', '/body', '/time', '/plans', '/money', '/mood', '/alone'].map((linkId) => ({
        linkId,
        codes: ['never'],
      })),
    ];
    answers[1] = { linkId: '/rest', codes: ['often'] };
    const { asked } = (await me.gql(ANSWER, { input: { id, answers } })).answerScreening.screening;
    expect(asked).toHaveLength(9);
    const done = (await me.gql(COMPLETE, { input: { id } })).completeScreening.screening;
    expect(done).toMatchObject({
      instrument: { version: '1.0.0' },
      scores: [{ value: 2, words: '2 (a need from 7)' }],
    });
    expect((await begin()).instrument.version).toBe('1.1.0');
    expect((await upload(next)).userErrors).toMatchObject([{ code: 'VERSION_NOT_HIGHER' }]);
    expect((await upload({ ...next, version: '1.0.9' })).userErrors).toMatchObject([{ code: 'VERSION_NOT_HIGHER' }]);
  });

  it('stay in and out of use as a steward said, when the hub starts again', async () => {
    expect((await use('hunger-vital-sign', null)).userErrors).toEqual([]);
    expect((await use('prapare', '9.9.9')).userErrors).toMatchObject([{ code: 'UNKNOWN_INSTRUMENT' }]);
    await loadInstruments(hub.platform);
    const after = await versions();
    expect(after.find(({ key }) => key === 'hunger-vital-sign')).toMatchObject({ active: false });
    expect(after.find(({ key }) => key === 'prapare')).toMatchObject({ active: true });
    expect(after.filter(({ key, active }) => key === form.key && active)).toMatchObject([{ version: '1.1.0' }]);
    const back = await use('hunger-vital-sign', '1.0.0');
    expect(back.versions).toContainEqual({ key: 'hunger-vital-sign', version: '1.0.0', active: true, uploaded: false, uploadedBy: null, title: 'Hunger Vital Sign' }); // prettier-ignore
  });

  it('are kept by curators and operators, and by nobody else: not even past the API', async () => {
    const me = await careManager(hub);
    const text = JSON.stringify({ ...form, key: 'stranger' });
    expect(await me.codes(UPLOAD, { input: { text } })).toEqual(['FORBIDDEN']);
    expect(await me.codes('{ instrumentVersions { key } }')).toEqual(['FORBIDDEN']);
    expect(await (await operator(hub)).codes(UPLOAD, { input: { text } })).toEqual([]);
    await hub.sql('begin');
    await hub.sql(`set local role hub_app`);
    await hub.sql(`select set_config('hub.org_id', $1, true)`, [me.organization.id]);
    await expect(hub.sql(`select hub.use_instrument('prapare', null)`)).rejects.toMatchObject({ code: '42501' });
    await hub.sql('rollback');
  });

  it('are FHIR Questionnaires for software that asks', async () => {
    const me = await careManager(hub);
    const get = async (path: string, token?: string) => {
      const response = await fetch(`${await hub.url()}/fhir/${path}`, {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      });
      return { status: response.status, type: response.headers.get('content-type'), body: await response.json() };
    };
    const { status, type, body } = await get('Questionnaire/ahc-hrsn-1.0.0', me.token);
    expect([status, type]).toEqual([200, 'application/fhir+json; charset=utf-8']);
    expect(body).toMatchObject({ resourceType: 'Questionnaire', code: [{ code: '96777-8' }] });
    const all = (await get('Questionnaire', me.token)).body as { total: number };
    expect(all.total).toBeGreaterThanOrEqual(5);
    const url = encodeURIComponent('urn:community-referral-hub:Questionnaire:prapare');
    expect((await get(`Questionnaire?url=${url}`, me.token)).body).toMatchObject({ total: 1 });
    expect(await get('Questionnaire/none-1.0.0', me.token)).toMatchObject({ status: 404, body: { resourceType: 'OperationOutcome' } }); // prettier-ignore
    expect(await get('Questionnaire')).toMatchObject({ status: 401, body: { issue: [{ code: 'login' }] } });
  });
});

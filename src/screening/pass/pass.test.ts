import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, visitor, type Actor, type Visitor } from '../../../test/actors.js';
import { browser } from '../../../test/browser.js';
import { patient } from '../../../test/caseload-factories.js';
import { membership, user } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { hashPassword } from '../../identity/account/password.js';

const START = `mutation ($input: StartScreeningInput!) { startScreening(input: $input) { screening { id } userErrors { code } } }`;
const LINK = `mutation ($input: SendScreeningLinkInput!) { sendScreeningLink(input: $input) { link pass { id sentBy expiresAt } userErrors { code field } } }`;
const HAND_OVER = `mutation ($input: HandOverScreeningInput!) { handOverScreening(input: $input) { token userErrors { code } } }`;
const REVOKE = `mutation ($input: RevokeScreeningPassInput!) { revokeScreeningPass(input: $input) { screening { id passes { id revokedAt endedAt } } userErrors { code } } }`;
const SHEET_FIELDS = `state kind askedBy language languages minutes done required items { linkId text(locale: "en") kind sensitive answers { code } }`;
const SHEET = `query ($token: String!) { questionSheet(token: $token) { ${SHEET_FIELDS} } }`;
const OPEN = `mutation ($input: OpenSheetInput!) { openSheet(input: $input) { sheet { ${SHEET_FIELDS} } userErrors { code field } } }`;
const ANSWER = `mutation ($input: AnswerSheetInput!) { answerSheet(input: $input) { sheet { ${SHEET_FIELDS} } userErrors { code field } } }`;
const FINISH = `mutation ($input: FinishSheetInput!) { finishSheet(input: $input) { sheet { ${SHEET_FIELDS} } userErrors { code field } } }`;
const BACK = `mutation ($input: TakeBackDeviceInput!) { takeBackDevice(input: $input) { screeningId userErrors { code field } } }`;
const READ = `query ($id: ID!) { screening(id: $id) { status completedVia answers { linkId codes via recordedBy { id } } passes { id kind revokedAt endedAt openedAt } needs { label } } }`;
const CARE_ANSWER = `mutation ($input: AnswerScreeningInput!) { answerScreening(input: $input) { screening { id } userErrors { code } } }`;

const FOOD = '/88122-7';
const HITS = '/95618-5';

describe('a patient who answers alone', () => {
  let hub: TestHub;
  let me: Actor;
  let mine: string;
  let stranger: Visitor;
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-15T14:00:00Z', env: { TRUST_PROXY: 'loopback' } });
  });
  afterAll(() => hub.stop());
  beforeEach(async () => {
    me = await careManager(hub);
    stranger = await anonymous(hub);
    mine = await patient(hub, { organizationId: me.organization.id }, { contact_method: 'EMAIL', email: `p${Math.random()}@example.org`, phone: '+14105550142', language: 'es' }); // prettier-ignore
  });
  const start = async (instrumentKey = 'ahc-hrsn'): Promise<string> =>
    (await me.gql(START, { input: { patientId: mine, instrumentKey } })).startScreening.screening.id as string;
  const link = async (screeningId: string, more: object = {}) => {
    const done = (await me.gql(LINK, { input: { screeningId, ...more } })).sendScreeningLink;
    return { ...done, token: /#token=(\S+)/.exec(done.link ?? '')?.[1] ?? '' } as { token: string; link: string; pass: { id: string }; userErrors: object[] }; // prettier-ignore
  };
  const sheet = async (token: string) => (await stranger.gql(SHEET, { token })).questionSheet;
  const answer = async (token: string, ...answers: object[]) =>
    (await stranger.gql(ANSWER, { input: { token, answers } })).answerSheet;
  const read = async (id: string) => (await me.gql(READ, { id })).screening;

  it('is asked by a link that tells nobody whose questions they are, and never what was answered', async () => {
    const id = await start();
    const { token } = await link(id);
    const open = await sheet(token);
    expect(open).toMatchObject({ state: 'OPEN', kind: 'LINK', askedBy: me.organization.name, language: 'es', languages: ['en', 'es'], done: [] }); // prettier-ignore
    expect(open.items).toHaveLength(10);
    const after = await answer(token, { linkId: FOOD, codes: ['LA28397-0'] }, { linkId: HITS, codes: ['LA6482-9'] });
    expect(after.sheet.done).toEqual([FOOD, HITS]);
    const [row] = await hub.sql<{ given_name: string; email: string; birth_date: string }>('select given_name, email, birth_date::text from hub.patient where id = $1', [mine]); // prettier-ignore
    const told = JSON.stringify([await sheet(token), after]);
    for (const secret of [row!.given_name, row!.email, row!.birth_date, mine, id]) expect(told).not.toContain(secret);
    // The codes of all answers stand there, of the chosen ones nothing says which.
    expect(told).not.toMatch(/"codes"|chosen|absent/);
    expect((await read(id)).answers).toContainEqual({
      linkId: HITS,
      codes: ['LA6482-9'],
      via: 'LINK',
      recordedBy: null,
    });
  });

  it('ends it with a result that only the care team sees', async () => {
    const id = await start();
    const { token } = await link(id);
    await answer(token, { linkId: FOOD, codes: ['LA28397-0'] });
    const { sheet: done } = (await stranger.gql(FINISH, { input: { token } })).finishSheet;
    expect(done).toMatchObject({ state: 'FINISHED', items: [], done: [] });
    expect(await sheet(token)).toMatchObject({ state: 'FINISHED', items: [] });
    expect((await answer(token, { linkId: FOOD, codes: ['LA28398-8'] })).userErrors).toMatchObject([
      { code: 'LINK_ENDED' },
    ]);
    const kept = await read(id);
    expect(kept).toMatchObject({ status: 'COMPLETED', completedVia: 'LINK', needs: [{ label: 'Food' }] });
    expect(kept.passes).toMatchObject([{ kind: 'LINK', endedAt: hub.clock.now().toISOString() }]);
    const trace = await hub.sql('select action, via, actor_id, patient_id from hub.audit where org_id = $1 and via = $2 order by at, id', [me.organization.id, 'LINK']); // prettier-ignore
    expect(trace.map((one) => (one as { action: string }).action)).toEqual(['screening.answer', 'screening.complete']);
    expect(trace[0]).toMatchObject({ actor_id: null, patient_id: mine });
  });

  it('on two devices and with the care team at once loses no answer', async () => {
    const id = await start();
    const { token } = await link(id);
    const items = (await sheet(token)).items as { linkId: string; answers: { code: string }[] }[];
    await Promise.all(
      items.map(({ linkId, answers }, at) => {
        const one = { linkId, codes: [answers[0]!.code] };
        return at % 2 === 0 ? answer(token, one) : me.gql(CARE_ANSWER, { input: { id, answers: [one] } });
      }),
    );
    const { answers } = await read(id);
    expect(answers).toHaveLength(10);
    expect(new Set(answers.map((one: { via: string }) => one.via))).toEqual(new Set(['LINK', 'CARE_TEAM']));
    // The same question answered twice: the later one counts, the earlier one is put by with its hand.
    hub.clock.advance({ minutes: 1 });
    await answer(token, { linkId: FOOD, codes: ['LA28398-8'] });
    await answer(token, { linkId: FOOD, codes: ['LA28398-8'] });
    const past = await hub.sql('select link_id, answer_codes from hub.screening_answer_past where screening_id = $1', [
      id,
    ]);
    expect(past).toEqual([{ link_id: FOOD, answer_codes: ['LA28397-0'] }]);
  });

  it('is let in by no token that was made up, has run out, was called back or replaced', async () => {
    const id = await start();
    const first = await link(id);
    const second = await link(id);
    const third = await link(await start('prapare'));
    const altered = `${second.token.slice(0, -1)}${second.token.endsWith('A') ? 'B' : 'A'}`;
    for (const token of ['', 'x', altered, 'A'.repeat(43), first.token]) {
      expect([token, await stranger.codes(SHEET, { token })]).toEqual([token, ['NOT_FOUND']]);
    }
    expect(await stranger.codes(ANSWER, { input: { token: altered, answers: [{ linkId: FOOD, codes: ['LA28397-0'] }] } })).toEqual(['NOT_FOUND']); // prettier-ignore
    expect((await answer(first.token, { linkId: FOOD, codes: ['LA28397-0'] })).userErrors).toMatchObject([
      { code: 'LINK_ENDED' },
    ]);
    const outsider = await careManager(hub);
    expect(await outsider.codes(REVOKE, { input: { id: second.pass.id } })).toEqual(['NOT_FOUND']);
    expect(await (await agencyStaff(hub)).codes(REVOKE, { input: { id: second.pass.id } })).toEqual(['FORBIDDEN']);
    await me.gql(REVOKE, { input: { id: second.pass.id } });
    expect(await stranger.codes(SHEET, { token: second.token })).toEqual(['NOT_FOUND']);
    // A link to one screening writes into no other.
    await answer(third.token, { linkId: '/93042-0/93033-9', codes: ['LA33-6'] });
    expect((await read(id)).answers).toEqual([]);
    hub.clock.advance({ days: 8 });
    expect(await stranger.codes(SHEET, { token: third.token })).toEqual(['NOT_FOUND']);
    hub.clock.set('2026-06-15T14:00:00Z');
  });

  it('who guesses tokens is stopped', async () => {
    const guesser = await browser(hub, '203.0.113.77');
    const codes: string[] = [];
    for (let i = 0; i < 31; i += 1) codes.push(...(await guesser.gql(SHEET, { token: `guess-${i}` })).codes);
    expect(codes.slice(0, 30).every((code) => code === 'NOT_FOUND')).toBe(true);
    expect(codes[30]).toBe('RATE_LIMITED');
  });

  it('gives the birth date first where that was wished, and nobody may guess it', async () => {
    const id = await start();
    const { token } = await link(id, { checkBirthDate: true });
    expect(await sheet(token)).toMatchObject({ state: 'BIRTH_DATE', items: [], done: [] });
    const open = (birthDate: string) => stranger.gql(OPEN, { input: { token, birthDate } });
    const answers = [{ linkId: FOOD, codes: ['LA28397-0'] }];
    const without = await stranger.gql(ANSWER, { input: { token, answers } });
    expect(without.answerSheet.userErrors).toEqual([{ code: 'WRONG_BIRTH_DATE', field: 'birthDate' }]);
    for (let i = 0; i < 20; i += 1) expect((await open('1970-05-02')).openSheet.sheet.state).toBe('OPEN');
    const inside = await stranger.gql(ANSWER, { input: { token, birthDate: '1970-05-02', answers } });
    expect(inside.answerSheet.sheet.done).toEqual([FOOD]);
    for (let i = 10; i < 15; i += 1) {
      expect((await open(`1970-06-${i}`)).openSheet.userErrors).toEqual([
        { code: 'WRONG_BIRTH_DATE', field: 'birthDate' },
      ]);
    }
    const more = Array.from({ length: 8 }, (_, i) =>
      stranger.codes(OPEN, { input: { token, birthDate: `1970-07-${i + 10}` } }),
    );
    expect(new Set((await Promise.all(more)).flat())).toEqual(new Set(['RATE_LIMITED']));
    expect(await stranger.codes(OPEN, { input: { token, birthDate: '1970-05-02' } })).toEqual(['RATE_LIMITED']);
    hub.clock.advance({ hours: 2 });
    expect((await open('1970-05-02')).openSheet.sheet.state).toBe('OPEN');
    hub.clock.set('2026-06-15T14:00:00Z');
  });

  it('is written to only the way they chose, in words that name neither them nor what it is about', async () => {
    const id = await start();
    expect((await link(id, { sendBy: 'TEXT' })).userErrors).toMatchObject([{ code: 'NOT_THIS_WAY' }]);
    const sent = await link(id, { sendBy: 'EMAIL' });
    expect([sent.link, sent.userErrors]).toEqual([null, []]);
    await hub.runJobs();
    const [row] = await hub.sql<{ email: string; given_name: string; family_name: string }>('select * from hub.patient where id = $1', [mine]); // prettier-ignore
    const [letter] = hub.mail.to(row!.email);
    expect(letter).toMatchObject({ subject: `Un mensaje de ${me.organization.name}`, purpose: 'patient' });
    const token = /#token=(\S+)/.exec(letter!.text)?.[1] ?? '';
    expect(await sheet(token)).toMatchObject({ state: 'OPEN' });
    const words = `${letter!.subject} ${letter!.text.replace(/\S+#token=\S+/, '')}`;
    expect(words).not.toMatch(/screening|health|salud|food|violen|safety|needs|necesidad|AHC|PRAPARE/i);
    expect(words).not.toContain(row!.given_name);
    // Somebody who wants no contact any more gets no letter that waited.
    await link(id, { sendBy: 'EMAIL' });
    await hub.sql(`update hub.patient set contact_method = 'NONE' where id = $1`, [mine]);
    await hub.runJobs();
    expect(hub.mail.to(row!.email)).toHaveLength(1);
    expect((await link(id, { sendBy: 'EMAIL' })).userErrors).toMatchObject([{ code: 'NOT_THIS_WAY' }]);
    expect((await link(id, { days: 31 })).userErrors).toMatchObject([{ code: 'DAYS_OUT_OF_RANGE', field: 'days' }]);
  });

  it('on a device that was handed over has that one screening and nothing else, until the password is given', async () => {
    const password = 'three blue herons';
    const account = await user(hub, {
      email: `kiosk-${Math.random()}@example.org`,
      passwordHash: await hashPassword(password),
    });
    const member = await membership(hub, { user: account, organization: me.organization, roles: ['CARE_MANAGER'] });
    const id = await start();
    const device = await browser(hub, '203.0.113.9');
    await device.gql(`mutation ($input: SignInInput!) { signIn(input: $input) { step } }`, {
      input: { email: account.email, password },
    });
    const viewer = async () =>
      (await device.gql<{ viewer: { user: { id: string } } | null }>('{ viewer { user { id } } }')).data?.viewer ??
      null;
    expect(await viewer()).not.toBeNull();
    const copy = [...device.cookies.values()].join('') || 'none';
    const handed = await device.gql<{ handOverScreening: { token: string } }>(HAND_OVER, {
      input: { screeningId: id },
    });
    const token = handed.data!.handOverScreening.token;
    // The session is gone at the server: neither the device nor a copy of its cookie reads another patient.
    expect(await viewer()).toBeNull();
    expect((await device.gql('{ patients { edges { node { id } } } }')).codes).toEqual(['UNAUTHENTICATED']);
    expect(await (await visitor(hub, copy)).codes('{ patients { edges { node { id } } } }')).toEqual([
      'UNAUTHENTICATED',
    ]);
    expect(await sheet(token)).toMatchObject({ state: 'OPEN', kind: 'KIOSK' });
    expect((await answer(token, { linkId: HITS, codes: ['LA6482-9'] })).sheet.done).toEqual([HITS]);
    const back = async (word: string) =>
      (await device.gql<{ takeBackDevice: { screeningId: string | null; userErrors: object[] } }>(BACK, { input: { token, password: word } })).data!.takeBackDevice; // prettier-ignore
    expect((await back('wrong')).userErrors).toEqual([{ code: 'WRONG_PASSWORD', field: 'password' }]);
    expect(await viewer()).toBeNull();
    expect(await back(password)).toEqual({ screeningId: id, userErrors: [] });
    expect(await viewer()).toEqual({ user: { id: member.user.id } });
    // What was handed over is over.
    expect(await stranger.codes(SHEET, { token })).toEqual(['NOT_FOUND']);
    // A link is no device: its token opens nobody's session.
    const sent = await link(id);
    const answered = await stranger.gql(BACK, { input: { token: sent.token, password } });
    expect(answered.takeBackDevice).toEqual({
      screeningId: null,
      userErrors: [{ code: 'LINK_ENDED', field: 'token' }],
    });
  });
});

import { generateSync } from 'otplib/functional';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { browser, type Browser } from '../../../test/browser.js';
import { membership, user, type MembershipRow } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { hashPassword } from '../account/password.js';

const hub = await testHub({ env: { TRUST_PROXY: 'loopback', BASE_URL: 'http://hub.example.org' } });
afterAll(() => hub.stop());

const password = 'three blue herons';
const passwordHash = await hashPassword(password);
const viewer = '{ viewer { secondFactor authenticator secondFactorRequired user { id } } }';

let member: MembershipRow;
let here: Browser;
let secret: string;
let recoveryCodes: string[];
let address = 1;
beforeEach(async () => {
  hub.clock.advance({ minutes: 5 });
  member = await membership(hub, { kind: 'CARE', user: await user(hub, { passwordHash }) });
  here = await newBrowser();
  await signIn(here);
  ({ secret } = await start(here));
  recoveryCodes = (await finish(here, secret, codeOf(secret))).recoveryCodes;
  hub.clock.advance({ minutes: 1 });
  await hub.runJobs();
  hub.mail.letters.length = 0;
});

function newBrowser(): Promise<Browser> {
  address += 1;
  return browser(hub, `198.51.100.${address}`);
}
const codeOf = (of: string): string => generateSync({ secret: of, epoch: hub.clock.now().getTime() / 1000 });

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
async function act(from: Browser, name: string, input: object, fields: string): Promise<any> {
  const Name = name.charAt(0).toUpperCase() + name.slice(1);
  const document = `mutation($input: ${Name}Input!) { ${name}(input: $input) { ${fields} userErrors { code field } } }`;
  const { data, codes } = await from.gql(document, { input });
  return codes[0] ?? data[name];
}
const signIn = (from: Browser) => act(from, 'signIn', { email: member.user.email, password }, 'step');
const confirm = (from: Browser, code: string) => act(from, 'confirmTotp', { code }, 'step');
const start = (from: Browser, input: object = {}) => act(from, 'startTotp', input, 'secret uri');
const finish = (from: Browser, offered: string, code: string) =>
  act(from, 'finishTotp', { secret: offered, code }, 'recoveryCodes');
const turnOff = (from: Browser, input: object = {}) =>
  act(from, 'turnOffTotp', { password, code: codeOf(secret), ...input }, 'done');
const off = { done: true, userErrors: [] };
const refused = (code: string, field: string | null = null) => ({ userErrors: [{ code, field }] });

const entries = () =>
  hub.sql<{ outcome: string; detail: object }>(
    `select outcome, detail from hub.audit where org_id = $1 and actor_id = $2 and action = 'account.second-factor' order by id`,
    [member.organization.id, member.user.id],
  );
const letters = async () => {
  await hub.runJobs();
  return hub.mail.to(member.user.email);
};

describe('switching the second factor off', () => {
  test('takes password and code: from then on the password is enough, and nothing of the app is left', async () => {
    expect(await turnOff(here)).toEqual(off);
    expect((await here.gql(viewer)).data.viewer).toMatchObject({ secondFactor: false, authenticator: false });
    expect((await signIn(await newBrowser())).step).toBe('SIGNED_IN');
    const [row] = await hub.sql(
      `select totp_secret, totp_confirmed_at, (select count(*)::int from hub.recovery_code where user_id = u.id) as codes
         from hub.user_account u where id = $1`,
      [member.user.id],
    );
    expect(row).toEqual({ totp_secret: null, totp_confirmed_at: null, codes: 0 });
  });

  test('takes a recovery code as well, for a phone that is gone', async () => {
    expect(await turnOff(here, { code: recoveryCodes[2] })).toEqual(off);
  });

  test('is refused without the right password or a code that was not used, and each time audited', async () => {
    expect(await turnOff(here, { password: 'three blue herring' })).toMatchObject(
      refused('WRONG_PASSWORD', 'password'),
    );
    expect(await turnOff(here, { code: '000000' })).toMatchObject(refused('WRONG_CODE', 'code'));
    expect((await here.gql(viewer)).data.viewer.authenticator).toBe(true);
    expect((await entries()).slice(1)).toEqual([
      { outcome: 'REFUSED', detail: { by: 'password' } },
      { outcome: 'REFUSED', detail: { by: 'code' } },
    ]);
    const used = codeOf(secret);
    const other = await newBrowser();
    await signIn(other);
    await confirm(other, used);
    expect(await turnOff(here, { code: used })).toMatchObject(refused('WRONG_CODE', 'code'));
    expect(await letters()).toEqual([]);
  });

  test('does not tell whether a code is right to somebody without the password', async () => {
    const wrong = { password: 'three blue herring' };
    expect(await turnOff(here, wrong)).toEqual(await turnOff(here, { ...wrong, code: '000000' }));
    // Nor is the code used up by it.
    expect(await turnOff(here)).toEqual(off);
  });

  test('is limited like a sign-in', async () => {
    for (let times = 0; times < 10; times += 1) await turnOff(here, { password: 'wrong' });
    expect(await turnOff(here)).toBe('RATE_LIMITED');
    hub.clock.advance({ minutes: 17 });
    const again = await newBrowser();
    await signIn(again);
    await confirm(again, codeOf(secret));
    for (let times = 0; times < 30; times += 1) await turnOff(again, { code: '000000' });
    hub.clock.advance({ minutes: 1 });
    expect(await turnOff(again)).toBe('RATE_LIMITED');
  });

  test('ends the person’s other sessions, half-open ones too, keeps this one, and writes a letter', async () => {
    const [other, halfway] = [await newBrowser(), await newBrowser()];
    await signIn(other);
    await confirm(other, codeOf(secret));
    await signIn(halfway);
    hub.clock.advance({ minutes: 1 });
    await turnOff(here);
    expect((await other.gql(viewer)).data.viewer).toBeNull();
    expect((await confirm(halfway, codeOf(secret))).userErrors[0].code).toBe('START_OVER');
    expect((await here.gql(viewer)).data.viewer.user.id).toBe(member.user.id);
    const [row] = await hub.sql('select mfa from hub.session where user_id = $1', [member.user.id]);
    expect(row).toEqual({ mfa: false });
    expect((await entries()).at(-1)).toEqual({ outcome: 'ALLOWED', detail: { what: 'off' } });
    const [letter, ...more] = await letters();
    expect(more).toEqual([]);
    expect(letter?.subject).toBe('The second step at sign-in is off');
    expect(letter?.text).toContain(`Hello ${member.user.name},`);
    expect(letter?.text).toContain('http://hub.example.org/forgot-password');
    expect(letter?.text).not.toMatch(/[{}]/);
  });

  test('says so when there is none, and offers another secret afterwards', async () => {
    await turnOff(here);
    expect(await turnOff(here)).toMatchObject(refused('NO_SECOND_FACTOR'));
    const again = await start(here);
    expect(again.secret).not.toBe(secret);
    expect((await finish(here, secret, codeOf(secret))).userErrors[0].code).toBe('OFFER_ENDED');
    expect((await finish(here, again.secret, codeOf(again.secret))).recoveryCodes).toHaveLength(10);
  });

  test('is nobody’s and no key’s business', async () => {
    expect(await turnOff(await newBrowser())).toBe('UNAUTHENTICATED');
  });
});

describe('moving the second factor to another app', () => {
  test('takes password and code before the secret is shown; then old app and old codes end', async () => {
    expect(await start(here)).toMatchObject({ secret: null, ...refused('SECOND_FACTOR_NEEDED') });
    expect(await start(here, { password, code: '000000' })).toMatchObject(refused('WRONG_CODE', 'code'));
    expect(await start(here, { password: 'wrong', code: codeOf(secret) })).toMatchObject(
      refused('WRONG_PASSWORD', 'password'),
    );
    const offer = await start(here, { password, code: codeOf(secret) });
    expect(offer.secret).not.toBe(secret);
    hub.clock.advance({ minutes: 1 });
    expect((await finish(here, offer.secret, codeOf(offer.secret))).recoveryCodes).toHaveLength(10);
    hub.clock.advance({ minutes: 1 });
    const next = await newBrowser();
    await signIn(next);
    expect((await confirm(next, codeOf(secret))).userErrors[0].code).toBe('WRONG_CODE');
    expect((await confirm(next, recoveryCodes[0] ?? '')).userErrors[0].code).toBe('WRONG_CODE');
    expect((await confirm(next, codeOf(offer.secret))).step).toBe('SIGNED_IN');
    expect((await entries()).at(-1)).toEqual({ outcome: 'ALLOWED', detail: { what: 'moved' } });
    expect((await letters()).map(({ subject }) => subject)).toEqual(['The second step at sign-in was moved']);
  });

  test('works with a recovery code, which is used up by it', async () => {
    const [code = ''] = recoveryCodes;
    expect((await start(here, { password, code })).secret).not.toBeNull();
    expect((await start(here, { password, code })).userErrors[0].code).toBe('WRONG_CODE');
  });

  test('cannot be finished by guessing: whoever skipped the first step does not know the secret', async () => {
    for (let guess = 0; guess < 5; guess += 1) {
      const { userErrors } = await finish(here, secret, String(guess).padStart(6, '0'));
      expect(userErrors[0].code).toBe('OFFER_ENDED');
    }
  });
});

test('turning it on writes a letter too, in the person’s language', async () => {
  member = await membership(hub, { user: await user(hub, { passwordHash }) });
  await hub.sql(`update hub.user_account set locale = 'es' where id = $1`, [member.user.id]);
  here = await newBrowser();
  await signIn(here);
  const offer = await start(here);
  await finish(here, offer.secret, codeOf(offer.secret));
  expect((await letters()).map(({ subject }) => subject)).toEqual(['El segundo paso al entrar está activado']);
});

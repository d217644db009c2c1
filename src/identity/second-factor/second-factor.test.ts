import { generateSync } from 'otplib/functional';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { browser, type Browser } from '../../../test/browser.js';
import { membership, user, type MembershipRow } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { hashPassword } from '../account/password.js';

const hub = await testHub({ env: { TRUST_PROXY: 'loopback' } });
afterAll(() => hub.stop());

const password = 'three blue herons';
const passwordHash = await hashPassword(password);
const viewer = '{ viewer { secondFactor user { id } } }';

let member: MembershipRow;
let here: Browser;
let address = 1;
beforeEach(async () => {
  hub.clock.advance({ minutes: 5 });
  member = await membership(hub, { kind: 'CARE', user: await user(hub, { passwordHash }) });
  here = await newBrowser();
});

function newBrowser(): Promise<Browser> {
  address += 1;
  return browser(hub, `198.51.100.${address}`);
}

async function signIn(from: Browser) {
  const { data } = await from.gql(
    'mutation($input: SignInInput!) { signIn(input: $input) { step viewer { user { id } } userErrors { code } } }',
    { input: { email: member.user.email, password } },
  );
  return data.signIn;
}

async function confirm(from: Browser, code: string): Promise<string> {
  const { data, codes } = await from.gql(
    'mutation($code: String!) { confirmTotp(input: { code: $code }) { step viewer { secondFactor } userErrors { code } } }',
    { code },
  );
  return codes[0] ?? data.confirmTotp.userErrors[0]?.code ?? data.confirmTotp.step;
}

const start = async (from: Browser, input: object = {}) =>
  (
    await from.gql(
      'mutation($input: StartTotpInput) { startTotp(input: $input) { secret uri qrDataUrl userErrors { code } } }',
      { input },
    )
  ).data.startTotp;
const finish = async (from: Browser, secret: string, code: string) =>
  (
    await from.gql(
      'mutation($input: FinishTotpInput!) { finishTotp(input: $input) { recoveryCodes userErrors { code } } }',
      { input: { secret, code } },
    )
  ).data.finishTotp;
const codeOf = (secret: string): string => generateSync({ secret, epoch: hub.clock.now().getTime() / 1000 });

/** Sets an app up for the member and signs out of nothing: `here` stays open. */
async function enroll(): Promise<{ secret: string; recoveryCodes: string[] }> {
  await signIn(here);
  const { secret } = await start(here);
  const { recoveryCodes } = await finish(here, secret, codeOf(secret));
  return { secret, recoveryCodes };
}

describe('setting the app up', () => {
  test('offers a secret as text, address and picture, and turns it on with a first code', async () => {
    await signIn(here);
    expect((await here.gql(viewer)).data.viewer.secondFactor).toBe(false);
    const offer = await start(here);
    expect(offer.uri).toContain(`secret=${offer.secret}`);
    expect(offer.qrDataUrl).toMatch(/^data:image\/png;base64,/);
    expect(await start(here)).toEqual(offer);
    expect((await finish(here, offer.secret, '000000')).userErrors).toEqual([{ code: 'WRONG_CODE' }]);
    expect((await here.gql(viewer)).data.viewer.secondFactor).toBe(false);
    expect((await finish(here, offer.secret, codeOf(offer.secret))).recoveryCodes).toHaveLength(10);
    expect((await here.gql(viewer)).data.viewer.secondFactor).toBe(true);
  });

  test('keeps the secret encrypted and the recovery codes hashed', async () => {
    const { secret, recoveryCodes } = await enroll();
    const rows = await hub.sql<{ row: string }>(
      `select u::text as row from hub.user_account u where id = $1 union all select r::text from hub.recovery_code r where user_id = $1`,
      [member.user.id],
    );
    expect(rows).toHaveLength(11);
    const text = rows.map(({ row }) => row).join();
    for (const plain of [secret, ...recoveryCodes]) {
      expect(text).not.toContain(plain);
      expect(text).not.toContain(Buffer.from(plain).toString('hex'));
    }
  });

  test('ends the person’s other sessions', async () => {
    const other = await newBrowser();
    await signIn(other);
    await enroll();
    expect((await other.gql(viewer)).data.viewer).toBeNull();
    expect((await here.gql(viewer)).data.viewer).not.toBeNull();
  });

  test('needs the secret that was offered: a code alone can be guessed', async () => {
    await signIn(here);
    const { secret } = await start(here);
    const other = 'A'.repeat(secret.length);
    expect((await finish(here, other, codeOf(secret))).userErrors).toEqual([{ code: 'OFFER_ENDED' }]);
    expect((await finish(here, secret.toLowerCase(), codeOf(secret))).recoveryCodes).toHaveLength(10);
  });
});

describe('signing in with an app', () => {
  let secret: string;
  let recoveryCodes: string[];
  beforeEach(async () => {
    ({ secret, recoveryCodes } = await enroll());
    hub.clock.advance({ minutes: 1 });
    here = await newBrowser();
  });

  test('asks for the code, and is nobody until then', async () => {
    expect(await signIn(here)).toEqual({ step: 'TOTP_REQUIRED', viewer: null, userErrors: [] });
    expect((await here.gql(viewer)).data.viewer).toBeNull();
    expect((await here.gql('{ colleagues { id } }')).codes).toEqual(['UNAUTHENTICATED']);
    const halfOpen = here.cookies.get('hub_session');
    expect(await confirm(here, codeOf(secret))).toBe('SIGNED_IN');
    expect(here.cookies.get('hub_session')).not.toBe(halfOpen);
    expect((await here.gql(viewer)).data.viewer.secondFactor).toBe(true);
    const [row] = await hub.sql('select mfa, stage from hub.session where user_id = $1 order by id desc limit 1', [
      member.user.id,
    ]);
    expect(row).toEqual({ mfa: true, stage: 'OPEN' });
  });

  test('takes each code once, at whichever session and even at the same moment', async () => {
    const code = codeOf(secret);
    const others = await Promise.all([newBrowser(), newBrowser(), newBrowser()]);
    for (const other of others) await signIn(other);
    const results = await Promise.all(others.map((other) => confirm(other, code)));
    expect(results.toSorted()).toEqual(['SIGNED_IN', 'WRONG_CODE', 'WRONG_CODE']);
    hub.clock.advance({ seconds: 30 });
    await signIn(here);
    expect(await confirm(here, code)).toBe('WRONG_CODE');
    expect(await confirm(here, codeOf(secret))).toBe('SIGNED_IN');
  });

  test('takes the code that turned it on no second time', async () => {
    const { secret: another } = await (async () => {
      member = await membership(hub, { user: await user(hub, { passwordHash }) });
      return enroll();
    })();
    const used = codeOf(another);
    const next = await newBrowser();
    await signIn(next);
    expect(await confirm(next, used)).toBe('WRONG_CODE');
  });

  test('takes each recovery code once', async () => {
    const code = recoveryCodes[3] ?? '';
    await signIn(here);
    expect(await confirm(here, code.toLowerCase())).toBe('SIGNED_IN');
    const next = await newBrowser();
    await signIn(next);
    expect(await confirm(next, code)).toBe('WRONG_CODE');
    expect(await confirm(next, recoveryCodes[4] ?? '')).toBe('SIGNED_IN');
  });

  test('closes the half-open session after five wrong codes', async () => {
    await signIn(here);
    for (let times = 0; times < 5; times += 1) expect(await confirm(here, '000000')).toBe('WRONG_CODE');
    expect(await confirm(here, codeOf(secret))).toBe('START_OVER');
    await signIn(here);
    expect(await confirm(here, codeOf(secret))).toBe('SIGNED_IN');
  });

  test('lets nobody who knows the password try codes without end, whatever the address', async () => {
    const results: string[] = [];
    for (let round = 0; round < 7; round += 1) {
      const stranger = await newBrowser();
      await signIn(stranger);
      for (let times = 0; times < 5; times += 1) results.push(await confirm(stranger, '000000'));
    }
    expect(results.filter((result) => result === 'WRONG_CODE')).toHaveLength(30);
    expect(results.at(-1)).toBe('RATE_LIMITED');
  }, 60_000);

  test('asks to start over without a half-open session, and when the ten minutes are over', async () => {
    expect(await confirm(here, codeOf(secret))).toBe('START_OVER');
    await signIn(here);
    hub.clock.advance({ minutes: 10 });
    expect(await confirm(here, codeOf(secret))).toBe('START_OVER');
    expect(here.cookies.size).toBe(0);
  });
});

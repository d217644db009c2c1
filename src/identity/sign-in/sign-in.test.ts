import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { anonymous, careManager } from '../../../test/actors.js';
import { browser, type Browser } from '../../../test/browser.js';
import { membership, organization, user, type MembershipRow } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { hashPassword } from '../account/password.js';
import { identity } from '../index.js';
import { slowdownMs } from './attempts.js';

const hub = await testHub({ env: { TRUST_PROXY: 'loopback' } });
afterAll(() => hub.stop());

const password = 'three blue herons';
const passwordHash = await hashPassword(password);
const signIn = `mutation($input: SignInInput!) { signIn(input: $input) {
  step viewer { user { email } organization { id name kind } roles permissions secondFactor idleSeconds sessionExpiresAt memberships { id organization { name } } }
  userErrors { code message field } } }`;
const viewer = '{ viewer { user { id email } organization { id } roles } }';

let member: MembershipRow;
let here: Browser;
let address = 1;
beforeEach(async () => {
  member = await membership(hub, { kind: 'CARE', user: await user(hub, { passwordHash }) });
  address += 1;
  here = await browser(hub, `198.51.100.${address}`);
});

const enter = (from: Browser, email = member.user.email, typed = password) =>
  from.gql(signIn, { input: { email, password: typed } });
const failures = (answer: { data: { signIn: { userErrors: { code: string }[] } } }) =>
  answer.data.signIn.userErrors.map(({ code }) => code);

describe('signing in by password', () => {
  test('opens a session in a cookie that no script reads, and shows who one is', async () => {
    const { data } = await enter(here, member.user.email.toUpperCase());
    expect(data.signIn).toMatchObject({
      step: 'SIGNED_IN',
      userErrors: [],
      viewer: {
        user: { email: member.user.email },
        organization: { id: member.organization.id, kind: 'CARE' },
        roles: ['CARE_MANAGER'],
        secondFactor: false,
        idleSeconds: 900,
        memberships: [{ id: member.id }],
      },
    });
    expect(data.signIn.viewer.permissions).toContain('referral.send');
    expect(data.signIn.viewer.permissions).not.toContain('public');
    const [cookie = ''] = here.setCookies;
    expect(cookie).toMatch(/^hub_session=[\w-]{43};/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toMatch(/Max-Age|Expires/i);
    expect((await here.gql(viewer)).data.viewer.user.id).toBe(member.user.id);
  });

  test('stores the hash of the token and not the token', async () => {
    await enter(here);
    const token = here.cookies.get('hub_session') ?? '';
    const rows = await hub.sql<{ row: string }>('select s::text as row from hub.session s where user_id = $1', [
      member.user.id,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(token);
    expect(rows[0]?.row).not.toContain(Buffer.from(token).toString('hex'));
  });

  test('says the same to an unknown address, a wrong password, a disabled account and one without a password', async () => {
    const disabled = await membership(hub, { user: await user(hub, { passwordHash }) });
    await hub.sql('update hub.user_account set disabled_at = now() where id = $1', [disabled.user.id]);
    const without = await membership(hub);
    const answers = [
      await enter(here, 'nobody@example.org'),
      await enter(here, member.user.email, 'three blue herring'),
      await enter(here, disabled.user.email),
      await enter(here, without.user.email),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
    expect(failures(answers[0] as never)).toEqual(['WRONG_SIGN_IN']);
    expect(here.cookies.size).toBe(0);
  });

  test('refuses somebody who belongs to no organization any more', async () => {
    await hub.sql('update hub.membership set ended_at = now() where id = $1', [member.id]);
    expect(failures(await enter(here))).toEqual(['NO_ORGANIZATION']);
  });

  test('never takes over a token that the browser came with', async () => {
    const planted = 'A'.repeat(43);
    here.cookies.set('hub_session', planted);
    await enter(here);
    const first = here.cookies.get('hub_session');
    expect(first).not.toBe(planted);
    await enter(here);
    expect(here.cookies.get('hub_session')).not.toBe(first);
    const attacker = await browser(hub);
    for (const token of [planted, first ?? '']) {
      attacker.cookies.set('hub_session', token);
      expect((await attacker.gql(viewer)).data.viewer).toBeNull();
    }
  });

  test('makes a hash of an older cost anew', async () => {
    const { hash } = await import('@node-rs/argon2');
    const old = await hash(password, { memoryCost: 4096, timeCost: 1, parallelism: 1 });
    await hub.sql('update hub.user_account set password_hash = $2 where id = $1', [member.user.id, old]);
    await enter(here);
    const [row] = await hub.sql<{ hash: string }>('select password_hash as hash from hub.user_account where id = $1', [
      member.user.id,
    ]);
    expect(row?.hash).toContain('m=19456,t=2');
    expect((await enter(await browser(hub))).data.signIn.step).toBe('SIGNED_IN');
  });

  test('leaves a trace in the organization’s audit, for a success and for a failure', async () => {
    await enter(here, member.user.email, 'wrong');
    await enter(here);
    await enter(here, 'nobody-at-all@example.org', 'wrong');
    const rows = await hub.sql<{ outcome: string; row: string }>(
      `select outcome, a::text as row from hub.audit a where org_id = $1 and action = 'session.sign-in' order by id`,
      [member.organization.id],
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual(['REFUSED', 'ALLOWED']);
    expect(rows.map(({ row }) => row).join()).not.toContain('@');
    expect(await hub.sql(`select from hub.audit a where a::text like '%nobody-at-all%'`)).toHaveLength(0);
  });
});

describe('the limits on attempts', () => {
  test('ten wrong passwords from one address close that address for a quarter of an hour, and no other', async () => {
    for (let times = 0; times < 10; times += 1) {
      expect(failures(await enter(here, member.user.email, 'wrong'))).toEqual(['WRONG_SIGN_IN']);
    }
    const refused = await enter(here);
    expect(refused.codes).toEqual(['RATE_LIMITED']);
    expect(refused.messages[0]).toMatch(/Try again in 1[56] minutes/);
    expect((await enter(await browser(hub, '203.0.113.200'))).data.signIn.step).toBe('SIGNED_IN');
    hub.clock.advance({ minutes: 17 });
    expect((await enter(here)).data.signIn.step).toBe('SIGNED_IN');
  });

  test('a right password starts the count anew', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let times = 0; times < 6; times += 1) await enter(here, member.user.email, 'wrong');
      expect((await enter(here)).data.signIn.step).toBe('SIGNED_IN');
    }
  });

  test('one address may fail a hundred times at all accounts together', async () => {
    for (let batch = 0; batch < 10; batch += 1) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => enter(here, `guess${batch}-${index}@example.org`)));
    }
    expect((await enter(here, 'guess-last@example.org')).codes).toEqual(['RATE_LIMITED']);
    expect((await enter(here)).codes).toEqual(['RATE_LIMITED']);
  }, 60_000);

  test('failures from everywhere slow an account down and never close it for its owner', async () => {
    const strangers = await Promise.all(Array.from({ length: 25 }, (_, index) => browser(hub, `203.0.113.${index}`)));
    await Promise.all(strangers.map((stranger) => enter(stranger, member.user.email, 'wrong')));
    const began = performance.now();
    expect((await enter(here)).data.signIn.step).toBe('SIGNED_IN');
    expect(performance.now() - began).toBeGreaterThan(400);
    expect([0, 20, 25, 40, 1000].map(slowdownMs)).toEqual([0, 0, 500, 2000, 2000]);
  }, 60_000);

  test('simultaneous attempts do not slip past one another', async () => {
    const answers = await Promise.all(Array.from({ length: 25 }, () => enter(here, member.user.email, 'wrong')));
    expect(answers.filter(({ codes }) => codes.includes('RATE_LIMITED'))).toHaveLength(15);
  }, 60_000);

  test('keeps no address and no account in the clear', async () => {
    await enter(here, member.user.email, 'wrong');
    const plain = ['198.51.100', '@example.org'].map((text) => Buffer.from(text));
    const keys = await hub.sql<{ key: Buffer }>('select key_hash as key from hub.rate_limit');
    expect(keys.filter(({ key }) => key.length !== 32 || plain.some((text) => key.includes(text)))).toEqual([]);
  });
});

describe('signing out', () => {
  const signOut = 'mutation($input: SignOutInput) { signOut(input: $input) { signedOut } }';

  test('ends the session and takes the cookie back', async () => {
    await enter(here);
    const token = here.cookies.get('hub_session') ?? '';
    expect((await here.gql(signOut)).data.signOut.signedOut).toBe(true);
    expect(here.cookies.size).toBe(0);
    here.cookies.set('hub_session', token);
    expect((await here.gql(viewer)).data.viewer).toBeNull();
  });

  test('everywhere ends all sessions of the person and of nobody else', async () => {
    const other = await browser(hub);
    const colleague = await careManager(hub);
    await enter(here);
    await enter(other);
    await here.gql(signOut, { input: { everywhere: true } });
    expect((await other.gql(viewer)).data.viewer).toBeNull();
    expect((await colleague.gql(viewer)).viewer).not.toBeNull();
  });

  test('works for nobody too', async () => {
    expect(await (await anonymous(hub)).gql(signOut)).toEqual({ signOut: { signedOut: true } });
  });
});

describe('working in another organization', () => {
  const change = `mutation($id: ID!) { switchOrganization(input: { membershipId: $id }) {
    step viewer { organization { id } roles permissions } userErrors { code } } }`;

  test('changes roles and organization for the session', async () => {
    const second = await membership(hub, { user: member.user, kind: 'AGENCY' });
    await enter(here);
    const { data } = await here.gql(change, { id: second.id });
    expect(data.switchOrganization.viewer).toMatchObject({
      organization: { id: second.organization.id },
      roles: ['AGENCY_STAFF'],
    });
    expect((await here.gql(viewer)).data.viewer.organization.id).toBe(second.organization.id);
  });

  test('another person’s and an ended membership are not found', async () => {
    const stranger = await membership(hub);
    const colleague = await membership(hub, { organization: member.organization });
    const ended = await membership(hub, { user: member.user, ended: true });
    await enter(here);
    for (const id of [stranger.id, colleague.id, ended.id]) {
      expect((await here.gql(change, { id })).codes).toEqual(['NOT_FOUND']);
    }
    expect((await here.gql(viewer)).data.viewer.organization.id).toBe(member.organization.id);
  });

  test('an organization that was retired is out of reach', async () => {
    const gone = await membership(hub, { user: member.user, organization: await organization(hub) });
    await hub.sql('update hub.organization set retired_at = now() where id = $1', [gone.organization.id]);
    await enter(here);
    expect((await here.gql(change, { id: gone.id })).codes).toEqual(['NOT_FOUND']);
  });
});

test('over https the cookie is for this host alone and never sent in the clear', async () => {
  const secure = await testHub({ env: { BASE_URL: 'https://hub.example.org' }, features: [identity] });
  try {
    const someone = await membership(secure, { user: await user(secure, { passwordHash }) });
    const from = await browser(secure);
    await enter(from, someone.user.email);
    const [cookie = ''] = from.setCookies;
    expect(cookie).toMatch(/^__Host-hub_session=[\w-]{43};/);
    expect(cookie).toContain('Secure');
    expect((await from.gql(viewer)).data.viewer.user.id).toBe(someone.user.id);
  } finally {
    await secure.stop();
  }
});

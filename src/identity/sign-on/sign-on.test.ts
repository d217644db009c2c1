import { generateSync } from 'otplib/functional';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { browser, type Browser } from '../../../test/browser.js';
import { membership, next, session, user, type MembershipRow } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { identityProvider, type IdentityProvider } from '../../../test/identity-provider.js';
import { hashPassword } from '../account/password.js';
import { sealSecret } from '../second-factor/totp.js';
import { ownPath } from './flow.js';

const baseUrl = 'http://hub.example.org';
// oidc-provider says on the console that its defaults are for development.
vi.spyOn(console, 'warn').mockReturnValue(undefined);
const provider: IdentityProvider = await identityProvider(`${baseUrl}/auth/oidc/callback`);
const hub: TestHub = await testHub({
  now: new Date(),
  env: { ...provider.env, BASE_URL: baseUrl, TRUST_PROXY: 'loopback' },
});
afterAll(async () => {
  await hub.stop();
  await provider.down();
});

const password = 'three blue herons';
const passwordHash = await hashPassword(password);
const viewer = '{ viewer { user { email } secondFactor } }';

let member: MembershipRow;
let here: Browser;
beforeEach(async () => {
  member = await membership(hub, { user: await user(hub, { passwordHash }) });
  here = await browser(hub, `198.51.100.${next() % 250}`);
  provider.become({ subject: `subject-${next()}`, email: member.user.email, emailVerified: true });
});

const locationOf = (response: Response): string => {
  expect(response.status).toBe(303);
  return response.headers.get('location') ?? '';
};
/** To the provider and back to the hub's door, which is not opened yet. */
async function goAndReturn(from = here, query = ''): Promise<string> {
  const there = locationOf(await from.open(`/auth/oidc/start${query}`));
  const back = await provider.visit(there);
  expect(back.origin).toBe(baseUrl);
  return back.pathname + back.search;
}
const comeIn = async (query = ''): Promise<string> => locationOf(await here.open(await goAndReturn(here, query)));
const emailSeen = async (from = here): Promise<string | undefined> => (await from.gql(viewer)).data.viewer?.user.email;

describe('signing on through the organization', () => {
  test('is offered when a provider is set', async () => {
    const { data } = await here.gql('{ signInOptions { oidc oidcUrl demoAccounts { email } } }');
    expect(data.signInOptions).toEqual({ oidc: true, oidcUrl: '/auth/oidc/start', demoAccounts: [] });
  });

  test('signs in the account with the verified address, and comes back to the page that was asked for', async () => {
    expect(await comeIn('?next=/referrals?queue=OPEN')).toBe('/referrals?queue=OPEN');
    expect(await emailSeen()).toBe(member.user.email);
    const [entry] = await hub.sql<{ detail: object }>(
      `select detail from hub.audit where actor_id = $1 and action = 'session.sign-in'`,
      [member.user.id],
    );
    expect(entry?.detail).toEqual({ by: 'oidc', mfa: false });
  });

  test('sends PKCE, state and nonce, and keeps the state hashed', async () => {
    const there = new URL(locationOf(await here.open('/auth/oidc/start')));
    const asked = Object.fromEntries(there.searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${baseUrl}/auth/oidc/callback`,
    });
    for (const key of ['code_challenge', 'state', 'nonce']) expect(asked[key]).toMatch(/^[\w-]{43}$/);
    expect(
      await hub.sql(`select from hub.oidc_flow where encode(state_hash, 'escape') = $1`, [asked['state']]),
    ).toHaveLength(0);
  });

  test('never takes over a session that the browser came with', async () => {
    const planted = await session(hub, await membership(hub));
    here.cookies.set('hub_session', planted);
    await comeIn();
    expect(here.cookies.get('hub_session')).not.toBe(planted);
    expect(await emailSeen()).toBe(member.user.email);
    const attacker = await browser(hub);
    attacker.cookies.set('hub_session', planted);
    expect(await emailSeen(attacker)).toBeUndefined();
  });

  test('keeps to the person once linked, whatever their address becomes', async () => {
    const subject = `subject-${next()}`;
    provider.become({ subject, email: member.user.email, emailVerified: true });
    await comeIn();
    provider.become({ subject, email: 'changed@example.org', emailVerified: false });
    here = await browser(hub);
    expect(await comeIn()).toBe('/');
    expect(await emailSeen()).toBe(member.user.email);
  });

  test('makes no accounts', async () => {
    provider.become({ subject: `subject-${next()}`, email: 'new@example.org', emailVerified: true });
    expect(await comeIn()).toBe('/sign-in?problem=NO_ACCOUNT');
    expect(await hub.sql(`select from hub.user_account where email = 'new@example.org'`)).toHaveLength(0);
    expect(await emailSeen()).toBeUndefined();
  });

  test('links nobody by an address that is not verified', async () => {
    for (const emailVerified of [false, undefined]) {
      provider.become({
        subject: `subject-${next()}`,
        email: member.user.email,
        ...(emailVerified === false && { emailVerified }),
      });
      expect(await comeIn()).toBe('/sign-in?problem=EMAIL_NOT_VERIFIED');
    }
    expect(await hub.sql('select from hub.oidc_link where user_id = $1', [member.user.id])).toHaveLength(0);
  });

  test('refuses a disabled account and one without an organization', async () => {
    await hub.sql('update hub.membership set ended_at = now() where id = $1', [member.id]);
    expect(await comeIn()).toBe('/sign-in?problem=NO_ORGANIZATION');
    await hub.sql('update hub.user_account set disabled_at = now() where id = $1', [member.user.id]);
    expect(await comeIn()).toBe('/sign-in?problem=NO_ACCOUNT');
  });

  test('says that somebody pressed Cancel', async () => {
    provider.become(null);
    expect(await comeIn()).toBe('/sign-in?problem=CANCELLED');
  });
});

describe('the second factor', () => {
  const secret = Buffer.alloc(20, 7);
  beforeEach(async () => {
    await hub.sql('update hub.user_account set totp_secret = $2, totp_confirmed_at = now() where id = $1', [
      member.user.id,
      sealSecret(hub.config.secret, member.user.id, secret),
    ]);
  });

  test('is asked for when the provider says nothing of one', async () => {
    expect(await comeIn('?next=/today')).toBe('/sign-in?step=code&next=%2Ftoday');
    expect(await emailSeen()).toBeUndefined();
    const code = generateSync({ secret, epoch: hub.clock.now().getTime() / 1000 });
    const { data } = await here.gql(`mutation { confirmTotp(input: { code: "${code}" }) { step } }`);
    expect(data.confirmTotp.step).toBe('SIGNED_IN');
    expect(await emailSeen()).toBe(member.user.email);
  });

  test('is not asked for again when it was given there', async () => {
    provider.become({
      subject: `subject-${next()}`,
      email: member.user.email,
      emailVerified: true,
      amr: ['pwd', 'mfa'],
    });
    expect(await comeIn()).toBe('/');
    expect(await emailSeen()).toBe(member.user.email);
  });
});

describe('a sign-on that is not right', () => {
  const startOver = '/sign-in?problem=START_OVER';

  test('with another state, without one, or from a browser that did not begin it starts over', async () => {
    const back = await goAndReturn();
    const stranger = await browser(hub);
    expect(locationOf(await stranger.open(back))).toBe(startOver);
    const wrong = new URL(back, baseUrl);
    wrong.searchParams.set('state', 'A'.repeat(43));
    expect(locationOf(await here.open(wrong.pathname + wrong.search))).toBe(startOver);
    expect(locationOf(await here.open('/auth/oidc/callback'))).toBe(startOver);
    expect(await emailSeen(stranger)).toBeUndefined();
    expect(await emailSeen()).toBeUndefined();
  });

  test('that comes back twice or too late starts over', async () => {
    const back = await goAndReturn();
    const state = here.cookies.get('hub_oidc') ?? '';
    expect(locationOf(await here.open(back))).toBe('/');
    here.cookies.set('hub_oidc', state);
    expect(locationOf(await here.open(back))).toBe(startOver);
    here = await browser(hub);
    const late = await goAndReturn();
    const began = hub.clock.now();
    hub.clock.advance({ minutes: 10 });
    expect(locationOf(await here.open(late))).toBe(startOver);
    hub.clock.set(began);
  });

  test('with another nonce, another verifier or a forged code signs nobody in', async () => {
    for (const spoil of [`nonce = 'another'`, `code_verifier = repeat('b', 43)`]) {
      const back = await goAndReturn();
      await hub.sql(`update hub.oidc_flow set ${spoil}`);
      expect(locationOf(await here.open(back))).toBe('/sign-in?problem=SIGN_ON_FAILED');
    }
    const back = new URL(await goAndReturn(), baseUrl);
    back.searchParams.set('code', 'forged');
    expect(locationOf(await here.open(back.pathname + back.search))).toBe('/sign-in?problem=SIGN_ON_FAILED');
    expect(await emailSeen()).toBeUndefined();
  });

  test('leads to pages of ours only', () => {
    expect(['/today', '/a?b=c#d'].map(ownPath)).toEqual(['/today', '/a?b=c#d']);
    const foreign = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '',
      undefined,
      ['/a'],
      '/a\nb',
      'today',
      '/a\\b',
    ];
    expect(foreign.map(ownPath)).toEqual(foreign.map(() => '/'));
  });
});

test('an address from the identity token itself will do', async () => {
  const other = await identityProvider(`${baseUrl}/auth/oidc/callback`, true);
  const second = await testHub({ now: new Date(), env: { ...other.env, BASE_URL: baseUrl } });
  try {
    const someone = await membership(second);
    other.become({ subject: 'one', email: someone.user.email.toUpperCase(), emailVerified: true });
    const from = await browser(second);
    const back = await other.visit(locationOf(await from.open('/auth/oidc/start')));
    expect(locationOf(await from.open(back.pathname + back.search))).toBe('/');
    expect((await from.gql(viewer)).data.viewer.user.email).toBe(someone.user.email);
  } finally {
    await second.stop();
    await other.down();
  }
});

test('a provider that is down is said, is asked again, and leaves the password working', async () => {
  await provider.down();
  const fresh = await testHub({ now: new Date(), env: { ...provider.env, BASE_URL: baseUrl } });
  try {
    const someone = await membership(fresh, { user: await user(fresh, { passwordHash }) });
    const from = await browser(fresh);
    expect(locationOf(await from.open('/auth/oidc/start'))).toBe('/sign-in?problem=PROVIDER_DOWN');
    const { data } = await from.gql('mutation($input: SignInInput!) { signIn(input: $input) { step } }', {
      input: { email: someone.user.email, password },
    });
    expect(data.signIn.step).toBe('SIGNED_IN');
    await provider.up();
    expect(locationOf(await from.open('/auth/oidc/start'))).toContain(provider.issuer);
  } finally {
    await fresh.stop();
  }
});

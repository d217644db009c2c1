import { generateSync } from 'otplib/functional';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { browser, type Browser } from '../../../test/browser.js';
import { membership, user, type MembershipRow } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { hashPassword } from '../account/password.js';
import { checkPolicy, demandsSecondFactor } from './demanded.js';

const hub = await testHub({ env: { TRUST_PROXY: 'loopback', SECOND_FACTOR_ROLES: 'PRIVACY_OFFICER, OPERATOR' } });
afterAll(() => hub.stop());

const password = 'three blue herons';
const passwordHash = await hashPassword(password);
const viewer = '{ viewer { secondFactor secondFactorRequired user { id } } }';
let member: MembershipRow;
let here: Browser;
let address = 1;
beforeEach(async () => {
  hub.clock.advance({ minutes: 5 });
  const someone = await user(hub, { passwordHash });
  member = await membership(hub, { kind: 'CARE', roles: ['PRIVACY_OFFICER'], user: someone });
  here = await newBrowser();
});
function newBrowser(): Promise<Browser> {
  address += 1;
  return browser(hub, `198.51.100.${address}`);
}
const codeOf = (secret: string): string => generateSync({ secret, epoch: hub.clock.now().getTime() / 1000 });
const signIn = async (from: Browser) =>
  (
    await from.gql('mutation($input: SignInInput!) { signIn(input: $input) { step viewer { user { id } } } }', {
      input: { email: member.user.email, password },
    })
  ).data.signIn;
const start = (from: Browser) => from.gql('mutation { startTotp { secret userErrors { code } } }');
const finish = (from: Browser, secret: string) =>
  from.gql('mutation($input: FinishTotpInput!) { finishTotp(input: $input) { recoveryCodes userErrors { code } } }', {
    input: { secret, code: codeOf(secret) },
  });

describe('a role that asks for a second factor', () => {
  test('lets nobody in before an app is set up, and then at once, with a new token', async () => {
    expect(await signIn(here)).toEqual({ step: 'TOTP_SETUP_REQUIRED', viewer: null });
    const halfway = here.cookies.get('hub_session');
    expect((await here.gql(viewer)).data.viewer).toBeNull();
    expect((await here.gql('{ colleagues { id } }')).codes).toEqual(['UNAUTHENTICATED']);
    const { secret } = (await start(here)).data.startTotp;
    expect((await finish(here, secret)).data.finishTotp.recoveryCodes).toHaveLength(10);
    expect(here.cookies.get('hub_session')).not.toBe(halfway);
    expect((await here.gql(viewer)).data.viewer).toMatchObject({
      secondFactor: true,
      secondFactorRequired: true,
      user: { id: member.user.id },
    });
    const late = await newBrowser();
    late.cookies.set('hub_session', halfway ?? '');
    expect((await late.gql(viewer)).data.viewer).toBeNull();
    expect((await start(late)).codes).toEqual(['UNAUTHENTICATED']);
    const actions = await hub.sql(`select action from hub.audit where actor_id = $1 order by id`, [member.user.id]);
    expect(actions.map(({ action }) => action)).toEqual(['account.second-factor', 'session.sign-in']);
  });

  test('is asked for the code, not for another app, at the next sign-in', async () => {
    await signIn(here);
    await finish(here, (await start(here)).data.startTotp.secret);
    expect((await signIn(await newBrowser())).step).toBe('TOTP_REQUIRED');
  });

  test('waits ten minutes on the way in, and a session that waits for a code sets nothing up', async () => {
    await signIn(here);
    hub.clock.advance({ minutes: 10 });
    expect((await start(here)).codes).toEqual(['UNAUTHENTICATED']);
    await signIn(here);
    await finish(here, (await start(here)).data.startTotp.secret);
    const next = await newBrowser();
    await signIn(next);
    expect((await start(next)).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('counts in every organization of the person, whichever they begin in', async () => {
    const someone = await user(hub, { passwordHash });
    member = await membership(hub, { kind: 'AGENCY', user: someone });
    expect((await signIn(here)).step).toBe('SIGNED_IN');
    expect((await here.gql(viewer)).data.viewer.secondFactorRequired).toBe(false);
    await membership(hub, { kind: 'STEWARD', roles: ['OPERATOR'], user: someone });
    expect((await here.gql(viewer)).data.viewer.secondFactorRequired).toBe(true);
    expect((await signIn(here)).step).toBe('TOTP_SETUP_REQUIRED');
  });

  test('says so instead of switching it off, before anything is asked', async () => {
    await signIn(here);
    const { secret } = (await start(here)).data.startTotp;
    await finish(here, secret);
    hub.clock.advance({ minutes: 1 });
    const { data } = await here.gql(
      'mutation($input: TurnOffTotpInput!) { turnOffTotp(input: $input) { done userErrors { code message } } }',
      { input: { password, code: codeOf(secret) } },
    );
    expect(data.turnOffTotp).toMatchObject({ done: null, userErrors: [{ code: 'SECOND_FACTOR_REQUIRED' }] });
    expect(data.turnOffTotp.userErrors[0].message).toContain('Your role needs');
  });
});

test('other roles are not asked', async () => {
  member = await membership(hub, { user: await user(hub, { passwordHash }) });
  expect((await signIn(here)).step).toBe('SIGNED_IN');
});

test('the policy names roles or all, and a name that is none keeps the hub from starting', () => {
  const policy = (...secondFactorRoles: string[]) => ({ secondFactorRoles });
  expect(demandsSecondFactor(policy(), ['OPERATOR'])).toBe(false);
  expect(demandsSecondFactor(policy('OPERATOR'), ['CURATOR', 'OPERATOR'])).toBe(true);
  expect(demandsSecondFactor(policy('OPERATOR'), ['CURATOR'])).toBe(false);
  expect(demandsSecondFactor(policy('all'), ['CURATOR'])).toBe(true);
  expect(demandsSecondFactor(policy('all'), null)).toBe(false);
  expect(() => checkPolicy(policy('all', 'OPERATOR'))).not.toThrow();
  expect(() => checkPolicy(policy('OPERATR'))).toThrow(/SECOND_FACTOR_ROLES: "OPERATR"/);
});

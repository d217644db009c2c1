import { generateSync } from 'otplib/functional';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { careSupervisor, type Actor } from '../../../test/actors.js';
import { browser, type Browser } from '../../../test/browser.js';
import { membership, next, session, user, type MembershipRow } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { hashPassword } from '../account/password.js';
import { newToken } from '../token.js';

/* Whoever plants a session in another's browser must not find themselves in it once its owner has signed in. */
const hub = await testHub({ env: { TRUST_PROXY: 'loopback', BASE_URL: 'http://hub.example.org' } });
afterAll(() => hub.stop());
const password = 'three blue herons';
const passwordHash = await hashPassword(password);
const viewer = '{ viewer { user { id } } }';

let member: MembershipRow;
let here: Browser;
let attacker: MembershipRow;
beforeEach(async () => {
  hub.clock.advance({ minutes: 5 });
  member = await membership(hub, { user: await user(hub, { passwordHash }) });
  attacker = await membership(hub);
  here = await browser(hub, `198.51.100.${next() % 250}`);
});

const tokenOf = (from: Browser): string => from.cookies.get('hub_session') ?? '';
async function whoIs(token: string): Promise<string | null> {
  const from = await browser(hub);
  from.cookies.set('hub_session', token);
  return (await from.gql(viewer)).data.viewer?.user.id ?? null;
}
const signIn = async () =>
  (
    await here.gql('mutation($input: SignInInput!) { signIn(input: $input) { step } }', {
      input: { email: member.user.email, password },
    })
  ).data.signIn.step;

/** What an attacker may have planted: a token that never was, and one of a session of their own. */
async function planted(): Promise<string[]> {
  return [newToken(), await session(hub, attacker)];
}

describe('a token that the browser came with', () => {
  test('is worth nothing after a sign-in by password', async () => {
    for (const token of await planted()) {
      here.cookies.set('hub_session', token);
      expect(await signIn()).toBe('SIGNED_IN');
      expect(tokenOf(here)).not.toBe(token);
      expect(await whoIs(token)).toBeNull();
      expect(await whoIs(tokenOf(here))).toBe(member.user.id);
    }
  });

  test('is worth nothing after the code of the app, nor is the half-open one', async () => {
    await signIn();
    const { secret } = (await here.gql('mutation { startTotp { secret } }')).data.startTotp;
    const codeOf = () => generateSync({ secret, epoch: hub.clock.now().getTime() / 1000 });
    const finish = 'mutation($input: FinishTotpInput!) { finishTotp(input: $input) { recoveryCodes } }';
    await here.gql(finish, { input: { secret, code: codeOf() } });
    for (const token of await planted()) {
      hub.clock.advance({ minutes: 1 });
      here.cookies.set('hub_session', token);
      expect(await signIn()).toBe('TOTP_REQUIRED');
      const halfOpen = tokenOf(here);
      await here.gql('mutation($code: String!) { confirmTotp(input: { code: $code }) { step } }', { code: codeOf() });
      expect(new Set([token, halfOpen, tokenOf(here)]).size).toBe(3);
      expect(await whoIs(token)).toBeNull();
      expect(await whoIs(halfOpen)).toBeNull();
      expect(await whoIs(tokenOf(here))).toBe(member.user.id);
    }
  });

  test('is worth nothing after an invitation was accepted', async () => {
    const admin: Actor = await careSupervisor(hub);
    const email = `guest${next()}@example.org`;
    await admin.gql(
      'mutation($email: String!) { inviteMember(input: { email: $email, roles: [CARE_MANAGER] }) { invitation { id } } }',
      { email },
    );
    await hub.runJobs();
    const [, link] = /#token=([\w-]+)/.exec(hub.mail.to(email).at(-1)?.text ?? '') ?? [];
    const [unknown = ''] = await planted();
    here.cookies.set('hub_session', unknown);
    const accept = `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { step viewer { user { id } } } }`;
    const { data } = await here.gql(accept, {
      input: { token: link, name: 'Rosa Lee', password: 'four green herons' },
    });
    expect(data.acceptInvitation.step).toBe('SIGNED_IN');
    expect(tokenOf(here)).not.toBe(unknown);
    expect(await whoIs(unknown)).toBeNull();
    expect(await whoIs(tokenOf(here))).toBe(data.acceptInvitation.viewer.user.id);
  });

  test('accepts no invitation in somebody else’s name', async () => {
    const [, theirs = ''] = await planted();
    here.cookies.set('hub_session', theirs);
    const token = newToken();
    const admin = await careSupervisor(hub);
    await hub.sql(
      `insert into hub.invitation (id, organization_id, email, roles, token_hash, invited_by, created_at, expires_at)
       values (gen_random_uuid(), $1, $2, array['CARE_MANAGER'], sha256($3), $4, $5, $5::timestamptz + interval '1 day')`,
      [admin.organization.id, member.user.email, token, admin.user.id, hub.clock.now()],
    );
    const accept = `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { step userErrors { code } } }`;
    const { data } = await here.gql(accept, { input: { token, name: 'x', password } });
    expect(data.acceptInvitation).toEqual({ step: null, userErrors: [{ code: 'OTHER_ACCOUNT' }] });
  });
});

test('the cookie is HttpOnly, SameSite, for all paths and of this sitting, whoever sets or takes it', async () => {
  await signIn();
  const lines = [...here.setCookies];
  await here.gql('mutation { signOut { signedOut } }');
  lines.push(...here.setCookies);
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).toMatch(/^hub_session=/);
    expect(line.split('; ')).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax']));
    expect(line).not.toContain('Domain');
  }
  expect(lines[0]).not.toMatch(/Max-Age|Expires/);
  expect(lines[1]).toMatch(/Expires=Thu, 01 Jan 1970/);
});

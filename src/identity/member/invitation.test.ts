import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { agencyAdmin, careManager, careSupervisor, visitor, type Actor } from '../../../test/actors.js';
import { browser, type Browser } from '../../../test/browser.js';
import { membership, next, session, user } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { hashPassword } from '../account/password.js';

const hub = await testHub({ env: { TRUST_PROXY: 'loopback', BASE_URL: 'http://hub.example.org' } });
afterAll(() => hub.stop());

const password = 'three blue herons';
const passwordHash = await hashPassword(password);
const invite =
  'mutation($input: InviteMemberInput!) { inviteMember(input: $input) { invitation { id email roles expiresAt acceptedAt revokedAt } userErrors { code field } } }';
const revoke =
  'mutation($id: ID!) { revokeInvitation(input: { id: $id }) { invitation { id revokedAt } userErrors { code } } }';
const list = '{ invitations { edges { node { id email acceptedAt revokedAt } } } }';

let admin: Actor;
let here: Browser;
let email: string;
beforeEach(async () => {
  admin = await careSupervisor(hub);
  here = await browser(hub, `198.51.100.${next() % 250}`);
  email = `guest${next()}@example.org`;
});

async function inviteAndRead(address = email, roles = ['CARE_MANAGER']): Promise<string> {
  const { inviteMember } = await admin.gql(invite, { input: { email: address, roles } });
  expect(inviteMember.userErrors).toEqual([]);
  await hub.runJobs();
  return (
    /http:\/\/hub\.example\.org\/invitation#token=([\w-]+)/.exec(hub.mail.to(address).at(-1)?.text ?? '')?.[1] ?? ''
  );
}

const accept = async (from: Browser, token: string, input: object = {}) => {
  const { data } = await from.gql(
    `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
      step viewer { user { name email } organization { id } roles memberships { organization { id } } } userErrors { code field } } }`,
    { input: { token, name: 'Rosa Lee', password: 'four green herons', ...input } },
  );
  return data.acceptInvitation;
};
const codesOf = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(({ code }) => code);

describe('inviting', () => {
  test('writes to the address, in the organization’s name, with a link good for seven days', async () => {
    const { inviteMember } = await admin.gql(invite, { input: { email, roles: ['CARE_MANAGER'] } });
    expect(inviteMember.invitation).toMatchObject({
      email,
      roles: ['CARE_MANAGER'],
      acceptedAt: null,
      revokedAt: null,
    });
    expect(new Date(inviteMember.invitation.expiresAt).getTime() - hub.clock.now().getTime()).toBe(7 * 86_400_000);
    const [job] = await hub.sql<{ payload: object }>(
      'select payload from graphile_worker._private_jobs order by id desc limit 1',
    );
    expect(job?.payload).toEqual({ invitationId: inviteMember.invitation.id });
    await hub.runJobs();
    expect(hub.mail.to(email)[0]?.subject).toContain(admin.organization.name);
    expect(hub.mail.to(email)[0]?.text).toContain(admin.user.name);
  });

  test.each([
    [{ roles: ['AGENCY_STAFF'] }, 'ROLE_DOES_NOT_FIT', 'roles'],
    [{ roles: [] }, 'ROLES_MISSING', 'roles'],
    [{ email: 'not an address' }, 'NOT_AN_ADDRESS', 'email'],
  ])('with %j is refused', async (change, code, field) => {
    const { inviteMember } = await admin.gql(invite, { input: { email, roles: ['CARE_MANAGER'], ...change } });
    expect(inviteMember).toEqual({ invitation: null, userErrors: [{ code, field }] });
  });

  test('a member is refused, a former member is not', async () => {
    const colleague = await careManager(hub, { organization: admin.organization });
    const former = await membership(hub, { organization: admin.organization, ended: true });
    const ask = (address: string) => admin.gql(invite, { input: { email: address, roles: ['CARE_MANAGER'] } });
    expect(codesOf((await ask(colleague.user.email.toUpperCase())).inviteMember)).toEqual(['ALREADY_MEMBER']);
    expect(codesOf((await ask(former.user.email)).inviteMember)).toEqual([]);
  });

  test('twice leaves the link that was sent last', async () => {
    const first = await inviteAndRead();
    const second = await inviteAndRead(email.toUpperCase());
    expect(codesOf(await accept(here, first))).toEqual(['LINK_ENDED']);
    expect((await accept(here, second)).step).toBe('SIGNED_IN');
  });

  test('needs an administrator who is a person', async () => {
    const colleague = await careManager(hub, { organization: admin.organization });
    const input = { email, roles: ['CARE_MANAGER'] };
    expect(await colleague.codes(invite, { input })).toEqual(['FORBIDDEN']);
    const made = await admin.gql(
      'mutation { createApiKey(input: { name: "Key", roles: [CARE_SUPERVISOR] }) { token } }',
    );
    expect(await (await visitor(hub, made.createApiKey.token)).codes(invite, { input })).toEqual(['FORBIDDEN']);
  });
});

describe('the invitations of an organization', () => {
  test('are listed and withdrawn by its own administrators alone', async () => {
    const token = await inviteAndRead();
    const partner = await agencyAdmin(hub);
    const stranger = await careSupervisor(hub);
    const { invitations } = await admin.gql(list);
    expect(invitations.edges).toHaveLength(1);
    const { id } = invitations.edges[0].node;
    for (const other of [partner, stranger]) {
      expect((await other.gql(list)).invitations.edges).toEqual([]);
      expect(await other.codes(revoke, { id })).toEqual(['NOT_FOUND']);
    }
    expect((await admin.gql(revoke, { id })).revokeInvitation.invitation.revokedAt).not.toBeNull();
    expect(codesOf(await accept(here, token))).toEqual(['LINK_ENDED']);
  });

  test('cannot be withdrawn once they were used', async () => {
    await accept(here, await inviteAndRead());
    const { invitations } = await admin.gql(list);
    expect(invitations.edges[0].node.acceptedAt).not.toBeNull();
    expect(codesOf((await admin.gql(revoke, { id: invitations.edges[0].node.id })).revokeInvitation)).toEqual([
      'ALREADY_ACCEPTED',
    ]);
  });
});

describe('accepting', () => {
  test('makes somebody new a member, signed in', async () => {
    const token = await inviteAndRead();
    const payload = await accept(here, token);
    expect(payload).toMatchObject({
      step: 'SIGNED_IN',
      viewer: {
        user: { name: 'Rosa Lee', email },
        organization: { id: admin.organization.id },
        roles: ['CARE_MANAGER'],
      },
    });
    expect((await here.gql('{ viewer { user { email } } }')).data.viewer.user.email).toBe(email);
    expect(codesOf(await accept(await browser(hub), token))).toEqual(['LINK_ENDED']);
  });

  test('asks for a proper name and password and keeps the link meanwhile', async () => {
    const token = await inviteAndRead();
    expect((await accept(here, token, { name: ' ' })).userErrors).toEqual([{ code: 'NAME_LENGTH', field: 'name' }]);
    expect((await accept(here, token, { password: 'short' })).userErrors).toEqual([
      { code: 'WEAK_PASSWORD', field: 'password' },
    ]);
    expect((await accept(here, token)).step).toBe('SIGNED_IN');
  });

  test('gives somebody who is signed in one membership more, and changes nothing else', async () => {
    const member = await membership(hub, { user: await user(hub, { email, name: 'Ana' }) });
    here.cookies.set('hub_session', await session(hub, member));
    const { viewer } = await accept(here, await inviteAndRead());
    expect(viewer.user.name).toBe('Ana');
    expect(viewer.organization.id).toBe(member.organization.id);
    expect(viewer.memberships.map(({ organization }: { organization: { id: string } }) => organization.id)).toContain(
      admin.organization.id,
    );
  });

  test('asks somebody with an account for its password, and counts the attempts', async () => {
    await membership(hub, { user: await user(hub, { email, passwordHash }) });
    const token = await inviteAndRead();
    expect((await accept(here, token)).userErrors).toEqual([{ code: 'ACCOUNT_EXISTS', field: 'password' }]);
    expect(here.cookies.size).toBe(0);
    expect((await accept(here, token, { password })).step).toBe('SIGNED_IN');
  });

  test('is refused while somebody else is signed in', async () => {
    here.cookies.set('hub_session', (await careManager(hub)).token);
    expect(codesOf(await accept(here, await inviteAndRead()))).toEqual(['OTHER_ACCOUNT']);
  });

  test('takes a former member back with the roles of the invitation, through the code of the app', async () => {
    const former = await membership(hub, {
      organization: admin.organization,
      user: await user(hub, { email, passwordHash }),
      roles: ['CARE_SUPERVISOR'],
      ended: true,
    });
    await hub.sql('update hub.user_account set totp_confirmed_at = now() where id = $1', [former.user.id]);
    const token = await inviteAndRead(email, ['PRIVACY_OFFICER']);
    expect(await accept(here, token, { password })).toMatchObject({ step: 'TOTP_REQUIRED', viewer: null });
    const [row] = await hub.sql('select roles, ended_at from hub.membership where id = $1', [former.id]);
    expect(row).toEqual({ roles: ['PRIVACY_OFFICER'], ended_at: null });
  });

  test('happens once, also when it is tried twice at the same moment', async () => {
    const token = await inviteAndRead();
    const results = await Promise.all(
      [accept(here, token), accept(await browser(hub), token)].map((one) => one.catch(() => null)),
    );
    expect(results.filter((result) => result?.step === 'SIGNED_IN')).toHaveLength(1);
    expect(await hub.sql('select from hub.user_account where email = $1', [email])).toHaveLength(1);
  });

  test('ends after seven days', async () => {
    const token = await inviteAndRead();
    hub.clock.advance({ days: 7 });
    expect(codesOf(await accept(here, token))).toEqual(['LINK_ENDED']);
  });
});

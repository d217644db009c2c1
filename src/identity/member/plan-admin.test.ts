import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { agencyAdmin, careSupervisor, operator, planAdmin, planAnalyst, type Actor } from '../../../test/actors.js';
import { browser } from '../../../test/browser.js';
import { next } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { permissionsOf, ROLES_BY_KIND } from '../../access/permissions.js';

const hub = await testHub({ env: { BASE_URL: 'http://hub.example.org' } });
afterAll(() => hub.stop());

const invite =
  'mutation($input: InviteMemberInput!) { inviteMember(input: $input) { invitation { id } userErrors { code field } } }';
const change =
  'mutation($id: ID!, $roles: [Role!]!) { changeMemberRoles(input: { membershipId: $id, roles: $roles }) { membership { roles } userErrors { code } } }';
const end =
  'mutation($id: ID!) { endMembership(input: { membershipId: $id }) { membership { endedAt } userErrors { code } } }';

test.each(Object.entries(ROLES_BY_KIND))('an organization of kind %s has a role that manages members', (_, roles) => {
  expect(roles.filter((role) => permissionsOf([role]).has('member.manage'))).toHaveLength(1);
});

test('administrators of every kind invite into their own organization', async () => {
  for (const make of [careSupervisor, agencyAdmin, planAdmin, operator]) {
    const admin = await make(hub);
    const input = { email: `guest${next()}@example.org`, roles: admin.roles };
    expect((await admin.gql(invite, { input })).inviteMember.userErrors).toEqual([]);
  }
});

describe('the administrator of a health plan', () => {
  let admin: Actor;
  let analyst: Actor;
  beforeEach(async () => {
    admin = await planAdmin(hub);
    analyst = await planAnalyst(hub, { organization: admin.organization });
  });

  test('brings somebody in by invitation, who then reads the figures', async () => {
    const email = `guest${next()}@example.org`;
    await admin.gql(invite, { input: { email, roles: ['PLAN_ANALYST'] } });
    await hub.runJobs();
    const [, token] = /#token=([\w-]+)/.exec(hub.mail.to(email).at(-1)?.text ?? '') ?? [];
    const here = await browser(hub);
    const { data } = await here.gql(
      `mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { step viewer { roles permissions organization { id } } } }`,
      { input: { token, name: 'Rosa Lee', password: 'four green herons' } },
    );
    expect(data.acceptInvitation).toMatchObject({
      step: 'SIGNED_IN',
      viewer: { roles: ['PLAN_ANALYST'], organization: { id: admin.organization.id } },
    });
    expect(data.acceptInvitation.viewer.permissions).toContain('population.read');
  });

  test('changes roles and ends access, an analyst does neither', async () => {
    const { id } = analyst.membership;
    expect(await analyst.codes(invite, { input: { email: 'x@example.org', roles: ['PLAN_ANALYST'] } })).toEqual([
      'FORBIDDEN',
    ]);
    expect(await analyst.codes(end, { id: admin.membership.id })).toEqual(['FORBIDDEN']);
    const roles = ['PLAN_ANALYST', 'PLAN_ADMIN'];
    expect((await admin.gql(change, { id, roles })).changeMemberRoles.membership.roles).toEqual(roles);
    expect((await admin.gql(end, { id })).endMembership.membership.endedAt).not.toBeNull();
    expect((await admin.gql(end, { id: admin.membership.id })).endMembership.userErrors).toEqual([
      { code: 'LAST_ADMINISTRATOR' },
    ]);
  });

  test('hands out no role of another kind of organization, and reaches no other plan', async () => {
    const { id } = analyst.membership;
    for (const role of ['CARE_MANAGER', 'AGENCY_ADMIN', 'OPERATOR', 'CURATOR']) {
      expect((await admin.gql(change, { id, roles: [role] })).changeMemberRoles.userErrors).toEqual([
        { code: 'ROLE_DOES_NOT_FIT' },
      ]);
    }
    const other = await planAnalyst(hub);
    expect(await admin.codes(change, { id: other.membership.id, roles: ['PLAN_ADMIN'] })).toEqual(['NOT_FOUND']);
  });

  test('may read counts and never a person', async () => {
    const may = permissionsOf(['PLAN_ADMIN']);
    expect([...may].filter((permission) => /patient|screening|need|consent|referral|audit/.test(permission))).toEqual(
      [],
    );
    expect(await admin.codes('{ patients(first: 1) { edges { node { id } } } }')).toEqual(['FORBIDDEN']);
  });
});

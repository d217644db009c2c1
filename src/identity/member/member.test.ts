import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import {
  agencyAdmin,
  agencyStaff,
  anonymous,
  careManager,
  careSupervisor,
  operator,
  visitor,
  type Actor,
} from '../../../test/actors.js';
import { browser } from '../../../test/browser.js';
import { membership, organization, session, user } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { openContext } from '../../access/index.js';
import { memoryCookies } from '../../platform/http/request.js';
import { countStatements } from '../../platform/database/statements.js';
import { callerName, colleagueById } from '../index.js';
import { authenticate } from '../session/authenticate.js';

const hub = await testHub();
afterAll(() => hub.stop());

let admin: Actor;
beforeEach(async () => {
  admin = await careSupervisor(hub);
});

const change =
  'mutation($id: ID!, $roles: [Role!]!) { changeMemberRoles(input: { membershipId: $id, roles: $roles }) { membership { id roles } userErrors { code field } } }';
const end =
  'mutation($id: ID!) { endMembership(input: { membershipId: $id }) { membership { id endedAt } userErrors { code } } }';
const members =
  'query($first: Int, $after: String) { members(first: $first, after: $after) { edges { cursor node { id roles endedAt user { id name email } } } pageInfo { hasNextPage endCursor } } }';
const viewer = '{ viewer { roles organization { id } } }';

const contextOf = async (token: string) => {
  const request = { id: 'test', ip: '192.0.2.1', userAgent: null, acceptLanguage: null, cookies: memoryCookies() };
  return openContext(
    hub.platform,
    await authenticate(hub.platform.authPool, { bearer: token }, hub.clock.now()),
    request,
  );
};

describe('the members of an organization', () => {
  test('are listed by name, my own and nobody else’s, former ones with their end', async () => {
    const mine = await membership(hub, { organization: admin.organization, user: await user(hub, { name: 'Aaron' }) });
    const former = await membership(hub, {
      organization: admin.organization,
      user: await user(hub, { name: 'Zoe' }),
      ended: true,
    });
    const partner = await agencyAdmin(hub);
    const shared = await membership(hub, { organization: partner.organization, user: admin.user });
    const { members: page } = await admin.gql(members);
    expect(page.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([
      mine.id,
      admin.membership.id,
      former.id,
    ]);
    expect(page.edges[2].node.endedAt).not.toBeNull();
    const { members: theirs } = await partner.gql(members);
    expect(theirs.edges.map(({ node }: { node: { id: string } }) => node.id).toSorted()).toEqual(
      [partner.membership.id, shared.id].toSorted(),
    );
  });

  test('come in pages that meet everyone once, in two statements each', async () => {
    for (let count = 0; count < 24; count += 1) {
      await membership(hub, { organization: admin.organization, user: await user(hub, { name: `Name ${count % 5}` }) });
    }
    const seen: string[] = [];
    let after: string | null = null;
    do {
      let page:
        { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } | undefined;
      const count = await countStatements(hub.orm, async () => {
        page = (await admin.gql(members, { first: 20, after })).members;
      });
      expect(count).toBe(2);
      seen.push(...(page?.edges ?? []).map(({ node }) => node.id));
      after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  test('are managed by administrators only', async () => {
    const colleague = await careManager(hub, { organization: admin.organization });
    expect(await colleague.codes(members)).toEqual(['FORBIDDEN']);
    expect(await colleague.codes(change, { id: admin.membership.id, roles: ['CARE_MANAGER'] })).toEqual(['FORBIDDEN']);
    expect(await colleague.codes(end, { id: admin.membership.id })).toEqual(['FORBIDDEN']);
    expect(await (await anonymous(hub)).codes(members)).toEqual(['UNAUTHENTICATED']);
  });
});

describe('colleagues', () => {
  test('are the present members of my organization, in one statement', async () => {
    await membership(hub, { organization: admin.organization, ended: true });
    const colleague = await careManager(hub, { organization: admin.organization });
    await careManager(hub);
    let found: { id: string }[] = [];
    const count = await countStatements(hub.orm, async () => {
      found = (await colleague.gql('{ colleagues { id name roles } }')).colleagues;
    });
    expect(found.map(({ id }) => id).toSorted()).toEqual([admin.user.id, colleague.user.id].toSorted());
    expect(count).toBe(1);
  });

  test('are found by id while they are or were members, batched, and strangers are not', async () => {
    const former = await membership(hub, { organization: admin.organization, ended: true });
    const stranger = await agencyStaff(hub);
    const ctx = await contextOf(admin.token);
    const count = await countStatements(hub.orm, async () => {
      const found = await Promise.all(
        [admin.user.id, former.user.id, stranger.user.id].map((id) => colleagueById(ctx, id)),
      );
      expect(found.map((colleague) => colleague?.roles)).toEqual([['CARE_SUPERVISOR'], [], undefined]);
      await ctx.db.close();
    });
    expect(count).toBe(1);
  });

  test('see the caller’s name beside what was done', async () => {
    const ctx = await contextOf(admin.token);
    expect(await callerName(ctx)).toBe(admin.user.name);
    await ctx.db.close();
    const made = await admin.gql(
      'mutation { createApiKey(input: { name: "Night export", roles: [CARE_MANAGER] }) { token } }',
    );
    const key = await contextOf(made.createApiKey.token);
    expect(await callerName(key)).toBe('Night export');
    await key.db.close();
  });
});

describe('changing roles', () => {
  test('works at once, for my own members', async () => {
    const colleague = await careManager(hub, { organization: admin.organization });
    const { changeMemberRoles } = await admin.gql(change, {
      id: colleague.membership.id,
      roles: ['PRIVACY_OFFICER', 'CARE_MANAGER', 'CARE_MANAGER'],
    });
    expect(changeMemberRoles.membership.roles).toEqual(['PRIVACY_OFFICER', 'CARE_MANAGER']);
    expect((await colleague.gql(viewer)).viewer.roles).toEqual(['PRIVACY_OFFICER', 'CARE_MANAGER']);
    const [entry] = await hub.sql<{ detail: object }>(
      `select detail from hub.audit where org_id = $1 and action = 'member.roles'`,
      [admin.organization.id],
    );
    expect(entry?.detail).toEqual({ from: ['CARE_MANAGER'], to: ['PRIVACY_OFFICER', 'CARE_MANAGER'] });
  });

  test('of a partner’s and a stranger’s member is not found, even when I belong there too', async () => {
    const partner = await agencyAdmin(hub);
    const mineThere = await membership(hub, { organization: partner.organization, user: admin.user });
    const stranger = await careManager(hub);
    for (const id of [partner.membership.id, mineThere.id, stranger.membership.id]) {
      expect(await admin.codes(change, { id, roles: ['CARE_MANAGER'] })).toEqual(['NOT_FOUND']);
      expect(await admin.codes(end, { id })).toEqual(['NOT_FOUND']);
    }
    expect((await stranger.gql(viewer)).viewer.roles).toEqual(['CARE_MANAGER']);
  });

  test.each([
    [['AGENCY_ADMIN'], 'ROLE_DOES_NOT_FIT'],
    [['OPERATOR'], 'ROLE_DOES_NOT_FIT'],
    [['CARE_MANAGER', 'CURATOR'], 'ROLE_DOES_NOT_FIT'],
    [[], 'ROLES_MISSING'],
  ])('to %j in a care organization is refused', async (roles, code) => {
    const colleague = await careManager(hub, { organization: admin.organization });
    expect((await admin.gql(change, { id: colleague.membership.id, roles })).changeMemberRoles).toEqual({
      membership: null,
      userErrors: [{ code, field: 'roles' }],
    });
  });

  test('never gives oneself a role, but may take one', async () => {
    await careSupervisor(hub, { organization: admin.organization });
    const own = { id: admin.membership.id };
    const more = await admin.gql(change, { ...own, roles: ['CARE_SUPERVISOR', 'PRIVACY_OFFICER'] });
    expect(more.changeMemberRoles.userErrors).toEqual([{ code: 'OWN_ROLES', field: 'roles' }]);
    await hub.sql(`update hub.membership set roles = array['CARE_SUPERVISOR', 'CARE_MANAGER'] where id = $1`, [own.id]);
    expect((await admin.gql(change, { ...own, roles: ['CARE_MANAGER'] })).changeMemberRoles.membership.roles).toEqual([
      'CARE_MANAGER',
    ]);
  });

  test('leaves an organization its last administrator', async () => {
    const refused = [{ code: 'LAST_ADMINISTRATOR', field: null }];
    await hub.sql(`update hub.membership set roles = array['CARE_SUPERVISOR', 'CARE_MANAGER'] where id = $1`, [
      admin.membership.id,
    ]);
    expect(
      (await admin.gql(change, { id: admin.membership.id, roles: ['CARE_MANAGER'] })).changeMemberRoles.userErrors,
    ).toEqual(refused);
    await membership(hub, { organization: admin.organization, roles: ['CARE_SUPERVISOR'], ended: true });
    expect((await admin.gql(end, { id: admin.membership.id })).endMembership.userErrors).toEqual([
      { code: 'LAST_ADMINISTRATOR' },
    ]);
    const steward = await operator(hub);
    expect((await steward.gql(end, { id: steward.membership.id })).endMembership.userErrors).toEqual([
      { code: 'LAST_ADMINISTRATOR' },
    ]);
  });

  test('leaves one administrator when two remove each other at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const one = await careSupervisor(hub);
      const two = await careSupervisor(hub, { organization: one.organization });
      await Promise.allSettled([one.gql(end, { id: two.membership.id }), two.gql(end, { id: one.membership.id })]);
      const left = await hub.sql('select from hub.membership where organization_id = $1 and ended_at is null', [
        one.organization.id,
      ]);
      expect(left).toHaveLength(1);
    }
  });
});

describe('ending a membership', () => {
  test('ends its sessions, keys and invitations at once, and leaves other organizations alone', async () => {
    const second = await careSupervisor(hub, { organization: admin.organization });
    const elsewhere = await membership(hub, { user: second.user, kind: 'AGENCY' });
    const elsewhereToken = await session(hub, elsewhere);
    const made = await second.gql(
      'mutation { createApiKey(input: { name: "Export", roles: [CARE_MANAGER] }) { token } }',
    );
    await second.gql(
      'mutation { inviteMember(input: { email: "next@example.org", roles: [CARE_MANAGER] }) { invitation { id } } }',
    );
    const { endMembership } = await admin.gql(end, { id: second.membership.id });
    expect(endMembership.membership.endedAt).not.toBeNull();
    expect((await second.gql(viewer)).viewer).toBeNull();
    expect(await (await visitor(hub, made.createApiKey.token)).codes('{ colleagues { id } }')).toEqual([
      'UNAUTHENTICATED',
    ]);
    const [invitation] = await hub.sql<{ revoked: boolean }>(
      'select revoked_at is not null as revoked from hub.invitation where organization_id = $1',
      [admin.organization.id],
    );
    expect(invitation?.revoked).toBe(true);
    expect((await (await visitor(hub, elsewhereToken)).gql(viewer)).viewer.organization.id).toBe(
      elsewhere.organization.id,
    );
    expect((await admin.gql(end, { id: second.membership.id })).endMembership.userErrors).toEqual([]);
  });

  test('and changing the roles of a former member is refused', async () => {
    const former = await membership(hub, { organization: admin.organization, ended: true });
    const { changeMemberRoles } = await admin.gql(change, { id: former.id, roles: ['CARE_MANAGER'] });
    expect(changeMemberRoles.userErrors).toEqual([{ code: 'NOT_A_MEMBER', field: null }]);
  });
});

describe('row-level security', () => {
  test('keeps memberships, invitations and keys of others from the app role, read or written', async () => {
    const stranger = await agencyAdmin(hub);
    await stranger.gql(
      'mutation { inviteMember(input: { email: "x@example.org", roles: [AGENCY_STAFF] }) { invitation { id } } }',
    );
    await stranger.gql('mutation { createApiKey(input: { name: "Key", roles: [AGENCY_STAFF] }) { token } }');
    const ctx = await contextOf(admin.token);
    const their = stranger.organization.id;
    await ctx.db.write(async (em) => {
      for (const table of ['membership', 'invitation', 'api_key']) {
        expect(await em.execute(`select id from hub.${table} where organization_id = ?`, [their])).toEqual([]);
        const moved = await em.execute(`update hub.${table} set roles = roles where organization_id = ? returning id`, [
          their,
        ]);
        expect(moved).toEqual([]);
      }
      expect(await em.execute('select id from hub.user_account where id = ?', [stranger.user.id])).toEqual([]);
    });
    for (const sql of [
      'update hub.membership set organization_id = ? where id = ?',
      'select password_hash, ?::text, ?::text from hub.user_account',
      'select token_hash, ?::text, ?::text from hub.session',
    ]) {
      const attempt = ctx.db.write((em) => em.execute(sql, [their, admin.membership.id]));
      await expect(attempt).rejects.toThrow(/row-level security|permission denied/);
    }
    await ctx.db.close();
  });
});

test('a browser and software see the same organization by the same rules', async () => {
  const here = await browser(hub);
  const place = await organization(hub, { kind: 'CARE' });
  const member = await membership(hub, { organization: place });
  here.cookies.set('hub_session', await session(hub, member));
  expect((await here.gql(viewer)).data.viewer.organization.id).toBe(place.id);
});

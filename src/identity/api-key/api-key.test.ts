import { Client } from 'pg';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { agencyAdmin, agencyStaff, careSupervisor, operator, visitor, type Actor } from '../../../test/actors.js';
import { testHub } from '../../../test/hub.js';
import { authenticate } from '../session/authenticate.js';

const hub = await testHub({ now: '2026-06-15T14:00:00Z' });
afterAll(() => hub.stop());

const create =
  'mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id name hint roles expiresAt lastUsedAt revokedAt } token userErrors { code field } } }';
const revoke = 'mutation($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id revokedAt } } }';
const list = '{ apiKeys { edges { node { id name lastUsedAt } } } }';
const whoami = '{ colleagues { id } }';

let admin: Actor;
beforeEach(async () => {
  admin = await agencyAdmin(hub);
});

async function make(input: object = {}, maker: Actor = admin) {
  const { createApiKey } = await maker.gql(create, { input: { name: 'Export', roles: ['AGENCY_STAFF'], ...input } });
  return createApiKey;
}
const callerOf = (bearer: string) => authenticate(hub.platform.authPool, { bearer }, hub.clock.now());

describe('making a key', () => {
  test('shows its token once and stores the hash', async () => {
    const { apiKey, token } = await make();
    expect(token).toMatch(/^hub_[\w-]{43}$/);
    expect(apiKey).toMatchObject({
      name: 'Export',
      hint: token.slice(-4),
      roles: ['AGENCY_STAFF'],
      expiresAt: null,
      lastUsedAt: null,
    });
    const [row] = await hub.sql<{ row: string }>('select k::text as row from hub.api_key k where id = $1', [apiKey.id]);
    expect(row?.row).not.toContain(token.slice(4, -4));
    const [entry] = await hub.sql(
      `select outcome, entity_id from hub.audit where org_id = $1 and action = 'apikey.create'`,
      [admin.organization.id],
    );
    expect(entry).toEqual({ outcome: 'ALLOWED', entity_id: apiKey.id });
  });

  test.each([
    [{ roles: ['CARE_MANAGER'] }, 'ROLE_DOES_NOT_FIT', 'roles'],
    [{ roles: [] }, 'ROLES_MISSING', 'roles'],
    [{ name: '  ' }, 'NAME_LENGTH', 'name'],
    [{ expiresOn: '2026-06-14' }, 'DAY_PAST', 'expiresOn'],
  ])('with %j is refused', async (input, code, field) => {
    expect(await make(input)).toEqual({ apiKey: null, token: null, userErrors: [{ code, field }] });
  });

  test('never gives it more than its maker has', async () => {
    const steward = await operator(hub);
    expect((await make({ roles: ['CURATOR'] }, steward)).userErrors).toEqual([
      { code: 'ROLE_BEYOND_YOURS', field: 'roles' },
    ]);
    const supervisor = await careSupervisor(hub);
    expect((await make({ roles: ['PRIVACY_OFFICER'] }, supervisor)).userErrors).toHaveLength(1);
    expect((await make({ roles: ['CARE_MANAGER'] }, supervisor)).token).not.toBeNull();
  });

  test('is for administrators who are people', async () => {
    const staff = await agencyStaff(hub, { organization: admin.organization });
    expect(await staff.codes(create, { input: { name: 'Key', roles: ['AGENCY_STAFF'] } })).toEqual(['FORBIDDEN']);
    const { token } = await make({ roles: ['AGENCY_ADMIN'] });
    const software = await visitor(hub, token);
    expect(await software.codes(create, { input: { name: 'Key', roles: ['AGENCY_STAFF'] } })).toEqual(['FORBIDDEN']);
    expect(
      await software.codes('mutation { changePassword(input: { current: "a", password: "b" }) { done } }'),
    ).toEqual(['FORBIDDEN']);
    expect(await software.gql('{ viewer { roles } }')).toEqual({ viewer: null });
  });
});

describe('a key', () => {
  test('acts for its organization with its own roles, found in one statement', async () => {
    const { apiKey, token } = await make();
    const sent = vi.spyOn(Client.prototype, 'query');
    const caller = await callerOf(token);
    expect(sent).toHaveBeenCalledTimes(1);
    sent.mockRestore();
    expect(caller).toMatchObject({
      userId: null,
      organizationId: admin.organization.id,
      roles: ['AGENCY_STAFF'],
      via: 'API_KEY',
      credentialId: apiKey.id,
    });
    expect(caller?.permissions.has('member.manage')).toBe(false);
    expect((await (await visitor(hub, token)).gql(whoami)).colleagues).toHaveLength(1);
  });

  test('notes its use once a minute', async () => {
    const { token } = await make();
    const used = async () => (await admin.gql(list)).apiKeys.edges[0].node.lastUsedAt;
    await callerOf(token);
    const first = await used();
    expect(first).toBe(hub.clock.now().toISOString());
    hub.clock.advance({ seconds: 59 });
    await callerOf(token);
    expect(await used()).toBe(first);
    hub.clock.advance({ seconds: 1 });
    await callerOf(token);
    expect(await used()).toBe(hub.clock.now().toISOString());
  });

  test('works through its last day in the organization’s zone', async () => {
    const { apiKey, token } = await make({ expiresOn: '2026-06-15' });
    expect(apiKey.expiresAt).toBe('2026-06-16T04:00:00.000Z');
    const began = hub.clock.now();
    hub.clock.set('2026-06-16T03:59:59Z');
    expect(await callerOf(token)).not.toBeNull();
    hub.clock.set('2026-06-16T04:00:00Z');
    expect(await callerOf(token)).toBeNull();
    hub.clock.set(began);
  });

  test('ends when it is withdrawn, when its maker is disabled, and when the organization is retired', async () => {
    const { apiKey, token } = await make();
    await admin.gql(revoke, { id: apiKey.id });
    expect(await callerOf(token)).toBeNull();
    for (const [sql, id] of [
      ['update hub.user_account set disabled_at = now() where id = $1', (actor: Actor) => actor.user.id],
      ['update hub.organization set retired_at = now() where id = $1', (actor: Actor) => actor.organization.id],
    ] as const) {
      const maker = await agencyAdmin(hub);
      const made = await make({}, maker);
      expect(await callerOf(made.token)).not.toBeNull();
      await hub.sql(sql, [id(maker)]);
      expect(await callerOf(made.token)).toBeNull();
    }
  });

  test('shrinks with its maker', async () => {
    const { token } = await make({ roles: ['AGENCY_ADMIN', 'AGENCY_STAFF'] });
    await hub.sql(`update hub.membership set roles = array['AGENCY_STAFF'] where id = $1`, [admin.membership.id]);
    expect((await callerOf(token))?.roles).toEqual(['AGENCY_STAFF']);
  });

  test('is good in the header only, never in a cookie', async () => {
    const { token } = await make();
    expect(await authenticate(hub.platform.authPool, { cookie: token }, hub.clock.now())).toBeNull();
    for (const forged of [`${token}x`, token.slice(0, -1), 'hub_', `hub_${'A'.repeat(43)}`]) {
      expect(await callerOf(forged)).toBeNull();
    }
  });

  test('is listed and withdrawn by its own organization alone', async () => {
    const { apiKey } = await make();
    const partner = await careSupervisor(hub);
    const stranger = await agencyAdmin(hub);
    for (const other of [partner, stranger]) {
      expect((await other.gql(list)).apiKeys.edges).toEqual([]);
      expect(await other.codes(revoke, { id: apiKey.id })).toEqual(['NOT_FOUND']);
    }
    expect((await admin.gql(list)).apiKeys.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([
      apiKey.id,
    ]);
  });
});

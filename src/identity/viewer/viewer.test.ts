import { Client } from 'pg';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { anonymous, careManager, visitor } from '../../../test/actors.js';
import { membership, session } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { identity } from '../index.js';
import { countStatements } from '../../platform/database/statements.js';

const hub = await testHub();
afterAll(() => hub.stop());

const query = `{ viewer {
  user { id name email locale } organization { id name timeZone claimed } roles permissions secondFactor idleSeconds
  memberships { id roles organization { id name } } } }`;

describe('the viewer', () => {
  test('is nobody without a session', async () => {
    expect(await (await anonymous(hub)).gql(query)).toEqual({ viewer: null });
  });

  test('is read in one statement of the sign-in role, and one for all organizations; the session with the transaction itself', async () => {
    const actor = await careManager(hub);
    for (let count = 0; count < 4; count += 1) await membership(hub, { user: actor.user });
    const sent = vi.spyOn(Client.prototype, 'query');
    const organizations = await countStatements(hub.orm, async () => {
      const { viewer } = await actor.gql(query);
      expect(viewer).toMatchObject({
        user: { id: actor.user.id, locale: 'en' },
        organization: { id: actor.organization.id, claimed: true, timeZone: 'America/New_York' },
        roles: ['CARE_MANAGER'],
        secondFactor: false,
      });
      expect(viewer.memberships).toHaveLength(5);
      expect(viewer.memberships[0].id).toBe(actor.membership.id);
    });
    expect(organizations).toBe(1);
    const named = sent.mock.calls.map(([call]) => (call as { name?: string }).name).filter(Boolean);
    sent.mockRestore();
    expect(named).toEqual(['viewer']);
  });

  test('has the second factor when this sign-in had one', async () => {
    const token = await session(hub, await membership(hub), { mfa: true });
    expect((await (await visitor(hub, token)).gql(query)).viewer.secondFactor).toBe(true);
  });
});

test('the demo’s accounts and links are shown when the demo is on, and never otherwise', async () => {
  const options =
    '{ signInOptions { oidc oidcUrl demoAccounts { email password name role organization } demoLinks { who url } } }';
  const account = {
    email: 'demo@example.org',
    password: 'x',
    name: 'Demo',
    role: 'CARE_MANAGER',
    organization: 'Clinic',
  };
  const links = [{ who: 'PATIENT' as const, url: 'http://localhost/my-help#token=x' }];
  Object.assign(hub.platform, { demoAccounts: [account], demoLinks: () => links });
  expect(await (await anonymous(hub)).gql(options)).toEqual({
    signInOptions: { oidc: false, oidcUrl: null, demoAccounts: [], demoLinks: [] },
  });
  const demo = await testHub({ env: { HUB_DEMO: 'yes' }, features: [identity] });
  try {
    Object.assign(demo.platform, { demoAccounts: [account], demoLinks: () => links });
    const shown = (await (await anonymous(demo)).gql(options)).signInOptions;
    expect(shown).toMatchObject({ demoAccounts: [account], demoLinks: links });
  } finally {
    await demo.stop();
  }
});

import { afterAll, expect, test } from 'vitest';
import { anonymous, careSupervisor } from '../../../test/actors.js';
import { browser } from '../../../test/browser.js';
import { membership, next, organization } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';

const hub = await testHub({ env: { BASE_URL: 'http://hub.example.org' } });
afterAll(() => hub.stop());

async function unclaimed() {
  const place = await organization(hub);
  await hub.sql('update hub.organization set claimed_at = null where id = $1', [place.id]);
  return place;
}
async function claimOf(id: string) {
  const [row] = await hub.sql<{ claimed_at: Date | null; version: number }>(
    'select claimed_at, version from hub.organization where id = $1',
    [id],
  );
  return row;
}

test('an organization is claimed when its first member accepts an invitation, and keeps its version', async () => {
  const admin = await careSupervisor(hub);
  await hub.sql('update hub.organization set claimed_at = null where id = $1', [admin.organization.id]);
  const before = await claimOf(admin.organization.id);
  const email = `guest${next()}@example.org`;
  await admin.gql(
    'mutation($email: String!) { inviteMember(input: { email: $email, roles: [CARE_MANAGER] }) { invitation { id } } }',
    { email },
  );
  await hub.runJobs();
  const [, token] = /#token=([\w-]+)/.exec(hub.mail.to(email).at(-1)?.text ?? '') ?? [];
  hub.clock.advance({ hours: 1 });
  const here = await browser(hub);
  const { data } = await here.gql(
    `mutation($token: String!) { acceptInvitation(input: { token: $token, name: "Rosa Lee", password: "four green herons" }) {
      viewer { organization { claimed } } userErrors { code } } }`,
    { token },
  );
  expect(data.acceptInvitation).toEqual({ viewer: { organization: { claimed: true } }, userErrors: [] });
  expect(await claimOf(admin.organization.id)).toEqual({ claimed_at: hub.clock.now(), version: before?.version });
});

test('it is claimed once: the first member counts, later ones change nothing', async () => {
  const place = await unclaimed();
  await membership(hub, { organization: place });
  const first = (await claimOf(place.id))?.claimed_at;
  expect(first).toEqual(hub.clock.now());
  hub.clock.advance({ days: 3 });
  await membership(hub, { organization: place });
  expect((await claimOf(place.id))?.claimed_at).toEqual(first);
});

test('a former member claims nothing until they come back', async () => {
  const place = await unclaimed();
  const former = await membership(hub, { organization: place, ended: true });
  expect((await claimOf(place.id))?.claimed_at).toBeNull();
  await hub.sql('update hub.membership set ended_at = null where id = $1', [former.id]);
  expect((await claimOf(place.id))?.claimed_at).not.toBeNull();
});

test('the sign-in role claims through a membership alone: it may write no organization and call nothing', async () => {
  const place = await unclaimed();
  const pool = hub.platform.authPool;
  const denied = /permission denied/;
  await expect(pool.query('update hub.organization set claimed_at = now() where id = $1', [place.id])).rejects.toThrow(
    denied,
  );
  await expect(pool.query(`update hub.organization set name = 'Mine' where id = $1`, [place.id])).rejects.toThrow(
    denied,
  );
  await expect(pool.query('select hub.claim_organization()')).rejects.toThrow(/denied|can only be called as trigger/);
  expect((await claimOf(place.id))?.claimed_at).toBeNull();
});

test('everybody sees whether referrals reach somebody there', async () => {
  const place = await unclaimed();
  const service = await hub.sql<{ id: string }>(
    `insert into hub.service (id, organization_id, name) values (gen_random_uuid(), $1, 'Food pantry') returning id`,
    [place.id],
  );
  const nobody = await anonymous(hub);
  const claimed = async () =>
    (await nobody.gql('query($id: ID!) { service(id: $id) { organization { claimed } } }', { id: service[0]?.id }))
      .service.organization.claimed;
  expect(await claimed()).toBe(false);
  await membership(hub, { organization: place });
  expect(await claimed()).toBe(true);
});

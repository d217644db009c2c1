import { afterAll, describe, expect, test } from 'vitest';
import { browser } from '../../../test/browser.js';
import { membership, next, organization, user } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { hashPassword } from '../account/password.js';
import { appointAdministrator, type Appointment } from './appoint.js';

const hub = await testHub({ env: { BASE_URL: 'http://hub.example.org' } });
afterAll(() => hub.stop());

const appoint = (given: Partial<Appointment> = {}) =>
  appointAdministrator(
    hub.owner,
    hub.config,
    { email: `first${next()}@example.org`, name: 'Rosa Lee', organization: 'County 211', kind: 'STEWARD', ...given },
    hub.clock.now(),
  );

describe('the first administrator of an organization', () => {
  test('chooses a password by the link, signs in, and may invite others', async () => {
    const email = `first${next()}@example.org`;
    const { roles, founded, link } = await appoint({ email, organization: 'Bay Health Plan', kind: 'PLAN' });
    expect([roles, founded]).toEqual([['PLAN_ADMIN'], true]);
    const [, token] = /^http:\/\/hub\.example\.org\/reset-password#token=([\w-]{43})$/.exec(link ?? '') ?? [];
    const here = await browser(hub);
    const password = 'three blue herons';
    await here.gql('mutation($input: ResetPasswordInput!) { resetPassword(input: $input) { done } }', {
      input: { token, password },
    });
    const { data } = await here.gql(
      'mutation($input: SignInInput!) { signIn(input: $input) { viewer { organization { name kind claimed } permissions } } }',
      { input: { email, password } },
    );
    expect(data.signIn.viewer.organization).toEqual({ name: 'Bay Health Plan', kind: 'PLAN', claimed: true });
    expect(data.signIn.viewer.permissions).toContain('member.manage');
    const [entry] = await hub.sql(
      `select via, outcome, roles from hub.audit a join hub.user_account u on u.id = a.entity_id
        where a.action = 'member.appoint' and u.email = $1`,
      [email],
    );
    expect(entry).toEqual({ via: 'TASK', outcome: 'ALLOWED', roles: ['PLAN_ADMIN'] });
  });

  test('joins an organization that is there, and keeps the roles and the password they have', async () => {
    const place = await organization(hub, { kind: 'AGENCY', name: `Hope Pantry ${next()}` });
    const member = await membership(hub, {
      organization: place,
      user: await user(hub, { passwordHash: await hashPassword('three blue herons') }),
    });
    const given = { email: member.user.email.toUpperCase(), organization: place.name.toLowerCase() };
    expect(await appoint({ ...given, kind: 'AGENCY' })).toEqual({
      roles: ['AGENCY_ADMIN'],
      founded: false,
      link: null,
    });
    const [row] = await hub.sql<{ roles: string[] }>('select roles from hub.membership where id = $1', [member.id]);
    expect(row?.roles.toSorted()).toEqual(['AGENCY_ADMIN', 'AGENCY_STAFF']);
  });

  test('is asked for twice: one account, one organization, and the link that was printed last', async () => {
    const given = { email: `twice${next()}@example.org`, organization: `Twice ${next()}` };
    const first = await appoint(given);
    const second = await appoint(given);
    expect([first.founded, second.founded]).toEqual([true, false]);
    expect(second.link).not.toBe(first.link);
    const links = await hub.sql(
      'select from hub.password_reset r join hub.user_account u on u.id = r.user_id where u.email = $1',
      [given.email],
    );
    expect(links).toHaveLength(1);
  });

  test.each([
    [{ email: 'not an address' }, '--email'],
    [{ name: ' ' }, '--name'],
    [{ organization: '' }, '--organization'],
  ])('with %j is refused in one plain line, and nothing is written', async (given, word) => {
    const before = await hub.sql('select from hub.organization');
    await expect(appoint(given)).rejects.toThrow(word);
    expect(await hub.sql('select from hub.organization')).toHaveLength(before.length);
  });

  test('is refused where two organizations have the name, and for a closed account', async () => {
    const name = `Double ${next()}`;
    await organization(hub, { kind: 'CARE', name });
    await organization(hub, { kind: 'CARE', name });
    await expect(appoint({ organization: name, kind: 'CARE' })).rejects.toThrow('More than one');
    const closed = await user(hub);
    await hub.sql('update hub.user_account set disabled_at = now() where id = $1', [closed.id]);
    const organizationName = `Never made ${next()}`;
    await expect(appoint({ email: closed.email, organization: organizationName })).rejects.toThrow('closed');
    expect(await hub.sql('select from hub.organization where name = $1', [organizationName])).toHaveLength(0);
  });
});

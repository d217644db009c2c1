import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { agencyAdmin, careManager, careSupervisor, visitor, type Actor } from '../../../test/actors.js';
import { browser } from '../../../test/browser.js';
import { membership, session, user, type MembershipRow } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { countStatements } from '../../platform/database/statements.js';
import { hashPassword } from '../account/password.js';

const hub = await testHub();
afterAll(() => hub.stop());

const password = 'three blue herons';
const passwordHash = await hashPassword(password);
const reset =
  'mutation($id: ID!) { resetSecondFactor(input: { membershipId: $id }) { membership { id secondFactor } userErrors { code } } }';
const viewer = '{ viewer { user { id } } }';

let admin: Actor;
let colleague: MembershipRow;
beforeEach(async () => {
  admin = await careSupervisor(hub);
  const someone = await user(hub, { passwordHash });
  colleague = await membership(hub, { organization: admin.organization, user: someone });
  await arm(colleague);
});

/** Gives somebody an app and a recovery code, as setting it up would. */
async function arm({ user: { id } }: MembershipRow): Promise<void> {
  await hub.sql(`update hub.user_account set totp_secret = '\\x00', totp_confirmed_at = now() where id = $1`, [id]);
  await hub.sql(`insert into hub.recovery_code (user_id, code_hash) values ($1, '\\x01')`, [id]);
}
async function isArmed({ user: { id } }: MembershipRow): Promise<boolean> {
  const [row] = await hub.sql<{ armed: boolean }>(
    `select totp_secret is not null or totp_confirmed_at is not null
         or exists (select from hub.recovery_code where user_id = $1) as armed from hub.user_account where id = $1`,
    [id],
  );
  return row?.armed ?? false;
}

describe('an administrator', () => {
  test('takes a lost second factor away: all sessions end, the password is enough, the person gets a letter', async () => {
    const elsewhere = await membership(hub, { user: colleague.user, kind: 'AGENCY' });
    const sessions = [await session(hub, colleague), await session(hub, elsewhere)];
    const { resetSecondFactor } = await admin.gql(reset, { id: colleague.id });
    expect(resetSecondFactor).toEqual({ membership: { id: colleague.id, secondFactor: false }, userErrors: [] });
    expect(await isArmed(colleague)).toBe(false);
    for (const token of sessions) expect((await (await visitor(hub, token)).gql(viewer)).viewer).toBeNull();
    const here = await browser(hub);
    const { data } = await here.gql('mutation($input: SignInInput!) { signIn(input: $input) { step } }', {
      input: { email: colleague.user.email, password },
    });
    expect(data.signIn.step).toBe('SIGNED_IN');
    await hub.runJobs();
    const [letter, ...more] = hub.mail.to(colleague.user.email);
    expect(more).toEqual([]);
    expect(letter?.text).toContain(`administrator of ${admin.organization.name}`);
  });

  test('leaves an entry in the audit of each organization of the person, and the job holds ids alone', async () => {
    const elsewhere = await membership(hub, { user: colleague.user, kind: 'AGENCY' });
    await admin.gql(reset, { id: colleague.id });
    const rows = await hub.sql(
      `select org_id, actor_id, entity_id, outcome, detail from hub.audit where action = 'member.second-factor' and entity_id = $1`,
      [colleague.user.id],
    );
    const entry = { actor_id: admin.user.id, entity_id: colleague.user.id, outcome: 'ALLOWED' };
    const detail = { what: 'reset', by: admin.organization.id };
    expect(rows).toHaveLength(2);
    expect(rows).toEqual(
      expect.arrayContaining(
        [admin.organization.id, elsewhere.organization.id].map((org_id) => ({ ...entry, org_id, detail })),
      ),
    );
    const [job] = await hub.sql('select payload from graphile_worker._private_jobs order by id desc limit 1');
    expect(job?.['payload']).toEqual({
      userId: colleague.user.id,
      what: 'second-factor-reset',
      organizationId: admin.organization.id,
    });
  });

  test('sees who has one, in no more statements for a page of twenty', async () => {
    for (let count = 0; count < 20; count += 1) {
      await membership(hub, { organization: admin.organization, user: await user(hub) });
    }
    const list = '{ members(first: 30) { edges { node { id secondFactor user { name } } } } }';
    let edges: { node: { id: string; secondFactor: boolean } }[] = [];
    const count = await countStatements(hub.orm, async () => {
      ({ edges } = (await admin.gql(list)).members);
    });
    expect(count).toBe(2);
    expect(edges.filter(({ node }) => node.secondFactor).map(({ node }) => node.id)).toEqual([colleague.id]);
  });
});

describe('resetting is refused', () => {
  const refusalOf = async (id: string) => (await admin.gql(reset, { id })).resetSecondFactor.userErrors[0]?.code;

  test('for oneself, for somebody without one, and for a former member', async () => {
    await arm(admin.membership);
    expect(await refusalOf(admin.membership.id)).toBe('OWN_SECOND_FACTOR');
    expect(await isArmed(admin.membership)).toBe(true);
    const without = await membership(hub, { organization: admin.organization });
    expect(await refusalOf(without.id)).toBe('NO_SECOND_FACTOR');
    const former = await membership(hub, { organization: admin.organization, ended: true });
    await arm(former);
    expect(await refusalOf(former.id)).toBe('NOT_A_MEMBER');
    expect(await isArmed(former)).toBe(true);
  });

  test('for members of a partner and of a stranger, and to those who manage nobody', async () => {
    const partner = await agencyAdmin(hub);
    const theirs = await membership(hub, { organization: partner.organization });
    await arm(theirs);
    expect(await admin.codes(reset, { id: theirs.id })).toEqual(['NOT_FOUND']);
    const manager = await careManager(hub, { organization: admin.organization });
    expect(await manager.codes(reset, { id: colleague.id })).toEqual(['FORBIDDEN']);
    const made = await admin.gql(
      'mutation { createApiKey(input: { name: "Key", roles: [CARE_SUPERVISOR] }) { token } }',
    );
    expect(await (await visitor(hub, made.createApiKey.token)).codes(reset, { id: colleague.id })).toEqual([
      'FORBIDDEN',
    ]);
    expect(await isArmed(theirs)).toBe(true);
    expect(await isArmed(colleague)).toBe(true);
  });
});

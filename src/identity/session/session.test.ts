import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Client } from 'pg';
import { visitor } from '../../../test/actors.js';
import { membership, organization, session as makeSession, user, type MembershipRow } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { newToken } from '../token.js';
import { authenticate } from './authenticate.js';
import { findSession, openSession } from './session.js';

const hub = await testHub();
afterAll(() => hub.stop());
const pool = hub.platform.authPool;
const now = () => hub.clock.now();

let member: MembershipRow;
beforeEach(async () => {
  member = await membership(hub, { kind: 'CARE' });
});

async function open(stage: 'OPEN' | 'TOTP' = 'OPEN'): Promise<string> {
  const { token } = await openSession(
    pool,
    { userId: member.user.id, membershipId: member.id, stage, mfa: false, ip: '192.0.2.1', userAgent: 'test' },
    now(),
  );
  return token;
}

const callerOf = (token: string, touch = true) => authenticate(pool, { cookie: token }, now(), touch);

describe('a session', () => {
  test('is looked up, checked and prolonged in one statement', async () => {
    const token = await open();
    hub.clock.advance({ minutes: 5 });
    const sent = vi.spyOn(Client.prototype, 'query');
    try {
      const caller = await callerOf(token);
      expect(caller).toMatchObject({
        userId: member.user.id,
        organizationId: member.organization.id,
        via: 'SESSION',
        mfa: false,
      });
      expect(caller?.memberships).toEqual([
        { id: member.id, organizationId: member.organization.id, roles: ['CARE_MANAGER'] },
      ]);
      expect(sent).toHaveBeenCalledTimes(1);
    } finally {
      sent.mockRestore();
    }
  });

  test('slides with each request, at most once a minute, and ends after fifteen idle minutes', async () => {
    const token = await open();
    const seen = async () =>
      (await hub.sql<{ seen_at: Date }>('select seen_at from hub.session where user_id = $1', [member.user.id]))[0]
        ?.seen_at;
    const began = now();
    hub.clock.advance({ seconds: 59 });
    await callerOf(token);
    expect(await seen()).toEqual(began);
    for (let times = 0; times < 6; times += 1) {
      hub.clock.advance({ minutes: 14 });
      expect(await callerOf(token)).not.toBeNull();
      expect(await seen()).toEqual(now());
    }
    hub.clock.advance({ minutes: 15 });
    expect(await callerOf(token)).toBeNull();
  });

  test('ends after twelve hours, however busy', async () => {
    const token = await open();
    for (let quarter = 0; quarter < 12 * 6 - 1; quarter += 1) {
      hub.clock.advance({ minutes: 10 });
      expect(await callerOf(token)).not.toBeNull();
    }
    hub.clock.advance({ minutes: 10 });
    expect(await callerOf(token)).toBeNull();
  });

  test('is not prolonged by an open socket', async () => {
    const token = await open();
    hub.clock.advance({ minutes: 10 });
    expect(await callerOf(token, false)).not.toBeNull();
    hub.clock.advance({ minutes: 5 });
    expect(await callerOf(token, false)).toBeNull();
  });

  test('that waits for its code is nobody, and waits ten minutes', async () => {
    const token = await open('TOTP');
    expect(await callerOf(token)).toBeNull();
    hub.clock.advance({ minutes: 9 });
    expect(await findSession(pool, token, now())).toMatchObject({ stage: 'TOTP' });
    hub.clock.advance({ minutes: 1 });
    expect(await findSession(pool, token, now())).toBeNull();
  });

  test('of a disabled person, an ended membership or a retired organization is nobody', async () => {
    const cases: [string, (row: MembershipRow) => string][] = [
      ['update hub.user_account set disabled_at = now() where id = $1', (row) => row.user.id],
      ['update hub.membership set ended_at = now() where id = $1', (row) => row.id],
      ['update hub.organization set retired_at = now() where id = $1', (row) => row.organization.id],
    ];
    for (const [sql, idOf] of cases) {
      member = await membership(hub);
      const token = await open();
      expect(await callerOf(token)).not.toBeNull();
      await hub.sql(sql, [idOf(member)]);
      expect(await callerOf(token)).toBeNull();
    }
  });

  test('does not move to another organization when its own has ended', async () => {
    await membership(hub, { user: member.user });
    const token = await open();
    await hub.sql('update hub.membership set ended_at = now() where id = $1', [member.id]);
    expect(await callerOf(token)).toBeNull();
  });
});

describe('credentials', () => {
  test('that are forged, cut, foreign or empty are nobody', async () => {
    const token = await open();
    const forged = [
      newToken(),
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase(),
      '',
      "' or 1=1 --",
      '\u0000'.repeat(43),
    ];
    for (const cookie of forged) expect(await authenticate(pool, { cookie }, now())).toBeNull();
    for (const bearer of forged) expect(await authenticate(pool, { bearer }, now())).toBeNull();
  });

  test('in the header win over the cookie, also when they are wrong', async () => {
    const token = await open();
    expect(await authenticate(pool, { cookie: token, bearer: newToken() }, now())).toBeNull();
    expect(await authenticate(pool, { cookie: newToken(), bearer: token }, now())).not.toBeNull();
  });

  test('reach the API as a bearer token', async () => {
    const token = await makeSession(hub, member);
    expect(await (await visitor(hub, token)).gql('{ viewer { user { id } organization { name } } }')).toEqual({
      viewer: { user: { id: member.user.id }, organization: { name: member.organization.name } },
    });
    const nobody = await visitor(hub, newToken());
    expect(await nobody.gql('{ viewer { user { id } } }')).toEqual({ viewer: null });
    expect(await nobody.codes('{ colleagues { id } }')).toEqual(['UNAUTHENTICATED']);
  });
});

test('ended sessions, links, sign-ons and counts are cleared at night, live ones stay', async () => {
  const someone = await user(hub);
  member = await membership(hub, { user: someone, organization: await organization(hub) });
  await open();
  const soon = new Date(now().getTime() + 60_000);
  const insertAll = async (tag: string, end: Date) => {
    await hub.sql(`insert into hub.password_reset (token_hash, user_id, expires_at) values ($1, $2, $3)`, [
      `r${tag}`,
      someone.id,
      end,
    ]);
    await hub.sql(`insert into hub.oidc_flow values ($1, 'v', 'n', '/', $2)`, [`f${tag}`, end]);
    await hub.sql(`insert into hub.rate_limit values ($1, $2, 1)`, [`l${tag}`, new Date(end.getTime() - 86_400_000)]);
  };
  await insertAll('ended', now());
  await insertAll('live', soon);
  const enqueueNightly = () => hub.sql(`select hub.enqueue('identity.clear-ended')`);
  await enqueueNightly();
  await hub.runJobs();
  const left = await hub.sql<{ key: string }>(
    `select encode(token_hash, 'escape') as key from hub.password_reset union all select encode(state_hash, 'escape') from hub.oidc_flow
     union all select encode(key_hash, 'escape') from hub.rate_limit order by 1`,
  );
  expect(left.map(({ key }) => key)).toEqual(['flive', 'llive', 'rlive']);
  expect(await hub.sql('select from hub.session where user_id = $1', [someone.id])).toHaveLength(1);
  hub.clock.advance({ hours: 13 });
  await enqueueNightly();
  await hub.runJobs();
  expect(await hub.sql('select from hub.session where user_id = $1', [someone.id])).toHaveLength(0);
});

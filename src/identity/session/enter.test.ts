import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, expect, test, vi } from 'vitest';
import { visitor } from '../../../test/actors.js';
import { membership, session, type MembershipRow } from '../../../test/factories.js';
import { testHub } from '../../../test/hub.js';
import { asTask, OperationDb } from '../../platform/database/operation.js';
import { openSession } from './session.js';

const hub = await testHub();
afterAll(() => hub.stop());

async function opened(member: MembershipRow, stage: 'OPEN' | 'TOTP'): Promise<string> {
  const who = { userId: member.user.id, membershipId: member.id, stage, mfa: false, ip: '192.0.2.1', userAgent: null };
  return (await openSession(hub.platform.authPool, who, hub.clock.now())).token;
}

const QUERY = '{ viewer { organization { id } } colleagues { id } }';

test('a query begins its transaction with its session, and a mutation asks the role of sign-in', async () => {
  const actor = await visitor(hub, await session(hub, await membership(hub)));
  const named = async (document: string) => {
    const sent = vi.spyOn(Client.prototype, 'query');
    await actor.gql(document);
    const texts = sent.mock.calls.map(([call]) => call as unknown as string | { name?: string; text?: string });
    sent.mockRestore();
    return {
      looksUp: texts.some((one) => typeof one === 'object' && one.name === 'session'),
      enters: texts.some((one) => typeof one === 'object' && one.text?.includes('execute hub_enter(')),
    };
  };
  expect(await named(QUERY)).toEqual({ looksUp: false, enters: true });
  expect(await named('mutation { signOut { userErrors { code } } }')).toEqual({ looksUp: true, enters: false });
  expect(await actor.gql('{ viewer { organization { id } } }')).toEqual({ viewer: null });
});

test('reading is a sign of life as well', async () => {
  const member = await membership(hub);
  const actor = await visitor(hub, await opened(member, 'OPEN'));
  for (let times = 0; times < 3; times += 1) {
    hub.clock.advance({ minutes: 14 });
    expect(await actor.gql(QUERY)).toMatchObject({ viewer: { organization: { id: member.organization.id } } });
  }
  hub.clock.advance({ minutes: 15 });
  expect(await actor.codes('{ colleagues { id } }')).toEqual(['UNAUTHENTICATED']);
});

test('a session that waits for its code reads as nobody', async () => {
  const member = await membership(hub);
  const token = await opened(member, 'TOTP');
  const half = await visitor(hub, token);
  expect(await half.gql('{ viewer { organization { id } } }')).toEqual({ viewer: null });
  expect(await half.codes('{ colleagues { id } }')).toEqual(['UNAUTHENTICATED']);
});

test('who has taken the role of the app or of a task cannot enter as somebody', async () => {
  const enter = sql`select hub.enter('\\x00', now())`;
  for (const db of [new OperationDb(hub.orm, { role: 'hub_app' }), asTask(hub.orm)]) {
    const kysely = (await db.em()).getKysely<unknown>();
    await expect(enter.execute(kysely)).rejects.toThrow(/permission denied for function enter/);
    await db.end();
  }
});

test('a resolver that is late cannot speak on a connection that serves somebody else by now', async () => {
  const db = new OperationDb(hub.orm, { role: 'hub_app' });
  const em = await db.em();
  await db.end();
  await expect(sql`select 1`.execute(em.getKysely<unknown>())).rejects.toThrow(/has ended/);
  await expect(em.execute('select 1')).rejects.toThrow(/has ended/);
});

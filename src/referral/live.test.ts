import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { agencyStaff, careManager, type Actor } from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, take } from '../../test/referral-factories.js';
import { newId } from '../platform/id.js';

const INBOX =
  'subscription { inboxChanged { referral { id status patientLabel shared { items { key } } patient { id } } } }';
const CHANGED = 'subscription ($id: ID) { referralChanged(id: $id) { referral { id status seenAt } } }';

interface Heard {
  referral: { id: string; status: string; patient?: object | null; shared?: { items: object[] } } | null;
}

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

/** Listens as somebody; what was heard grows in the array, errors included. */
async function listen(actor: Actor, query: string, variables: Record<string, unknown> = {}) {
  class Socket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers: { authorization: `Bearer ${actor.token}` } });
    }
  }
  const url = `${(await hub.url()).replace('http', 'ws')}/graphql`;
  const client: Client = createClient({ url, webSocketImpl: Socket, retryAttempts: 0, lazy: false });
  const heard: Heard[] = [];
  const errors: unknown[] = [];
  client.subscribe<Record<string, Heard>>(
    { query, variables },
    {
      next: ({ data, errors: found }) => {
        const [event] = Object.values(data ?? {});
        if (event) heard.push(event);
        errors.push(...(found ?? []));
      },
      error: (found) => errors.push(found),
      complete: () => undefined,
    },
  );
  // The subscription is known to the server a moment after it was sent.
  await new Promise((resolve) => setTimeout(resolve, 400));
  return { heard, errors, end: () => client.dispose() };
}
/** All that was said until now was heard: notifications keep their order. */
function heardAll(): Promise<void> {
  const key = newId();
  return new Promise((done) => {
    const stop = hub.platform.live.listen('mark', key, () => {
      stop();
      done();
    });
    void hub.sql(`select pg_notify('hub_live', json_build_array('mark', $1::text, 'x')::text)`, [key]);
  });
}

/** What the hub had heard before it answered somebody. */
async function pointOf(actor: Actor): Promise<string> {
  const response = await fetch(`${await hub.url()}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${actor.token}` },
    body: JSON.stringify({ query: '{ viewer { user { id } } }' }),
  });
  return response.headers.get('hub-heard') ?? 'none';
}
const statuses = (listener: { heard: Heard[] }) => listener.heard.map((event) => event.referral?.status);

describe('a live connection', () => {
  it('tells the agency of a referral the moment it is sent, with what it may read, and no other agency', async () => {
    const between = await pair(hub);
    const stranger = await agencyStaff(hub);
    const mine = await listen(between.agency, INBOX);
    const theirs = await listen(stranger, INBOX);
    const id = await send(between);
    await expect.poll(() => mine.heard.length).toBe(1);
    expect(mine.heard[0]?.referral).toMatchObject({ id, status: 'REQUESTED', patient: null });
    expect(mine.heard[0]?.referral?.shared?.items.length).toBeGreaterThan(3);
    await take(between.agency, 'acceptReferral', id);
    await expect.poll(() => statuses(mine)).toEqual(['REQUESTED', 'ACCEPTED']);
    expect([theirs.heard, theirs.errors, mine.errors]).toEqual([[], [], []]);
    await mine.end();
    await theirs.end();
    const read = await hub.sql(`select from hub.audit where action = 'referral.live' and entity_id = $1`, [id]);
    expect(read).toHaveLength(2);
  });

  it('tells the sender of each step, of one referral or of all', async () => {
    const between = await pair(hub);
    const id = await send(between);
    const other = await send(await pair(hub, between));
    const one = await listen(between.sender, CHANGED, { id });
    const all = await listen(between.sender, CHANGED);
    await take(between.agency, 'acceptReferral', other);
    await take(between.agency, 'markReferralSeen', id);
    // A notice is only an id: each reader reads how it stands by then, so the next step waits until this one is read.
    await expect.poll(() => [statuses(one), all.heard.length]).toEqual([['REQUESTED'], 2]);
    await take(between.agency, 'declineReferral', id, { reasonCode: 'NO_CAPACITY', reason: '' });
    await expect.poll(() => [statuses(one), all.heard.length]).toEqual([['REQUESTED', 'REJECTED'], 3]);
    expect(all.heard.map((event) => event.referral?.id)).toEqual([other, id, id]);
    await one.end();
    await all.end();
  });

  it('tells an inbox how much came and changed, once a second however much it is, and nothing of another agency', async () => {
    const between = await pair(hub);
    const stranger = await agencyStaff(hub);
    const news = 'subscription { inboxNews { arrived changed behind } }';
    const [mine, theirs] = [await listen(between.agency, news), await listen(stranger, news)];
    const told = () => mine.heard as unknown as { arrived: number; changed: string[]; behind: boolean }[];
    const ids: string[] = [];
    for (let i = 0; i < 4; i += 1) ids.push(await send(await pair(hub, between)));
    await expect.poll(() => told().reduce((sum, { arrived }) => sum + arrived, 0), { timeout: 5000 }).toBe(4);
    expect(told().every(({ changed, behind }) => changed.length === 0 && !behind)).toBe(true);
    const before = told().length;
    for (const id of ids) await take(between.agency, 'markReferralSeen', id);
    await expect
      .poll(
        () =>
          new Set(
            told()
              .slice(before)
              .map(({ arrived }) => arrived),
          ),
        { timeout: 5000 },
      )
      .toEqual(new Set([0]));
    const [storm] = [told().length];
    await hub.sql(
      `select pg_notify('hub_live', json_build_array('arrived', $1::text, n::text)::text) from generate_series(1, 5000) n`,
      [between.agency.organization.id],
    );
    await expect
      .poll(
        () =>
          told()
            .slice(storm)
            .reduce((sum, one) => sum + one.arrived, 0),
        { timeout: 8000 },
      )
      .toBe(5000);
    expect(told().length - storm).toBeLessThan(5);
    expect([theirs.heard, theirs.errors, mine.errors]).toEqual([[], [], []]);
    const sender = await listen(between.sender, news);
    await expect.poll(() => JSON.stringify(sender.errors)).toContain('FORBIDDEN');
    await Promise.all([mine.end(), theirs.end(), sender.end()]);
  });

  it('begins with what changed since the answer that is shown, and with nothing where nothing did', async () => {
    const between = await pair(hub);
    const id = await send(between);
    const other = await send(await pair(hub, between));
    await heardAll();
    const since = await pointOf(between.sender);
    const theirs = await pointOf(between.agency);
    await take(between.agency, 'markReferralSeen', id);
    await heardAll();
    const SINCE =
      'subscription ($id: ID, $since: String) { referralChanged(id: $id, since: $since) { referral { id } } }';
    const heardOf = async (variables: Record<string, unknown>) => {
      const { heard, errors, end } = await listen(between.sender, SINCE, variables);
      await end();
      expect(errors).toEqual([]);
      return heard.map(({ referral }) => referral?.id ?? null);
    };
    const now = await pointOf(between.sender);
    expect(await heardOf({ id, since })).toEqual([id]);
    expect(await heardOf({ since })).toEqual([id]);
    expect(await heardOf({ id: other, since })).toEqual([]);
    expect(await heardOf({ id, since: now })).toEqual([]);
    expect(await heardOf({ id })).toEqual([]);
    // Of a process that this one never met: it says to look, and reads nobody's record for it.
    const before = await hub.sql(`select from hub.audit where action = 'referral.live'`);
    expect(await heardOf({ id, since: '00000000.1.1' })).toEqual([null]);
    expect(await hub.sql(`select from hub.audit where action = 'referral.live'`)).toHaveLength(before.length);
    const news = await listen(
      between.agency,
      'subscription ($since: String) { inboxNews(since: $since) { arrived changed missed } }',
      { since: theirs },
    );
    await expect.poll(() => news.heard).toEqual([{ arrived: 0, changed: [id], missed: false }]);
    await news.end();
  });

  it('that reads too slowly is ended, not the hub', async () => {
    const between = await pair(hub);
    const slow = await listen(between.agency, INBOX);
    const before = hub.platform.live.readers().letGo;
    await hub.sql(
      `select pg_notify('hub_live', json_build_array('inbox', $1::text, gen_random_uuid())::text) from generate_series(1, 4000)`,
      [between.agency.organization.id],
    );
    await expect.poll(() => hub.platform.live.readers().letGo, { timeout: 8000 }).toBe(before + 1);
    await slow.end();
    const again = await listen(between.agency, INBOX);
    await send(between);
    await expect.poll(() => statuses(again)).toEqual(['REQUESTED']);
    await again.end();
  });

  it('tells nothing of what was refused', async () => {
    const between = await pair(hub);
    const id = await send(between);
    await heardAll();
    const mine = await listen(between.agency, INBOX);
    expect((await take(between.agency, 'startReferral', id)).refused).toEqual(['NOT_FROM_HERE']);
    await take(between.agency, 'acceptReferral', id);
    await expect.poll(() => statuses(mine)).toEqual(['ACCEPTED']);
    await mine.end();
  });

  it('about a referral that the caller may not see is NOT_FOUND, and the other side’s inbox is FORBIDDEN', async () => {
    const between = await pair(hub);
    const id = await send(between);
    const stranger = await careManager(hub);
    for (const [actor, wanted] of [
      [stranger, id],
      [between.sender, newId()],
    ] as const) {
      const listener = await listen(actor, CHANGED, { id: wanted });
      await expect.poll(() => JSON.stringify(listener.errors)).toContain('NOT_FOUND');
      await listener.end();
    }
    const listener = await listen(between.sender, INBOX);
    await expect.poll(() => JSON.stringify(listener.errors)).toContain('FORBIDDEN');
    await listener.end();
  });
});

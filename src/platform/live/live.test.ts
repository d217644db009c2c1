import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHub } from '../../../test/hub.js';
import { testHub } from '../../../test/hub.js';
import { newId } from '../id.js';
import { createLive, notify, type Live } from './live.js';

let hub: TestHub;
let here: Live;
let there: Live;

beforeAll(async () => {
  hub = await testHub({ features: [] });
  const { loginUrl } = hub.app.database;
  here = await createLive(loginUrl, hub.app.log);
  there = await createLive(loginUrl, hub.app.log);
});
afterAll(async () => {
  await here.close();
  await there.close();
  await hub.stop();
});

const tell = (topic: string, key: string, id: string, fails = false): Promise<void> =>
  hub.orm.em.fork().transactional(async (em) => {
    await notify(em, topic, key, id);
    if (fails) throw new Error('rolled back');
  });

/** Collects what arrives until told to stop. */
function collect(live: Live, topic: string, key: string): { ids: string[]; stop(): Promise<unknown> } {
  const stream = live.subscribe(topic, key);
  const ids: string[] = [];
  void (async () => {
    for await (const id of stream) ids.push(id);
  })();
  return { ids, stop: async () => stream.return?.() };
}

describe('a notification', () => {
  it('reaches every process once it is committed, and only its own topic and key', async () => {
    const [key, id, other] = [newId(), newId(), newId()];
    const heard = [collect(here, 'inbox', key), collect(there, 'inbox', key)];
    const others = [collect(here, 'inbox', other), collect(here, 'sent', key)];
    await tell('inbox', key, newId(), true).catch(() => undefined);
    await tell('inbox', key, id);
    await expect.poll(() => heard.map(({ ids }) => ids)).toEqual([[id], [id]]);
    expect(others.map(({ ids }) => ids)).toEqual([[], []]);
    for (const each of [...heard, ...others]) await each.stop();
  });

  it('that is not ours is passed over', async () => {
    const key = newId();
    const heard = collect(here, 'inbox', key);
    for (const payload of ['', 'x', '[]', '["inbox", 7, null]', '{}']) {
      await hub.sql('select pg_notify($1, $2)', ['hub_live', payload]);
    }
    await tell('inbox', key, key);
    await expect.poll(() => heard.ids).toEqual([key]);
    await heard.stop();
  });
});

describe('a lost connection', () => {
  it('is made again, and subscriptions go on', async () => {
    const key = newId();
    const heard = collect(here, 'inbox', key);
    await hub.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hub live' and datname = current_database()`,
    );
    await expect.poll(() => here.connected).toBe(false);
    await expect.poll(() => here.connected, { timeout: 5000 }).toBe(true);
    await tell('inbox', key, key);
    await expect.poll(() => heard.ids).toEqual([key]);
    await heard.stop();
  });
});

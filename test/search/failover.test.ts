import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { directory } from '../../src/directory/index.js';
import { reindex } from '../../src/directory/search/index-services.js';
import { identity } from '../../src/identity/index.js';
import { asTask } from '../../src/platform/database/operation.js';
import { searchWithFallback } from '../../src/platform/search/failover.js';
import { MeiliIndex } from '../../src/platform/search/meilisearch/meili-index.js';
import type { SearchEngine, SearchReplica } from '../../src/platform/search/port.js';
import { organization } from '../factories.js';
import { testHub, type TestHub } from '../hub.js';
import { listing } from '../listings.js';
import { FakeMeili } from './fake-meili.js';

const SEARCH_MS = 200;
const REST_MS = 400;

describe('a hub whose Meilisearch fails', () => {
  let hub: TestHub;
  let server: FakeMeili;
  let url: string;
  let engine: SearchEngine;
  let organizationId: string;
  /** What the breaker takes for the time. */
  let clock = 0;
  const db = () => asTask(hub.orm);
  const replica = (): SearchReplica => engine.replica ?? expect.fail('a replica is expected');
  const ask = (text: string) =>
    db().write((em) => engine.query(em, { text, filter: {}, now: new Date(), limit: 10, facets: false }));
  const index = (...ids: string[]) => db().write((em) => reindex(em, engine, ids));
  const waiting = () => db().write((em) => replica().waiting(em));
  const push = () => replica().push((work) => db().write(work));
  const searches = () => server.asked.filter((path) => path === 'POST /multi-search').length;
  const add = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push((await listing(hub, { organizationId, name: `Fault ${n}` })).id);
    return ids;
  };

  beforeAll(async () => {
    hub = await testHub({ features: [identity, directory] });
  });
  afterAll(() => hub.stop());
  beforeEach(async () => {
    await hub.sql('truncate hub.search_document, hub.search_push, hub.search_state');
    server = new FakeMeili();
    url = await server.open();
    const meili = new MeiliIndex({ url, searchMs: SEARCH_MS });
    engine = searchWithFallback(meili, pino({ level: 'silent' }), { failures: 3, restMs: REST_MS, now: () => clock });
    hub.platform.search = engine;
    organizationId = (await organization(hub)).id;
  });
  afterEach(() => server.kill());

  it('answers through PostgreSQL, leaves Meilisearch alone for a while, and returns to it by itself', async () => {
    const [id = ''] = await add(1);
    await index(id);
    await push();
    expect((await ask('fault')).hits).toMatchObject([{ serviceId: id }]);
    expect(replica().status()).toEqual({ up: true, answered: { meilisearch: 1, postgresql: 0 } });
    server.mode = 'fails';
    for (let round = 0; round < 10; round += 1) expect((await ask('fault')).hits).toMatchObject([{ serviceId: id }]);
    expect(replica().status()).toEqual({ up: false, answered: { meilisearch: 1, postgresql: 10 } });
    // The first one and three that failed: the seven after those did not even ask.
    expect(searches()).toBe(4);
    server.mode = 'well';
    clock += REST_MS;
    expect((await ask('fault')).hits).toMatchObject([{ serviceId: id }]);
    expect(replica().status()).toEqual({ up: true, answered: { meilisearch: 2, postgresql: 10 } });
  });

  it('waits for a server that hangs no longer than it must, and for one call only when it tries again', async () => {
    const [id = ''] = await add(1);
    await index(id);
    server.mode = 'hangs';
    for (let round = 0; round < 3; round += 1) {
      const started = performance.now();
      expect((await ask('fault')).hits).toMatchObject([{ serviceId: id }]);
      // A busy machine adds to it; the default time-out would be five times as long.
      expect(performance.now() - started).toBeLessThan(SEARCH_MS + 700);
    }
    expect(searches()).toBe(3);
    await ask('fault');
    expect(searches()).toBe(3);
    clock += REST_MS;
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask('fault')));
    for (const answer of answers) expect(answer.hits).toMatchObject([{ serviceId: id }]);
    expect(searches()).toBe(4);
  });

  it('takes an error of PostgreSQL for what it is', async () => {
    const bad = { text: 'fault', filter: { serviceIds: ['no id'] }, now: new Date(), limit: 10, facets: false };
    const [id = ''] = await add(1);
    await index(id);
    await push();
    await expect(db().write((em) => engine.query(em, bad))).rejects.toThrow('uuid');
    expect(replica().status().up).toBe(true);
  });

  it('keeps what Meilisearch must learn, each service once however often it changes, and tells it later', async () => {
    const ids = await add(5);
    const port = Number(new URL(url).port);
    await server.kill();
    for (let round = 0; round < 3; round += 1) await index(...ids);
    expect(await waiting()).toBe(5);
    // The job puts itself off instead of failing.
    await hub.runJobs();
    expect(await waiting()).toBe(5);
    const [job] = await hub.sql<{ late: boolean; n: number }>(
      `select bool_and(run_at > now()) as late, count(*)::int as n from graphile_worker._private_jobs j
        join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'search.push'`,
    );
    expect(job).toEqual({ late: true, n: 1 });
    await server.open(port);
    clock += REST_MS;
    await push();
    expect(await waiting()).toBe(0);
    expect(new Set([...server.documents.values()].map(({ serviceId }) => serviceId))).toEqual(new Set(ids));
  });

  it('loses nothing when the server dies between two batches', async () => {
    const ids = await add(12);
    await hub.sql('insert into hub.search_push (service_id) select gen_random_uuid() from generate_series(1, 900)');
    await index(...ids);
    const port = Number(new URL(url).port);
    let batches = 0;
    server.before = async () => {
      batches += 1;
      if (batches === 1) await server.kill();
    };
    await expect(push()).rejects.toThrow();
    const left = await waiting();
    expect(left).toBeGreaterThanOrEqual(12);
    server.before = () => undefined;
    await server.open(port);
    clock += REST_MS;
    await push();
    expect(await waiting()).toBe(0);
    expect(server.documents.size).toBe(12);
  });

  it('sends a service again that changes while it is sent', async () => {
    const [id = ''] = await add(1);
    await index(id);
    let changed = false;
    server.before = async () => {
      if (changed) return;
      changed = true;
      await hub.sql(
        `update hub.service set name = 'Changed meanwhile', updated_at = now() + interval '1 hour' where id = $1`,
        [id],
      );
      await index(id);
    };
    await push();
    expect(await waiting()).toBe(0);
    expect([...server.documents.values()]).toMatchObject([{ serviceId: id, name: 'Changed meanwhile' }]);
  });

  it('lets a document that Meilisearch refuses keep back no other', async () => {
    const ids = await add(7);
    await index(...ids);
    server.before = (document) => {
      if (document.serviceId === ids[3]) throw new Error('refused');
    };
    await push();
    expect(await waiting()).toBe(0);
    expect(server.documents.size).toBe(6);
  });

  it('lets one process at a time change the index', async () => {
    const [id = ''] = await add(1);
    await index(id);
    server.before = async () => {
      await expect(replica().reconcile((work) => db().write(work), 0)).rejects.toThrow('another process');
    };
    await push();
    expect(server.documents.size).toBe(1);
    // Whoever died with it keeps it for some minutes only.
    await hub.sql(
      `insert into hub.search_state values ('meilisearch.lease', gen_random_uuid() || ' ' || now() + interval '1 minute')`,
    );
    await index(id);
    await expect(push()).rejects.toThrow('another process');
    await hub.sql(
      `update hub.search_state set value = gen_random_uuid() || ' ' || now() - interval '1 second' where name = 'meilisearch.lease'`,
    );
    await push();
    expect(await waiting()).toBe(0);
  });

  it('says in its metrics who answers and how much waits', async () => {
    const [id = ''] = await add(1);
    await index(id);
    server.mode = 'fails';
    for (let round = 0; round < 3; round += 1) await ask('fault');
    const text = await hub.app.metrics.text();
    expect(text).toContain('hub_search_replica_up 0');
    expect(text).toContain('hub_search_replica_waiting 1');
    expect(text).toContain('hub_search_answers_total{engine="postgresql"} 3');
  });
});

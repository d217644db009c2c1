import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Meilisearch } from 'meilisearch';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directory } from '../../src/directory/index.js';
import { identity } from '../../src/identity/index.js';
import { asTask } from '../../src/platform/database/operation.js';
import { searchWithFallback } from '../../src/platform/search/failover.js';
import { MeiliIndex } from '../../src/platform/search/meilisearch/meili-index.js';
import type { SearchDocument, SearchEngine, SearchReplica } from '../../src/platform/search/port.js';
import { testHub, type TestHub } from '../hub.js';
import { searchDocument } from './documents.js';
import { meiliAddress } from './meili-server.js';

const log = pino({ level: 'silent' });

/** A hub whose engine is told of documents and pushes them. */
async function openHub(address: ConstructorParameters<typeof MeiliIndex>[0]) {
  const hub = await testHub({ features: [identity, directory] });
  const engine = searchWithFallback(new MeiliIndex({ searchMs: 20_000, ...address }), log, {
    failures: 3,
    restMs: 200,
  });
  hub.platform.search = engine;
  const write = <T>(work: Parameters<ReturnType<typeof asTask>['write']>[0]) =>
    asTask(hub.orm).write(work) as Promise<T>;
  const replica: SearchReplica = engine.replica ?? expect.fail('a replica is expected');
  const put = (documents: SearchDocument[]) => write<void>((em) => engine.upsert(em, documents));
  return { hub, engine, replica, put, work: asTask(hub.orm) };
}

const address = meiliAddress();
describe.skipIf(!address)('the index of a real Meilisearch (skipped without MEILI_URL)', () => {
  const { url = '', key, uid = '' } = address ?? {};
  let hub: TestHub;
  let replica: SearchReplica;
  let put: (documents: SearchDocument[]) => Promise<void>;
  const write = <T>(work: Parameters<ReturnType<typeof asTask>['write']>[0]) =>
    asTask(hub.orm).write(work) as Promise<T>;
  const raw = () => new Meilisearch({ host: url, ...(key !== undefined && { apiKey: key }) }).index(uid);

  beforeAll(async () => {
    ({ hub, replica, put } = await openHub({ url, key, uid }));
  });
  afterAll(async () => {
    await new MeiliIndex({ url, key, uid }).drop();
    await hub.stop();
  });

  it('is built when it is missing, and then only what differs of its settings is sent', async () => {
    expect(await replica.prepare(write)).toEqual(['index']);
    expect(await replica.prepare(write)).toEqual([]);
    await hub.sql(`update hub.search_synonym set means = means || '{glockenspiel}' where phrase = 'grub'`);
    expect(await replica.prepare(write)).toEqual(['synonyms']);
    await raw()
      .updateSettings({ searchCutoffMs: 5, stopWords: ['the'] })
      .waitTask();
    expect((await replica.prepare(write)).sort()).toEqual(['searchCutoffMs', 'stopWords']);
    expect(await replica.prepare(write)).toEqual([]);
    // As if an older release had built it.
    await hub.sql(`update hub.search_state set value = '0' where name like 'layout of %'`);
    expect(await replica.prepare(write)).toEqual(['index']);
    expect(await replica.prepare(write)).toEqual([]);
  });

  it('is compared with PostgreSQL by id and content, and repaired', async () => {
    const documents = Array.from({ length: 30 }, (_, n) => searchDocument({ name: `Bombard ${n}` }));
    await put(documents);
    await replica.push(write);
    expect(await replica.reconcile(write)).toEqual({ added: 0, deleted: 0 });
    const [first, second, third] = documents;
    await raw()
      .deleteDocuments([first?.id ?? '', second?.id ?? ''])
      .waitTask();
    await raw()
      .addDocuments([{ id: third?.id, serviceId: third?.serviceId, name: 'Not so', digest: 'x' }])
      .waitTask();
    const strays = Array.from({ length: 3 }, () => searchDocument());
    await raw()
      .addDocuments(strays.map(({ id, serviceId }) => ({ id, serviceId, digest: 'y' })))
      .waitTask();
    expect(await replica.reconcile(write)).toEqual({ added: 3, deleted: 3 });
    expect(await replica.reconcile(write)).toEqual({ added: 0, deleted: 0 });
  });

  it('is swapped for a new one with nothing left beside it', async () => {
    await put([searchDocument({ name: 'Crumhorn' })]);
    await replica.rebuild(write);
    const { results } = await new Meilisearch({ host: url, ...(key !== undefined && { apiKey: key }) }).getRawIndexes({
      limit: 1000,
    });
    expect(results.map((index) => index.uid).filter((name) => name.startsWith(uid))).toEqual([uid]);
    // What waited to be pushed was in the new one already.
    expect(await replica.reconcile(write)).toEqual({ added: 0, deleted: 0 });
  });
});

const binary = process.env['MEILI_BIN'];
describe.skipIf(!binary)('a Meilisearch that is killed (skipped without MEILI_BIN, the path of its program)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-meili-'));
  let port = 0;
  let server: ChildProcess;

  async function start(): Promise<void> {
    const options = ['--http-addr', `127.0.0.1:${port}`, '--db-path', folder, '--no-analytics', '--env', 'development'];
    server = spawn(binary ?? '', options, { stdio: 'ignore', cwd: folder });
    const client = new Meilisearch({ host: `http://127.0.0.1:${port}` });
    for (let tries = 0; tries < 300 && !(await client.isHealthy()); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  async function kill(): Promise<void> {
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  beforeAll(async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    ({ port } = probe.address() as AddressInfo);
    probe.close();
    await start();
  }, 60_000);
  afterAll(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('while it is told of changes and asked: PostgreSQL answers, and afterwards nothing is missing', async () => {
    const { hub, engine, replica, put, work } = await openHub({ url: `http://127.0.0.1:${port}`, uid: 'killed' });
    const write = <T>(task: Parameters<typeof work.write>[0]) => work.write(task) as Promise<T>;
    const find = (on: SearchEngine) =>
      asTask(hub.orm).write((em) =>
        on.query(em, { text: 'racket', filter: {}, now: new Date(), limit: 100, facets: false }),
      );
    try {
      await replica.prepare(write);
      const documents = Array.from({ length: 3000 }, (_, n) => searchDocument({ name: `Racket ${n}` }));
      for (let at = 0; at < documents.length; at += 500) await put(documents.slice(at, at + 500));
      const pushing = replica.push(write).then(
        () => 'done',
        () => 'failed',
      );
      // Killed as soon as it has something.
      for (let count = 3000; count === 3000;) {
        count = (await hub.sql<{ n: number }>('select count(*)::int as n from hub.search_push'))[0]?.n ?? 0;
      }
      await kill();
      expect(await pushing).toBe('failed');
      expect((await find(engine)).hits).toHaveLength(100);
      expect(replica.status().answered['postgresql']).toBe(1);
      expect(await work.write(replica.waiting)).toBeGreaterThan(0);
      await start();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await replica.push(write);
      expect(await work.write(replica.waiting)).toBe(0);
      // What it had taken before it was killed it has kept.
      expect(await replica.reconcile(write)).toEqual({ added: 0, deleted: 0 });
      expect((await find(engine)).hits).toHaveLength(100);
      expect(replica.status().answered['meilisearch']).toBe(1);
    } finally {
      await hub.stop();
    }
  }, 180_000);
});

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { visitor } from '../actors.js';
import { testHub, type TestHub } from '../hub.js';
import { pair, SEND, sendInput, type Pair } from '../referral-factories.js';
import { testSecret } from '../secret.js';

/*
 * The hub as a process of its own, built as for production: what it says when it cannot start, and what is left when it
 * is killed.
 */
let hub: TestHub;
let folder: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  // Only what changed since the last build; other people's type errors do not keep it from being written.
  spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  hub = await testHub();
  folder = await mkdtemp(join(tmpdir(), 'hub-faults-'));
}, 120_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  child: ChildProcess;
  said: () => string;
  code: Promise<number | null>;
}

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, [resolve('dist/main.js')], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'development',
      HUB_SECRET: testSecret,
      HUB_DATA_DIR: folder,
      HUB_DEMO: 'no',
      PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = once(child, 'close').then(([status]) => {
    children.delete(child);
    return status as number | null;
  });
  return { child, said: () => text, code };
}

async function addressOf({ child, said }: Started): Promise<string> {
  await expect
    .poll(() => said().includes('is open at') || child.exitCode !== null, { timeout: 30_000, interval: 20 })
    .toBe(true);
  const url = /is open at (http\S+)/.exec(said())?.[1];
  if (!url) throw new Error(`The hub did not open: ${said()}`);
  return url;
}

async function expectOneLine(env: Record<string, string>, line: RegExp): Promise<void> {
  const started = start(env);
  expect(await started.code).toBe(1);
  expect(started.said()).toMatch(line);
  expect(started.said().trim().split('\n')).toHaveLength(1);
  expect(started.said()).not.toMatch(/127\.0\.0\.1|\s+at |node_modules|password|postgres:\/\//);
}

async function listening(
  answer: (server: Server) => void = () => undefined,
): Promise<{ server: Server; port: number }> {
  const server = createServer();
  answer(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describe('a hub that cannot start says one clear line and ends with 1', { concurrent: true, timeout: 40_000 }, () => {
  it('when nothing answers at the address of the database', async () => {
    const { server, port } = await listening();
    server.close();
    await once(server, 'close');
    await expectOneLine(
      { DATABASE_URL: `postgresql://hub:secret@127.0.0.1:${port}/hub` },
      /The database does not answer \(ECONNREFUSED\): check DATABASE_URL\./,
    );
  });

  it('when the database takes the connection and is silent', async () => {
    const { server, port } = await listening((one) => one.on('connection', (socket) => socket.resume()));
    await expectOneLine(
      { DATABASE_URL: `postgresql://hub:secret@127.0.0.1:${port}/hub` },
      /The database does not answer \(.*\): check DATABASE_URL\./,
    );
    server.close();
  });

  it('when the database hangs up', async () => {
    const { server, port } = await listening((one) => one.on('connection', (socket) => socket.destroy()));
    await expectOneLine(
      { DATABASE_URL: `postgresql://hub:secret@127.0.0.1:${port}/hub` },
      /The database does not answer \(.*\): check DATABASE_URL\./,
    );
    server.close();
  });

  it('when its port is in use', async () => {
    const { server, port } = await listening();
    await expectOneLine(
      { DATABASE_URL: hub.config.databaseUrl ?? '', PORT: String(port), LOG_LEVEL: 'error' },
      new RegExp(`Port ${port} is in use: choose another with PORT\\.`),
    );
    // Before anything is made: no database is begun in a folder of its own.
    const dataDir = join(folder, 'never');
    await expectOneLine({ DATABASE_URL: '', HUB_DATA_DIR: dataDir, PORT: String(port) }, /Port \d+ is in use/);
    await expect(access(dataDir)).rejects.toThrow('ENOENT');
    server.close();
  });

  it('when the data folder cannot be written', async () => {
    // A file in its place stops root too, whom no permission stops.
    const place = join(folder, 'file');
    await writeFile(place, '');
    await expectOneLine({ HUB_SECRET: '', HUB_DATA_DIR: place }, /The data folder .* cannot be used \(E\w+\)/);
    await expectOneLine({ HUB_DATA_DIR: join(place, 'deeper') }, /The data folder .* cannot be made \(E\w+\)/);
  });
});

describe('a hub whose embedded database is gone for good', { timeout: 120_000 }, () => {
  it('says so in one line and ends with 1, so that it is started again', async () => {
    const dataDir = join(folder, 'own');
    await chmod(folder, 0o711);
    const started = start({ HUB_DATA_DIR: dataDir, LOG_LEVEL: 'fatal', HUB_SECRET: testSecret });
    await addressOf(started);
    const { port, password } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as Record<
      string,
      string
    >;
    const other = new Client({ connectionString: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres` });
    other.on('error', () => undefined);
    await other.connect();
    // Another hub waits for the folder, and the connection by which this one holds it is lost.
    await other.query(`begin; create temp table holder as select pid from pg_locks
      where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = 'postgres')`);
    await other.query(`select pg_terminate_backend(pid) from holder`);
    await other.query(`select pg_advisory_lock(hashtext('hub.folder'))`);
    expect(await started.code).toBe(1);
    expect(started.said()).toMatch(/^The hub ends\. Another hub is already running on the data folder .*\.$/m);
    await other.end().catch(() => undefined);
  });
});

describe('a process that is killed between the commit and the job', { timeout: 60_000 }, () => {
  const letters = () => hub.sql('select from hub.mail_outbox where purpose = $1', ['referral']);
  const waiting = () => hub.sql('select locked_by from graphile_worker._private_jobs');
  let people: Pair;

  it('loses neither: the next start runs the job, once', async () => {
    const env = { DATABASE_URL: hub.config.databaseUrl ?? '' };
    people = await pair(hub);
    await hub.sql('update hub.organization set referral_email = $1', ['inbox@example.org']);
    // Without a worker: whether the first process had begun the job must not be a matter of chance.
    hub.clock.set(new Date());
    const { token } = people.sender;
    await hub.sql(`update hub.session set seen_at = now(), expires_at = now() + interval '1 hour'`);
    await hub.sql(`update hub.consent set expires_at = now() + interval '1 day', starts_at = now() - interval '1 day'`);
    const first = start({ ...env, HUB_WORKER: 'no' });
    const url = await addressOf(first);
    const input = sendInput(people);
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: SEND, variables: { input } }),
    });
    expect(await answer.text()).toContain('"status":"REQUESTED"');
    first.child.kill('SIGKILL');
    await first.code;
    const jobs = await waiting();
    expect(jobs.length).toBeGreaterThan(0);
    expect(await letters()).toHaveLength(0);
    // As a kill in the middle of a job leaves it.
    await hub.sql(`update graphile_worker._private_jobs set locked_by = 'a dead worker', locked_at = now()`);

    const second = start(env);
    const next = await visitor(hub, token);
    await addressOf(second);
    await expect.poll(waiting, { timeout: 20_000 }).toEqual([]);
    expect(await letters()).toHaveLength(1);
    second.child.kill('SIGTERM');
    expect(await second.code).toBe(0);
    expect(await letters()).toHaveLength(1);
    // Sent again with its key, as a client does that heard no answer: still the one referral.
    const again = await next.gql(SEND, { input });
    expect(again.sendReferral.userErrors).toEqual([]);
    expect(await hub.sql('select from hub.referral')).toHaveLength(1);
  });
});

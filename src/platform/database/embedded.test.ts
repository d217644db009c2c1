import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../log.js';
import { startEmbedded, type EmbeddedServer } from './embedded.js';
import { readPostmaster } from './cluster.js';

const settings = ['fsync=off'];

describe('the embedded server', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hub-embedded-'));
    await chmod(dataDir, 0o711);
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));
  const cluster = () => join(dataDir, 'postgres');
  const start = (shared = false) => startEmbedded({ dataDir, settings, shared });
  const ask = async (server: EmbeddedServer, sql: string) => {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    return client
      .query(sql)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  };

  it('starts from nothing, keeps what is written, and comes back on the same port', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 1 as n');
    await first.close();
    expect(await readPostmaster(cluster())).toBeUndefined();
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await ask(second, 'select n from kept')).toEqual([{ n: 1 }]);
    expect(await ask(second, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
    await second.close();
  });

  it('refuses a second hub on its folder, and lets a tool join', async () => {
    const hub = await start();
    await expect(start()).rejects.toThrow(/^Another hub is already running on the data folder/);
    const tool = await start(true);
    await tool.close();
    expect(await ask(hub, 'select 1 as n')).toEqual([{ n: 1 }]);
    await hub.close();
  });

  it('takes over the server that a killed hub left running', async () => {
    const hub = await start();
    const before = await readPostmaster(cluster());
    await ask(
      hub,
      `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = 'postgres'`,
    );
    const next = await start();
    expect(await readPostmaster(cluster())).toEqual(before);
    await next.close();
    expect(await readPostmaster(cluster())).toBeUndefined();
  });

  it('recovers after the server itself was killed', async () => {
    const hub = await start();
    const { pid } = (await readPostmaster(cluster())) ?? { pid: 0 };
    process.kill(pid, 'SIGKILL');
    const next = await start();
    expect(await ask(next, 'select n from kept')).toEqual([{ n: 1 }]);
    await next.close();
    await hub.close();
  });

  it('is started again when it is watched, and given up when another hub has taken the folder', async () => {
    const hub = await start();
    const lost: string[] = [];
    hub.watch(createLog('silent'), (reason) => lost.push(reason.message));
    process.kill((await readPostmaster(cluster()))?.pid ?? 0, 'SIGKILL');
    await expect.poll(() => ask(hub, 'select n from kept').catch(() => 'away')).toEqual([{ n: 1 }]);
    // Not started again: only the connection that holds the folder is lost, and somebody else waits for it.
    const other = new Client({ connectionString: Object.assign(new URL(hub.url), { pathname: '/postgres' }).href });
    await other.connect();
    const locked = `select pid from pg_locks where locktype = 'advisory' and granted`;
    await expect.poll(async () => (await ask(hub, locked)).length).toBe(1);
    const taken = other.query(`select pg_advisory_lock(hashtext('hub.folder'))`);
    await expect.poll(async () => (await ask(hub, `select from pg_locks where not granted`)).length).toBe(1);
    await ask(hub, `select pg_terminate_backend(pid) from (${locked}) held`);
    await taken;
    await expect.poll(() => lost).toEqual([expect.stringMatching(/^Another hub is already running/)]);
    await hub.close();
    // The one that has the folder now still has its server.
    expect((await other.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    await other.end();
    await (await start()).close();
  });

  it('is started again by a tool when it was killed, and not when its hub stopped it', async () => {
    const hub = await start();
    const tool = await start(true);
    tool.watch(createLog('silent'), () => undefined);
    await hub.close();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(await readPostmaster(cluster())).toBeUndefined();
    const next = await start();
    await expect.poll(() => ask(tool, 'select n from kept').catch(() => 'away')).toEqual([{ n: 1 }]);
    process.kill((await readPostmaster(cluster()))?.pid ?? 0, 'SIGKILL');
    // The hub does not look after it here: the tool does, and stops what it started.
    await expect
      .poll(() => ask(tool, 'select n from kept').catch(() => 'away'), { timeout: 20_000 })
      .toEqual([{ n: 1 }]);
    await tool.close();
    expect(await readPostmaster(cluster())).toBeUndefined();
    await next.close();
  });

  it('is not stopped by the lock of another program that got its process id', async () => {
    const lock = [process.pid, cluster(), 0, 5432, '', '127.0.0.1', '', 'ready'].join('\n');
    await writeFile(join(cluster(), 'postmaster.pid'), lock);
    await (await start()).close();
  });

  it('chooses another port when its own is taken', async () => {
    const { port } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as { port: number };
    const holder = spawn(process.execPath, [
      '-e',
      `require('net').createServer().listen(${port}, '127.0.0.1', () => console.log('held'))`,
    ]);
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    const server = await start();
    expect(new URL(server.url).port).not.toBe(String(port));
    await server.close();
    holder.kill();
  });

  it('says in one line what is wrong with the folder', async () => {
    await writeFile(join(dataDir, 'file'), '');
    await expect(startEmbedded({ dataDir: join(dataDir, 'file') })).rejects.toThrow(
      /^The data folder .* cannot be (made|written)/,
    );
    await rm(join(dataDir, 'postgres.json'));
    await expect(start()).rejects.toThrow(/^The file .*postgres\.json, which holds the password/);
  });
});

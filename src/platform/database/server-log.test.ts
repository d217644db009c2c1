import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { accountFor } from './account.js';
import { findBinaries } from './binaries.js';
import { startEmbedded } from './embedded.js';
import { loudSettings, quietLog } from './server-log.js';

let dataDir: string;
let child: ChildProcess;
let client: Client;
let log = '';

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hub-server-log-'));
  await chmod(dataDir, 0o711);
  const server = await startEmbedded({ dataDir, settings: ['fsync=off'] });
  await server.close();
  // Once more by hand, to hear what it writes.
  const cluster = join(dataDir, 'postgres');
  const flags = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', ...quietLog].flatMap((one) => ['-c', one]);
  const args = ['-D', cluster, '-p', new URL(server.url).port, ...flags];
  const account = await accountFor(cluster);
  child = spawn(findBinaries().postgres, args, { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
  await vi.waitUntil(() => log.includes('ready to accept connections'), { timeout: 30_000 });
  client = new Client({ connectionString: server.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  child.kill('SIGINT');
  await once(child, 'close');
  await rm(dataDir, { recursive: true, force: true });
});

describe("PostgreSQL's own log", () => {
  it('of the embedded server holds no value, whatever goes wrong', async () => {
    await client.query('create table person (name text primary key, age int)');
    await client.query(`insert into person values ('Quellwasser', 1)`);
    const failing: [string, unknown[]?][] = [
      [`insert into person values ('Quellwasser', 2)`],
      [`insert into person values ($1, $2)`, ['Quellwasser', 3]],
      [`select 'Quellwasser'::int`],
      [`select $1::int`, ['Quellwasser']],
      [`do $$ begin raise warning 'Quellwasser'; end $$; select Quellwasser`],
    ];
    for (const [sql, values] of failing) await expect(client.query(sql, values)).rejects.toThrow();
    // What it has to say of itself is still heard.
    await client.query('select pg_reload_conf()');
    await expect.poll(() => log).toContain('SIGHUP');
    expect(log).not.toContain('uellwasser');
  });

  it('is fine as the embedded server sets it, and what is not is named', async () => {
    expect(await loudSettings(client)).toEqual([]);
    await client.query(`set log_statement = 'all'; set log_min_error_statement = 'error'`);
    expect(await loudSettings(client)).toEqual(['log_min_error_statement=panic', 'log_statement=none']);
  });
});

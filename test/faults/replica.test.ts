import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp, type App } from '../../src/app.js';
import { readConfig } from '../../src/platform/config.js';
import { accountFor, own } from '../../src/platform/database/account.js';
import { findBinaries } from '../../src/platform/database/binaries.js';
import { HubConnection } from '../../src/platform/database/driver.js';
import { startEmbedded, type EmbeddedServer } from '../../src/platform/database/embedded.js';
import { careManager, visitor, type Actor } from '../actors.js';
import { patient } from '../caseload-factories.js';
import type { TestHub } from '../hub.js';
import { Mailbox } from '../mailbox.js';
import { membership, session } from '../factories.js';
import { testSecret } from '../secret.js';

/*
 * A primary and a real standby of it: reads go there while it is fresh, nobody misses what they wrote themselves, and
 * when it stands still or dies the primary answers.
 */
let folder: string;
let primary: EmbeddedServer;
let standby: ChildProcess;
let replicaUrl: string;
let app: App;
let hub: TestHub;
let owner: Client;
const heard: string[] = [];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A copy of the primary that follows it, as `pg_basebackup` would make one. */
async function startStandby(): Promise<void> {
  const [from, to] = [join(folder, 'postgres'), join(folder, 'standby')];
  const client = new Client({ connectionString: primary.url });
  await client.connect();
  await client.query(`select pg_backup_start('copy', true)`);
  await cp(from, to, { recursive: true, preserveTimestamps: true, filter: (path) => !path.endsWith('postmaster.pid') });
  const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)');
  await client.end();
  const { port, password } = new URL(primary.url);
  await writeFile(join(to, 'backup_label'), rows[0]?.labelfile ?? '');
  await writeFile(join(to, 'standby.signal'), '');
  const conninfo = `host=127.0.0.1 port=${port} user=postgres password=${password}`;
  await appendFile(join(to, 'postgresql.auto.conf'), `primary_conninfo = '${conninfo}'\n`);
  const account = await accountFor(from);
  await ownAll(to);
  await chmod(to, 0o700);
  const at = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=120', 'fsync=off'];
  standby = spawn(findBinaries().postgres, ['-D', to, '-p', String(at), ...settings.flatMap((one) => ['-c', one])], {
    ...account,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  standby.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await vi.waitUntil(() => said.includes('ready to accept read-only connections') || standby.exitCode !== null, {
    timeout: 30_000,
  });
  if (standby.exitCode !== null) throw new Error(said);
  replicaUrl = Object.assign(new URL(primary.url), { port: String(at) }).href;

  async function ownAll(path: string): Promise<void> {
    await own(path, account);
    for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
      await own(join(entry.parentPath, entry.name), account);
    }
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-replica-'));
  await chmod(folder, 0o711);
  primary = await startEmbedded({ dataDir: folder, settings: ['fsync=off', 'wal_keep_size=256MB'] });
  await startStandby();
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: primary.url,
    DATABASE_REPLICA_URLS: replicaUrl,
    HUB_SECRET: testSecret,
    HUB_DATA_DIR: folder,
    HUB_DEMO: 'no',
    PORT: '0',
    POOL_SIZE: '4',
  });
  app = await createApp(config, { mail: new Mailbox() });
  owner = new Client({ connectionString: primary.url });
  await owner.connect();
  hub = {
    app,
    platform: app.platform,
    clock: { now: () => new Date() },
    sql: async (text: string, params: unknown[] = []) => (await owner.query(text, params)).rows,
  } as unknown as TestHub;
  await vi.waitUntil(() => app.platform.replicas?.choose([]), { timeout: 30_000 });
  const connection = app.platform.replicas?.choose([])?.em.getConnection('write');
  if (!(connection instanceof HubConnection)) throw new Error('no replica');
  connection.statementListeners.add((sql) => heard.push(sql));
}, 120_000);
afterAll(async () => {
  await owner.end();
  await app.close();
  if (standby.exitCode === null && standby.signalCode === null) {
    standby.kill('SIGINT');
    await once(standby, 'close');
  }
  await primary.close();
  await rm(folder, { recursive: true, force: true });
});

const PATIENTS = '{ patients(first: 50) { edges { node { familyName } } } }';
async function names(who: Pick<Actor, 'gql'>): Promise<string[]> {
  const { patients } = await who.gql(PATIENTS);
  return patients.edges.map(({ node }: { node: { familyName: string } }) => node.familyName);
}
/** How many transactions the replica saw while this ran. */
async function onReplica(work: () => Promise<unknown>): Promise<number> {
  heard.splice(0);
  await work();
  return heard.filter((sql) => sql.startsWith('start transaction') || sql.startsWith('begin')).length;
}
async function atStandby(sql: string): Promise<void> {
  const client = new Client({ connectionString: replicaUrl });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
const RENAME = `mutation ($input: UpdatePatientInput!) { updatePatient(input: $input) { userErrors { code message } } }`;

describe('a read replica', () => {
  it('answers queries and no mutation, and whoever wrote reads what they wrote', async () => {
    const me = await careManager(hub);
    const id = await patient(hub, { organizationId: me.organization.id }, { family_name: 'Before' });
    // A colleague, whom nobody tells of what I do.
    const colleague = await membership(hub, { organization: me.organization, roles: ['CARE_MANAGER'] });
    const other = await visitor(hub, await session(hub, colleague));
    await expect.poll(() => names(me), { timeout: 10_000 }).toEqual(['Before']);
    expect(await onReplica(() => names(me))).toBe(1);

    await atStandby('select pg_wal_replay_pause()');
    const [row] = await hub.sql<{ version: number }>('select version from hub.patient where id = $1', [id]);
    const input = { id, expectedVersion: row?.version, familyName: 'After' };
    const wrote = await onReplica(async () => {
      expect((await me.gql(RENAME, { input })).updatePatient.userErrors).toEqual([]);
      expect(await names(me)).toEqual(['After']);
    });
    expect(wrote).toBe(0);
    // Within the three seconds that a replica may be behind, the colleague may still see the old name.
    expect(['Before', 'After']).toContain((await names(other))[0]);
    // A replica that stands still is left alone: nobody is more than three seconds behind.
    await expect.poll(() => app.platform.replicas?.choose([]), { timeout: 10_000 }).toBeUndefined();
    expect(await names(other)).toEqual(['After']);
    await atStandby('select pg_wal_replay_resume()');
    await expect.poll(() => app.platform.replicas?.choose([]), { timeout: 10_000 }).toBeDefined();
    expect(await onReplica(() => names(other))).toBe(1);
    expect(await names(other)).toEqual(['After']);
  });

  it('that dies costs nobody an answer', async () => {
    const me = await careManager(hub);
    await patient(hub, { organizationId: me.organization.id }, { family_name: 'Here' });
    await expect.poll(() => names(me), { timeout: 10_000 }).toEqual(['Here']);
    expect(await onReplica(() => names(me))).toBe(1);
    standby.kill('SIGKILL');
    await once(standby, 'close');
    for (let round = 0; round < 20; round += 1) expect(await names(me)).toEqual(['Here']);
    expect(await onReplica(() => names(me))).toBe(0);
    const pool = await app.database.requestPool();
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
  });
});

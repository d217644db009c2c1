import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { readPostmaster } from '../src/platform/database/cluster.js';
import { startEmbedded } from '../src/platform/database/embedded.js';
import { migrate } from '../src/platform/database/migrate.js';
import { prepareRoles, urlFor } from '../src/platform/database/roles.js';
import { fillZipCodes } from '../src/directory/hsds/load/zip-codes.js';
import { testSecret } from './secret.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the owner, without a database name. */
    serverUrl: string;
    /** Name of the migrated database that tests clone. */
    template: string;
  }
}

/** One throw-away server for the whole run, and in it one migrated database from which every test file takes a clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const template = `hub_template_${randomBytes(4).toString('hex')}`;
  const maintenance = await client(at(server.url, 'postgres'));
  await maintenance.query(`create database ${template}`);
  await prepareTemplate(at(server.url, template));
  project.provide('serverUrl', server.url);
  project.provide('template', template);
  return async () => {
    const left = await maintenance.query<{ datname: string }>(`select datname from pg_database where datname like $1`, [
      `${template}%`,
    ]);
    if (!server.throwAway) {
      for (const { datname } of left.rows) await maintenance.query(`drop database if exists ${datname} with (force)`);
    }
    await maintenance.end();
    await server.close();
  };
}

async function prepareTemplate(ownerUrl: string): Promise<void> {
  const owner = await client(ownerUrl);
  const workerUrl = urlFor(ownerUrl, 'hub_worker', testSecret);
  await migrate({ owner, ownerUrl, workerUrl, prepareRoles: () => prepareRoles(owner, ownerUrl, testSecret) });
  await fillZipCodes(owner);
  await owner.end();
}

async function openServer() {
  const given = process.env['HUB_TEST_DATABASE_URL'];
  if (given) return { url: given, throwAway: false, close: async (): Promise<void> => undefined };
  await sweep();
  const dataDir = await mkdtemp(join(tmpdir(), `hub-test-${process.pid}-`));
  await chmod(dataDir, 0o711); // The server may run as another user.
  const settings = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'shared_buffers=64MB',
    'autovacuum=off',
  ];
  const server = await startEmbedded({ dataDir, settings });
  const close = async (): Promise<void> => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: server.url, throwAway: true, close };
}

/** Ends what runs that were killed left behind: their servers and folders. */
async function sweep(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const maker = Number(/^hub-test-(\d+)-/.exec(name)?.[1]);
    if (!maker || existsSync(`/proc/${maker}`) || process.platform !== 'linux') continue;
    const dataDir = join(tmpdir(), name);
    const left = await readPostmaster(join(dataDir, 'postgres'));
    if (left) process.kill(left.pid, 'SIGQUIT');
    await rm(dataDir, { recursive: true, force: true }).catch(() => undefined);
  }
}

function at(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).href;
}

async function client(connectionString: string): Promise<Client> {
  const connection = new Client({ connectionString });
  connection.on('error', () => undefined);
  await connection.connect();
  return connection;
}

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { findBinaries } from './binaries.js';
import { accountFor, checkReach, own, type Account } from './account.js';
import { initCluster, launch, readPostmaster, stopServer } from './cluster.js';
import { StartError } from '../start-error.js';

export interface EmbeddedOptions {
  dataDir: string;
  /** Extra server settings, such as ['fsync=off'] for a throw-away server. */
  settings?: string[];
  /** For a worker or a tool beside the hub: joins its server instead of claiming the folder. */
  shared?: boolean;
}

export interface EmbeddedServer {
  /** Connection string of the superuser to database `hub`. */
  url: string;
  close(): Promise<void>;
}

interface Kept {
  port: number;
  password: string;
}

const databaseName = 'hub';

/**
 * Starts a PostgreSQL server of our own in the data folder, or takes over one that a killed hub left running.
 * It listens on 127.0.0.1 only. Throws {@link StartError} with one clear line.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { dataDir, settings = [], shared = false } = options;
  const binaries = findBinaries();
  const cluster = join(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true, mode: 0o711 }).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(`The data folder ${dataDir} cannot be made (${error.code}).`);
  });
  const account = await accountFor(cluster);
  await checkReach(dataDir, binaries.postgres, account);
  const kept = await readKept(dataDir, cluster);
  if (!existsSync(join(cluster, 'PG_VERSION'))) await createCluster(cluster, kept.password, account);
  let pid = await alive(cluster, kept);
  const adopted = pid !== undefined;
  if (pid === undefined) {
    kept.port = await freePort(kept.port);
    await keep(dataDir, kept);
    pid = await launch({ binaries, cluster, port: kept.port, settings, account }).catch(async (error: unknown) => {
      const winner = await alive(cluster, kept); // Two hubs started at once: the other one was faster.
      if (winner === undefined) throw error;
      return winner;
    });
  } else kept.port = (await readPostmaster(cluster))?.port ?? kept.port;
  const guard = await connect(kept);
  if (!guard) throw new StartError('The embedded database started but does not answer.');
  if (!shared && !(await holdFolder(guard))) {
    await guard.end();
    throw new StartError(`Another hub is already running on the data folder ${dataDir}.`);
  }
  await ensureDatabase(guard);
  const serverPid = pid;
  return {
    url: urlOf(kept, databaseName),
    close: async () => {
      const last = !shared || (!adopted && (await holdFolder(guard).catch(() => false)));
      await guard.end().catch(() => undefined);
      if (last) await stopServer(binaries, cluster, serverPid);
    },
  };
}

function urlOf(kept: Kept, database: string): string {
  return `postgresql://postgres:${kept.password}@127.0.0.1:${kept.port}/${database}`;
}

async function createCluster(cluster: string, password: string, account: Account): Promise<void> {
  // Made beside its place and then renamed: an interrupted start leaves no half-made cluster.
  const fresh = `${cluster}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  await own(fresh, account);
  await initCluster(findBinaries(), fresh, password, account);
  await rename(fresh, cluster);
}

/** Process id of a running server on this cluster that answers with our password. */
async function alive(cluster: string, kept: Kept): Promise<number | undefined> {
  const found = await readPostmaster(cluster);
  if (!found) return undefined;
  // A server that has just been orphaned may still be starting: it gets a moment.
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const client = await connect({ ...kept, port: found.port });
    if (client) {
      await client.end();
      return found.pid;
    }
    if (!(await readPostmaster(cluster))) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

async function connect(kept: Kept): Promise<Client | undefined> {
  const client = new Client({ connectionString: urlOf(kept, 'postgres'), connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  return client.connect().then(
    () => client,
    () => undefined,
  );
}

/** Takes the folder for this process. The lock lives as long as the connection, so a killed hub lets go by itself. */
async function holdFolder(guard: Client): Promise<boolean> {
  const answer = await guard.query<{ held: boolean }>(`select pg_try_advisory_lock(hashtext('hub.folder')) as held`);
  return answer.rows[0]?.held ?? false;
}

async function ensureDatabase(client: Client): Promise<void> {
  const found = await client.query('select from pg_database where datname = $1', [databaseName]);
  if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
}

async function readKept(dataDir: string, cluster: string): Promise<Kept> {
  const file = join(dataDir, 'postgres.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new StartError(`The file ${file} cannot be read (${code ?? 'not JSON'}).`);
    if (existsSync(join(cluster, 'PG_VERSION'))) {
      throw new StartError(`The file ${file}, which holds the password of the database beside it, is missing.`);
    }
  }
  const kept = { port: 0, password: randomBytes(24).toString('base64url') };
  await keep(dataDir, kept);
  return kept;
}

async function keep(dataDir: string, kept: Kept): Promise<void> {
  await writeFile(join(dataDir, 'postgres.json'), JSON.stringify(kept), { mode: 0o600 }).catch(
    (error: NodeJS.ErrnoException) => {
      throw new StartError(`The data folder ${dataDir} cannot be written (${error.code}).`);
    },
  );
}

/** The wanted port when it is free, else any other. */
async function freePort(wanted: number): Promise<number> {
  const tried = await tryPort(wanted);
  return tried ?? (await tryPort(0)) ?? wanted;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

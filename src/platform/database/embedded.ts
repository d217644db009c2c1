import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { findBinaries } from './binaries.js';
import { accountFor, checkReach, own, type Account } from './account.js';
import { initCluster, launch, readPostmaster, stopServer } from './cluster.js';
import { FolderTaken, StartError } from '../start-error.js';
import type { Logger } from '../log.js';
import { lookAfter } from './look-after.js';

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
  /**
   * From now on a server that ends is started again, on the same port. `lost` is told when that cannot be done: whoever
   * called must end too.
   */
  watch(log: Logger, lost: (reason: StartError) => void): void;
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
  const running = await alive(cluster, kept);
  if (running === undefined) {
    kept.port = await freePort(kept.port);
    await keep(dataDir, kept);
  } else kept.port = (await readPostmaster(cluster))?.port ?? kept.port;
  /** The server that runs, or a new one. */
  let launched = false;
  const bring = async (revive = false): Promise<number> => {
    const found = await alive(cluster, kept);
    if (found !== undefined) return found;
    // A server that was killed leaves its lock behind; one that was stopped was stopped by the hub it belongs to.
    if (revive && shared && !existsSync(join(cluster, 'postmaster.pid'))) throw new StartError('It was stopped.');
    launched = true;
    return launchPatiently({ binaries, cluster, port: kept.port, settings, account }, kept);
  };
  const held = { pid: running ?? (await bring()), guard: await hold(), ours: !shared };
  await ensureDatabase(held.guard);
  let stopWatching = async (): Promise<void> => undefined;
  return {
    url: urlOf(kept, databaseName),
    watch: (log, lost) => {
      const again = async (): Promise<Client> => {
        held.pid = await bring(true);
        held.guard = await hold();
        return held.guard;
      };
      const gone = (reason: StartError): void => {
        // The hub that has the folder now needs the server.
        if (reason instanceof FolderTaken) held.ours = false;
        lost(reason);
      };
      stopWatching = lookAfter({ guard: held.guard, again, log, lost: gone });
    },
    close: async () => {
      await stopWatching();
      const { guard, pid, ours } = held;
      const last = ours || (shared && launched && (await holdFolder(guard).catch(() => false)));
      await guard.end().catch(() => undefined);
      if (last) await stopServer(binaries, cluster, pid);
    },
  };

  /** A connection that lasts as long as we do and, for a hub, holds the folder. */
  async function hold(): Promise<Client> {
    const guard = await connect(kept);
    if (!guard) throw new StartError('The embedded database started but does not answer.');
    if (shared || (await holdFolder(guard))) return guard;
    await guard.end();
    throw new FolderTaken(`Another hub is already running on the data folder ${dataDir}.`);
  }
}

/** How long the processes of a server that was killed may take to notice that. */
const ORPHANS_MS = 10_000;

/** Starts the server, once those that a killed one left behind are gone. Returns its process id. */
async function launchPatiently(what: Parameters<typeof launch>[0], kept: Kept): Promise<number> {
  for (const until = Date.now() + ORPHANS_MS; ;) {
    try {
      return await launch(what);
    } catch (error) {
      const winner = await alive(what.cluster, kept); // Two hubs started at once: the other one was faster.
      if (winner !== undefined) return winner;
      if (!String(error).includes('shared memory block') || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
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

// The benchmark's own PostgreSQL, kept between runs, and its data: made once by `npm run seed`.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Opens nothing but this throw-away cluster. */
export const SECRET = 'benchmark-only-benchmark-only-benchmark';

const SETTINGS = [
  'shared_preload_libraries=pg_stat_statements,auto_explain',
  'pg_stat_statements.track=top',
  'pg_stat_statements.max=10000',
  'shared_buffers=1GB',
  'max_wal_size=8GB',
  'checkpoint_timeout=30min',
  // Vacuumed and analysed once after seeding; meanwhile nothing but requests runs.
  'autovacuum=off',
  'log_checkpoints=off',
];

/** What the hub and the tools beside it are told. */
export const hubEnvironment = (ownerUrl, dataDir) => ({
  NODE_ENV: 'production',
  DATABASE_URL: ownerUrl,
  HUB_SECRET: SECRET,
  HUB_DATA_DIR: dataDir,
  HUB_DEMO: 'no',
  HOST: '127.0.0.1',
  BASE_URL: 'http://127.0.0.1',
});

const hashOf = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
};
const filesOf = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(root, folder), join(entry.parentPath, entry.name)))
    .sort();

/** What the rows are made from: sizes, the seeder, and each migration. */
function recipeOf(size) {
  const sources = ['src/demo', 'seeds/demo'].flatMap((folder) =>
    filesOf(folder).map((file) => join(root, folder, file)),
  );
  const files = filesOf('migrations').map((file) => [file, hashOf(readFileSync(join(root, 'migrations', file)))]);
  return {
    rows: hashOf(JSON.stringify(size), ...sources.map((file) => readFileSync(file))),
    migrations: Object.fromEntries(files),
  };
}

/** Whether the rows would be made otherwise today. A migration that came later runs on them when the hub starts. */
function isStale(made, wanted) {
  if (made?.recipe?.rows !== wanted.rows) return true;
  return Object.entries(made.recipe.migrations).some(([file, hash]) => wanted.migrations[file] !== hash);
}

/** Whether a migration changes what the documents of the search are made of. */
const isOfSearch = (file) =>
  /search_(document|source|words|tags)/.test(readFileSync(join(root, 'migrations', file), 'utf8'));

/** Process id of the server on a cluster. */
function postmasterOf(dataDir) {
  const file = join(dataDir, 'postgres/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

/** Starts the server on a cluster, which the hub's own code makes; what it logs (plans, when asked for) goes to a file. */
export async function startCluster(dataDir) {
  const { startEmbedded } = await import('../dist/platform/database/embedded.js');
  const { findBinaries } = await import('../dist/platform/database/binaries.js');
  const { accountFor } = await import('../dist/platform/database/account.js');
  const made = await startEmbedded({ dataDir });
  await made.close();
  const data = join(dataDir, 'postgres');
  const { hostname, port } = new URL(made.url);
  const fixed = [`listen_addresses=${hostname}`, 'unix_socket_directories=', 'lc_messages=C'];
  const flags = [...fixed, ...SETTINGS].flatMap((setting) => ['-c', setting]);
  const logFile = join(dataDir, 'postgres.log');
  const log = openSync(logFile, 'w');
  const child = spawn(findBinaries().postgres, ['-D', data, '-p', port, ...flags], {
    ...(await accountFor(data)),
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', log],
  });
  child.unref();
  for (let tries = 0; tries < 100; tries += 1) {
    const client = new Client({ connectionString: made.url });
    const answers = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (answers) return { url: made.url, pid: child.pid, logFile };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`PostgreSQL did not start: see ${logFile}`);
}

export async function stopCluster(dataDir) {
  const pid = postmasterOf(dataDir);
  const stop = (signal) => {
    try {
      process.kill(pid, signal);
      return true;
    } catch {
      return false;
    }
  };
  if (pid === undefined || !stop('SIGINT')) return;
  for (let tries = 0; tries < 300 && postmasterOf(dataDir) === pid; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Starts the cluster for a size, seeding it when it is empty or was made by another recipe. A folder named by `data`
 * is taken with what is in it: it may be large, and somebody else's.
 */
export async function openCluster(size, { fresh, keep = false, data, say }) {
  const dataDir = data ? resolve(data) : join(root, 'bench/.data', `${size.patients}x${size.services}`);
  const marker = join(dataDir, 'seeded.json');
  const made = existsSync(marker) ? JSON.parse(readFileSync(marker, 'utf8')) : undefined;
  const wanted = recipeOf(size);
  const stale = isStale(made, wanted) && !((keep || data) && made);
  if (data && made && (made.patients !== size.patients || made.services !== size.services)) {
    throw new Error(`${dataDir} holds ${made.patients} patients and ${made.services} services: ask for these sizes.`);
  }
  if (existsSync(dataDir) && (fresh || stale)) {
    say(made ? 'The seeded data was made otherwise than it would be today.' : 'No whole data was there.');
    await stopCluster(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
  const server = await startCluster(dataDir);
  const owner = new Client({ connectionString: server.url });
  owner.on('error', () => undefined);
  await owner.connect();
  let seeded = made;
  const later = Object.keys(wanted.migrations).filter((file) => !made?.recipe?.migrations?.[file] && isOfSearch(file));
  if (!fresh && !stale && later.length > 0) {
    say(`Since the data was made came ${later.join(', ')}: the search is built anew …`);
    runTool('search-rebuild', [], server.url, dataDir);
    await owner.query('vacuum (analyze)');
    seeded = { ...made, recipe: { ...made.recipe, migrations: wanted.migrations } };
    writeFileSync(marker, JSON.stringify(seeded));
  }
  if (fresh || stale) {
    seeded = { ...size, recipe: wanted, ...(await seed(owner, server.url, dataDir, size, say)) };
    writeFileSync(marker, JSON.stringify(seeded));
  }
  await owner.query('create extension if not exists pg_stat_statements');
  return {
    dataDir,
    url: server.url,
    owner,
    postmaster: server.pid,
    seeded,
    logFile: server.logFile,
    async close() {
      await owner.end().catch(() => undefined);
      await stopCluster(dataDir);
    },
  };
}

/** Runs one of the hub's own tools against the cluster. */
function runTool(name, args, ownerUrl, dataDir) {
  const { status } = spawnSync(
    process.execPath,
    ['--max-old-space-size=4096', join(root, `dist/${name}.js`), ...args],
    {
      env: { ...process.env, ...hubEnvironment(ownerUrl, dataDir) },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (status !== 0) throw new Error(`${name} failed`);
}

async function seed(owner, ownerUrl, dataDir, { patients, services, seed: number }, say) {
  say(`Seeding ${patients} patients and ${services} services; this happens once …`);
  const began = Date.now();
  const args = ['--patients', patients, '--services', services, '--seed', number].map(String);
  runTool('seed', args, ownerUrl, dataDir);
  await owner.query('vacuum (analyze)');
  await owner.query('checkpoint');
  return { seconds: Math.round((Date.now() - began) / 1000), at: new Date().toISOString() };
}

/** Builds the hub when its sources are newer than the build; the web client is not needed here. */
export function build(say) {
  if (!existsSync(join(root, 'node_modules/typescript'))) throw new Error('Run "npm ci" first.');
  say('Building the hub …');
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The hub does not build:\n${stdout}`);
}

/** Installs the comparison servers when they are missing: they are no dependency of the hub. */
export function install(say) {
  const here = join(root, 'bench');
  const lock = readFileSync(join(here, 'package-lock.json'));
  const print = createHash('sha256').update(lock).digest('hex');
  const stamp = join(here, 'node_modules/.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return;
  say('Installing the comparison servers (some 300 MB, once) …');
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--no-audit', '--no-fund', '--ignore-scripts'];
  const options = { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] };
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (status !== 0) throw new Error('npm ci failed in bench/');
  writeFileSync(stamp, print);
}

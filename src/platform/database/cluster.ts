import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from './account.js';
import { own } from './account.js';
import type { Binaries } from './binaries.js';
import { quietLog } from './server-log.js';
import { StartError } from '../start-error.js';

/** Makes a new cluster: UTF-8, sorted by code point so that every machine sorts alike, passwords by SCRAM. */
export async function initCluster(
  binaries: Binaries,
  folder: string,
  password: string,
  account: Account,
): Promise<void> {
  const secretFolder = await mkdtemp(join(tmpdir(), 'hub-init-'));
  const passwordFile = join(secretFolder, 'password');
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await own(secretFolder, account);
    await own(passwordFile, account);
    const args = [
      `--pgdata=${folder}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-sync',
    ];
    const child = spawn(binaries.initdb, args, { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
    const lines = keepLines(child.stderr);
    const code = await new Promise((resolve) => child.once('error', resolve).once('close', resolve));
    if (code !== 0) throw new StartError(`The embedded database could not be created: ${lines.last()}`);
  } finally {
    await rm(secretFolder, { recursive: true, force: true });
  }
}

interface Launch {
  binaries: Binaries;
  cluster: string;
  port: number;
  settings: string[];
  account: Account;
}

/** Starts the server and waits until it takes connections. Returns its process id. */
export async function launch({ binaries, cluster, port, settings, account }: Launch): Promise<number> {
  await dropStaleLock(cluster);
  // No Unix socket: its folder may not be writable for the server's user.
  const fixed = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'lc_messages=C',
    'max_connections=120',
    ...quietLog,
  ];
  const flags = [...fixed, ...settings].flatMap((setting) => ['-c', setting]);
  // Its own process group: Ctrl-C in a terminal must reach the hub alone, which then stops the server last.
  const child = spawn(binaries.postgres, ['-D', cluster, '-p', String(port), ...flags], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = keepLines(child.stderr);
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new StartError(`The embedded database did not start: ${lines.last()}`));
    child.once('error', fail);
    child.once('close', fail);
    lines.onLine((line) => {
      if (!line.includes('ready to accept connections') || child.pid === undefined) return;
      child.off('close', fail);
      child.unref();
      resolve(child.pid);
    });
  });
}

/** Stops a server: open connections are closed, the last write is on disk when this returns. */
export async function stopServer(binaries: Binaries, cluster: string, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    const child = spawn(binaries.pgCtl, ['stop', '-D', cluster, '-m', 'fast', '-w'], { stdio: 'ignore' });
    await new Promise((resolve) => child.once('error', resolve).once('close', resolve));
    return;
  }
  if (!isServer(pid, cluster)) return;
  try {
    process.kill(pid, 'SIGINT'); // PostgreSQL's "fast" shutdown.
  } catch {
    return;
  }
  for (let waited = 0; waited < 15_000; waited += 10) {
    if (!isServer(pid, cluster)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  process.kill(pid, 'SIGQUIT'); // "Immediate": recovers at the next start.
}

/** Process id and port of the server that runs on this cluster, as its lock file says. */
export async function readPostmaster(cluster: string): Promise<{ pid: number; port: number } | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && isServer(pid, cluster) ? { pid, port } : undefined;
}

/**
 * Drops the lock of a server that is gone when its process id now belongs to another program (as in a new container):
 * PostgreSQL would believe that program to be the server. Otherwise the lock stays, because PostgreSQL finds by it
 * whether processes of the old server still write.
 */
async function dropStaleLock(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (pid > 0 && lives(pid) && !isServer(pid, cluster)) await unlink(file).catch(() => undefined);
}

/** Whether the process lives and is a server on this cluster; without /proc, whether it lives. */
function isServer(pid: number, cluster: string): boolean {
  if (!lives(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return line.includes('postgres') && line.includes(cluster);
  } catch {
    return false;
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Keeps the last lines of a program's messages, so that a failure can say why. */
function keepLines(stream: NodeJS.ReadableStream) {
  const kept: string[] = [];
  const listeners: ((line: string) => void)[] = [];
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    for (const line of chunk.split('\n').filter((text) => text.trim())) {
      kept.push(line);
      if (kept.length > 40) kept.shift();
      for (const listener of listeners) listener(line);
    }
  });
  if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
  return {
    last: () =>
      clean(kept.find((line) => /FATAL|PANIC|error|could not/i.test(line)) ?? kept.at(-1) ?? 'it said nothing'),
    onLine: (listener: (line: string) => void) => listeners.push(listener),
  };
}

function clean(line: string): string {
  return line
    .replace(/^[\d-]+ [\d:.]+ \S+ \[\d+\] /, '')
    .replace(/^\w+: error:\s*/, '')
    .trim();
}

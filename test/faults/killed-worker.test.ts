import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../hub.js';
import { pair, send, type Pair } from '../referral-factories.js';
import { testSecret } from '../secret.js';

/*
 * A worker that is a process of its own, as built for production, is killed by SIGKILL in the middle of its talk with the mail
 * server, at each point of it, and another one is started. Where the server has the whole letter and the worker has not heard so, a
 * second copy leaves: under the same Message-ID, so that servers and readers drop it. Nowhere else.
 */
let hub: TestHub;
let folder: string;
let people: Pair;
let worker: ChildProcess | undefined;
const sockets = new Set<Socket>();

/** Where the talk stops: at the command DATA, when the whole letter is there, or nowhere. */
let stop: 'DATA' | 'DOT' | null = null;
let reached: () => void = () => undefined;
let letters: string[] = [];
const server = createServer((socket) => {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  let [body, writing] = ['', false];
  const stopsAt = (point: typeof stop): boolean => {
    if (stop === point) reached();
    return stop === point;
  };
  socket.on('error', () => socket.destroy());
  socket.write('220 test\r\n');
  socket.on('data', (chunk) => {
    const text = chunk.toString();
    if (writing) {
      body += text;
      if (!body.endsWith('\r\n.\r\n')) return;
      letters.push(body);
      [body, writing] = ['', false];
      if (!stopsAt('DOT')) socket.write('250 taken\r\n');
    } else if (text.startsWith('DATA')) {
      if (stopsAt('DATA')) return;
      writing = true;
      socket.write('354 go\r\n');
    } else socket.write(text.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
  });
});

beforeAll(async () => {
  spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  folder = await mkdtemp(join(tmpdir(), 'hub-killed-'));
  hub = await testHub({ now: new Date() });
  people = await pair(hub);
  await hub.sql(`update hub.organization set referral_email = 'desk@agency.example' where id = $1`, [
    people.agency.organization.id,
  ]);
}, 180_000);
afterAll(async () => {
  worker?.kill('SIGKILL');
  for (const socket of sockets) socket.destroy();
  server.close();
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  const child = spawn(process.execPath, [resolve('dist/worker.js')], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'development',
      HUB_SECRET: testSecret,
      HUB_DATA_DIR: folder,
      HUB_DEMO: 'no',
      DATABASE_URL: hub.config.databaseUrl ?? '',
      SMTP_URL: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  worker = child;
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await expect.poll(() => said, { timeout: 60_000, interval: 20 }).toContain('The worker runs');
}

/** Killed, and nothing left of it in the database. */
async function kill(): Promise<void> {
  const gone = worker && once(worker, 'close');
  worker?.kill('SIGKILL');
  await gone;
  const there = () => hub.sql(`select from pg_stat_activity where application_name = 'hub presence' and datname = current_database()`); // prettier-ignore
  await expect.poll(there, { timeout: 20_000, interval: 20 }).toEqual([]);
}
const waiting = () => hub.sql('select from graphile_worker._private_jobs');
const left = async (): Promise<number> => (await hub.sql('select from hub.letter_left')).length;
const idOf = (letter: string): string => /^Message-ID: (\S+)/im.exec(letter)?.[1] ?? '';

/** A second connection that keeps a table from being written, so that the worker stands still just there. */
async function holding(table: string, work: () => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: hub.config.databaseUrl });
  await client.connect();
  await client.query(`begin; lock table ${table} in share mode`);
  try {
    await work();
  } finally {
    await client.end();
  }
}
const stands = (on: string) => async () =>
  (await hub.sql(`select from pg_stat_activity where wait_event_type = 'Lock' and query like $1`, [`%${on}%`])).length > 0; // prettier-ignore

describe('a worker that is killed', { timeout: 120_000 }, () => {
  async function killedAt(how: (sent: () => Promise<void>) => Promise<void>): Promise<string[]> {
    letters = [];
    if (!worker) await start();
    const between = await pair(hub, people);
    await how(async () => void (await send(between)));
    stop = null;
    await start();
    await expect.poll(waiting, { timeout: 60_000, interval: 50 }).toEqual([]);
    const ids = letters.map(idOf);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^<[0-9a-f-]{36}@/);
    return ids;
  }
  const at = (point: 'DATA' | 'DOT') => async (sent: () => Promise<void>) => {
    stop = point;
    const there = new Promise<void>((done) => (reached = done));
    await sent();
    await there;
    await kill();
  };

  it('before the server has the letter: it leaves late, and once', async () => {
    expect(await killedAt(at('DATA'))).toHaveLength(1);
  });

  it('when the server has the letter and has not said so: a second copy under the same id', async () => {
    expect(await killedAt(at('DOT'))).toHaveLength(2);
  });

  it('when the server has said so and the row is on its way: the database writes it, and none leaves again', async () => {
    const ids = await killedAt((sent) =>
      holding('hub.letter_left', async () => {
        await sent();
        await expect.poll(stands('insert into hub.letter_left'), { timeout: 20_000, interval: 10 }).toBe(true);
        await kill();
      }),
    );
    expect(ids).toHaveLength(1);
  });

  it('when it is written down and the job is not marked: none leaves again', async () => {
    const ids = await killedAt(async (sent) => {
      stop = 'DOT';
      const there = new Promise<void>((done) => (reached = done));
      await sent();
      await there;
      await holding('graphile_worker._private_jobs', async () => {
        const before = await left();
        for (const socket of sockets) socket.write('250 taken\r\n');
        await expect.poll(left, { timeout: 20_000, interval: 5 }).toBe(before + 1);
        await kill();
      });
    });
    expect(ids).toHaveLength(1);
  });
});

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../hub.js';
import { pair, send, type Pair } from '../referral-factories.js';
import { testSecret } from '../secret.js';
import { mailServer } from './mail-server.js';

/*
 * A worker that is a process of its own, as built for production, is killed by SIGKILL in the middle of its talk with the mail
 * server, at each point of it, and another one is started. Where the server has the whole letter and the worker has not heard so, a
 * second copy leaves: under the same Message-ID, so that servers and readers drop it. Nowhere else.
 */
let hub: TestHub;
let folder: string;
let people: Pair;
let worker: ChildProcess | undefined;
let mail: Awaited<ReturnType<typeof mailServer>>;

/** The talk stops once: at the command DATA, or when the whole letter is there. */
function stopAt(point: 'data' | 'work'): { there: Promise<void>; goOn: () => void } {
  let goOn: () => void = () => undefined;
  const there = new Promise<void>((reached) => {
    mail.between[point] = () =>
      new Promise((done) => {
        goOn = done;
        reached();
      });
  });
  return { there, goOn: () => goOn() };
}

beforeAll(async () => {
  spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  mail = await mailServer();
  folder = await mkdtemp(join(tmpdir(), 'hub-killed-'));
  hub = await testHub({ now: new Date() });
  people = await pair(hub);
  await hub.sql(`update hub.organization set referral_email = 'desk@agency.example' where id = $1`, [
    people.agency.organization.id,
  ]);
}, 180_000);
afterAll(async () => {
  worker?.kill('SIGKILL');
  await mail.stop();
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
      SMTP_URL: mail.url,
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
    mail.letters.length = 0;
    if (!worker) await start();
    const between = await pair(hub, people);
    await how(async () => void (await send(between)));
    await start();
    await expect.poll(waiting, { timeout: 60_000, interval: 50 }).toEqual([]);
    const ids = mail.letters.map(idOf);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^<[0-9a-f-]{36}@/);
    return ids;
  }
  const at = (point: 'data' | 'work') => async (sent: () => Promise<void>) => {
    const { there } = stopAt(point);
    await sent();
    await there;
    await kill();
  };

  it('before the server has the letter: it leaves late, and once', async () => {
    expect(await killedAt(at('data'))).toHaveLength(1);
  });

  it('when the server has the letter and has not said so: a second copy under the same id', async () => {
    expect(await killedAt(at('work'))).toHaveLength(2);
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
      const { there, goOn } = stopAt('work');
      await sent();
      await there;
      await holding('graphile_worker._private_jobs', async () => {
        const before = await left();
        goOn();
        await expect.poll(left, { timeout: 20_000, interval: 5 }).toBe(before + 1);
        await kill();
      });
    });
    expect(ids).toHaveLength(1);
  });
});

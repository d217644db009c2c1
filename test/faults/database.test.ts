import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { asTask } from '../../src/platform/database/operation.js';
import { enqueue } from '../../src/platform/jobs/enqueue.js';
import { defineTask } from '../../src/platform/jobs/task.js';
import { features } from '../../src/features.js';
import { addressOf } from '../actors.js';
import { patient } from '../caseload-factories.js';
import { testHub, type TestHub } from '../hub.js';
import { pair, send, type Pair } from '../referral-factories.js';
import { Line } from './proxy.js';

/*
 * A database that fails in every way a database can, behind a hub that goes on: one error each, in the API's own words,
 * and everything as before once it is back.
 */
const FAMILY = 'Quellwasser';
const QUERY = '{ patients(first: 5) { edges { node { id familyName } } } }';

let line: Line;
let hub: TestHub;
let people: Pair;
const gate: { open?: () => void; runs: number } = { runs: 0 };
const held = defineTask<Record<string, never>>('test.held', async () => {
  gate.runs += 1;
  if (gate.runs === 1) await new Promise<void>((resolve) => (gate.open = resolve));
});

beforeAll(async () => {
  hub = await testHub({
    features: [...features, { name: 'test', tasks: [held] }],
    between: async (url) => {
      line = new Line(url);
      await line.up();
      return line.through(url);
    },
  });
  people = await pair(hub);
  await patient(hub, people.owner, { family_name: FAMILY });
});
afterAll(async () => {
  await line.up();
  await hub.stop();
  await line.down();
});

interface Answer {
  status: number;
  text: string;
}

async function ask(query = QUERY, token: string | undefined = people.sender.token): Promise<Answer> {
  const response = await fetch(`${await addressOf(hub)}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, text: await response.text() };
}
const works = async (): Promise<boolean> => (await ask()).text.includes(FAMILY);

/** An error of ours, as JSON, without anything of the database, the machine or a person in it. */
function expectPlain({ text }: Answer): void {
  const { errors } = JSON.parse(text) as { errors: { message: string; extensions: { code: string } }[] };
  expect(errors.map((error) => error.extensions.code)).toEqual(['INTERNAL']);
  expect(text).not.toMatch(/127\.0\.0\.1|ECONN|ETIMEDOUT|timeout|terminated|\bat .*\.[jt]s|select |hub_|postgres/i);
  expect(text).not.toContain(FAMILY);
}

async function expectSlots(): Promise<void> {
  const pool = await hub.app.database.requestPool();
  const { authPool, jobPool } = hub.platform;
  await expect
    .poll(() => [pool, authPool, jobPool].map((one) => one.totalCount - one.idleCount + one.waitingCount), {
      timeout: 15_000,
    })
    .toEqual([0, 0, 0]);
  const all = await Promise.all(Array.from({ length: 12 }, () => works()));
  expect(all).not.toContain(false);
}

const status = async (path: string): Promise<number> => (await fetch((await addressOf(hub)) + path)).status;

describe('a database that resets its connections', () => {
  it('costs those who ask at that moment one error each, and no slot of the pool', async () => {
    for (let round = 0; round < 6; round += 1) {
      const asked = Array.from({ length: 8 }, () => ask());
      // Some are opening a connection now, some are in the middle of a transaction.
      for (let turn = 0; turn < round * 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      line.reset();
      for (const answer of await Promise.all(asked)) if (!answer.text.includes(FAMILY)) expectPlain(answer);
    }
    await expect.poll(works, { timeout: 5000 }).toBe(true);
    await expectSlots();
  });
});

describe('a database that restarts', () => {
  it('is an error at once while it is away, and works as soon as it is back', async () => {
    expect(await works()).toBe(true);
    await line.down();
    expectPlain(await ask());
    expectPlain(await ask('mutation { requestPasswordReset(input: { email: "a@example.org" }) { sent } }', ''));
    expect(await status('/healthz')).toBe(200);
    expect(await status('/readyz')).toBe(503);
    expect(await status('/metrics')).toBe(200);
    await line.up();
    await expect.poll(works, { timeout: 5000, interval: 20 }).toBe(true);
    await expect.poll(() => status('/readyz'), { timeout: 5000 }).toBe(200);
    await expectSlots();
  });

  it('gives back live updates to those who follow', async () => {
    await expect.poll(() => hub.platform.live.connected, { timeout: 5000 }).toBe(true);
    const { token } = people.agency;
    class Socket extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { headers: { authorization: `Bearer ${token}` } });
      }
    }
    const url = `${(await addressOf(hub)).replace('http', 'ws')}/graphql`;
    const closed: unknown[] = [];
    let greeted = 0;
    const client = createClient({
      url,
      webSocketImpl: Socket,
      retryAttempts: 20,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 100)),
      on: { connected: () => void (greeted += 1), closed: (event) => void closed.push(Object(event).code) },
    });
    const heard: string[] = [];
    client.subscribe<{ inboxChanged: { referral: { id: string } } }>(
      { query: 'subscription { inboxChanged { referral { id } } }' },
      {
        next: ({ data }) => void heard.push(data?.inboxChanged.referral.id ?? ''),
        error: () => undefined,
        complete: () => undefined,
      },
    );
    // Known to the server when it hears of something.
    const notice = await pair(hub, people);
    await expect
      .poll(async () => ((await send(await pair(hub, people))) ? heard.length > 0 : false), { timeout: 10_000 })
      .toBe(true);
    line.reset();
    await expect.poll(() => hub.platform.live.connected).toBe(false);
    await expect.poll(() => hub.platform.live.connected, { timeout: 5000 }).toBe(true);
    // What came while nobody listened is lost: they are told by the end of their socket, come back, and read anew.
    await expect.poll(() => greeted, { timeout: 5000 }).toBeGreaterThan(1);
    expect(closed).toContain(1012);
    await expect.poll(works, { timeout: 5000 }).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const id = await send(notice);
    await expect.poll(() => heard, { timeout: 5000 }).toContain(id);
    await client.dispose();
  });
});

describe('a job whose end could not be written down', () => {
  it('is not locked for hours: it runs again', async () => {
    await hub.app.jobs.start();
    await asTask(hub.orm).write((em) => enqueue(em, held, {}));
    await expect.poll(() => gate.runs, { timeout: 5000 }).toBe(1);
    await line.down();
    gate.open?.();
    await line.up();
    await expect.poll(works, { timeout: 5000 }).toBe(true);
    await expect
      .poll(
        async () => {
          await hub.app.jobs.letGo(0);
          const left = await hub.sql(`select from graphile_worker.jobs where task_identifier = 'test.held'`);
          return left.length;
        },
        { timeout: 15_000, interval: 200 },
      )
      .toBe(0);
    await hub.app.jobs.stop();
  });
});

describe('a database that accepts and never answers', () => {
  it('is an error within the time-out, and works later', { timeout: 40_000 }, async () => {
    expect(await works()).toBe(true);
    line.silence();
    const sign = 'mutation { signIn(input: { email: "a@example.org", password: "wrong" }) { step } }';
    const answers = await Promise.all([ask(), ask(), ask(sign, '')]);
    for (const answer of answers) expectPlain(answer);
    await line.up();
    await expect.poll(works, { timeout: 10_000 }).toBe(true);
    await expectSlots();
  });
});

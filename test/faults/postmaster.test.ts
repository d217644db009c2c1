import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../src/app.js';
import { readConfig } from '../../src/platform/config.js';
import { readPostmaster } from '../../src/platform/database/cluster.js';
import { Mailbox } from '../mailbox.js';
import { testSecret } from '../secret.js';

/*
 * The embedded database of a running hub is killed, as a system short of memory does: the hub starts it again by itself.
 */
let folder: string;
let app: App;
let url: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-postmaster-'));
  await chmod(folder, 0o711);
  const config = readConfig({
    NODE_ENV: 'test',
    HUB_SECRET: testSecret,
    HUB_DATA_DIR: folder,
    HUB_DEMO: 'no',
    PORT: '0',
    POOL_SIZE: '4',
  });
  app = await createApp(config, { mail: new Mailbox() });
  url = await app.listen();
  await app.jobs.start();
});
afterAll(async () => {
  await app.close();
  expect(await readPostmaster(join(folder, 'postgres'))).toBeUndefined();
  await rm(folder, { recursive: true, force: true });
});

async function ask(): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ searchServices(input: { text: "food" }, first: 1) { total } }' }),
  });
  return response.text();
}
/** Whether the database takes somebody in, seen past the hub: until it has read its log again it is away. */
async function takesIn(): Promise<boolean> {
  const client = new Client({ connectionString: app.database.ownerUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query('select')).rowCount === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
const works = async (): Promise<boolean> => (await ask()).includes('"total":');
const postmaster = async (): Promise<number> => (await readPostmaster(join(folder, 'postgres')))?.pid ?? 0;

describe('an embedded database that is killed', () => {
  it('is started again, and requests, live updates and jobs go on as soon as it is back', async () => {
    expect(await works()).toBe(true);
    const first = await postmaster();
    process.kill(first, 'SIGKILL');
    await expect.poll(takesIn, { timeout: 90_000, interval: 20 }).toBe(true);
    expect([0, first]).not.toContain(await postmaster());
    // Counted, not timed: each connection that the hub held may cost one more request, and nothing waits for anything.
    let refused = 0;
    while (!(await works())) refused += 1;
    expect(refused).toBeLessThanOrEqual(app.config.poolSize);
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { timeout: 90_000, interval: 20 }).toBe(200);
    const { rows } = await app.platform.jobPool.query('select 1 as n');
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('costs an answer in the words of the API at most, and is held by this hub as before', async () => {
    const second = await postmaster();
    process.kill(second, 'SIGKILL');
    const answers: string[] = [];
    await expect
      .poll(
        async () => {
          answers.push(await ask());
          return answers.at(-1)?.includes('"total":') && (await postmaster()) !== second;
        },
        { timeout: 90_000, interval: 20 },
      )
      .toBe(true);
    for (const answer of answers.filter((one) => !one.includes('"total":'))) {
      expect(answer).toContain('"code":"INTERNAL"');
      expect(answer).not.toMatch(/127\.0\.0\.1|ECONN|terminat|postgres/i);
    }
    const config = { ...app.config };
    await expect
      .poll(() =>
        createApp(config, { mail: new Mailbox() }).then(
          () => 'started',
          (error: Error) => error.message,
        ),
      )
      .toMatch(/^Another hub is already running/);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { pair, SEND, sendInput, type Pair } from './referral-factories.js';
import { testHub, type TestHub } from './hub.js';

const READ = '{ patients(first: 1) { edges { node { id } } } }';
/** So many connections there are, and all are taken for a while. */
const CONNECTIONS = 2;

let hub: TestHub;
let between: Pair;
let url: string;
beforeAll(async () => {
  hub = await testHub({ env: { POOL_SIZE: String(CONNECTIONS), LOG_LEVEL: 'fatal' } });
  between = await pair(hub);
  url = await hub.url();
});
afterAll(() => hub.stop());

/** Takes all connections until the returned function is called. */
async function takeAll(): Promise<() => Promise<unknown>> {
  let free = (): void => undefined;
  const freed = new Promise<void>((resolve) => {
    free = resolve;
  });
  const began: Promise<unknown>[] = [];
  const held = Array.from({ length: CONNECTIONS }, () =>
    hub.orm.em.fork().transactional(async (em) => {
      const first = em.execute('select 1');
      began.push(first);
      await first;
      await freed;
    }),
  );
  while (began.length < CONNECTIONS) await new Promise((done) => setTimeout(done, 5));
  await Promise.all(began);
  return async () => {
    free();
    await Promise.all(held);
  };
}

interface Answer {
  status: number;
  retryAfter: string | null;
  body: { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] };
}

async function ask(query: string, variables: object = {}, language = 'en'): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': language,
      authorization: `Bearer ${between.sender.token}`,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Answer['body'];
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body };
}

const busy = { status: 503, retryAfter: '2' };
const codeOf = ({ body }: Answer): unknown => body.errors?.[0]?.extensions['code'];

it('A hub without a free connection says that it is busy, does nothing, and does it once when it is asked again', async () => {
  const input = sendInput(between);
  const release = await takeAll();
  const asked = [ask(READ), ask('{ inboxCounts { new } }', {}, 'es'), ask(SEND, { input })];
  const alive = await fetch(`${url}/healthz`);
  expect(alive.status).toBe(200);
  const answers = await Promise.all(asked);
  for (const answer of answers) {
    expect(answer).toMatchObject(busy);
    expect(codeOf(answer)).toBe('BUSY');
  }
  expect(answers[1]?.body.errors?.[0]?.message).toMatch(/^Muchas personas/);
  await release();
  const count = 'select count(*)::int as n from hub.referral where patient_id = $1';
  expect(await hub.sql(count, [between.patientId])).toEqual([{ n: 0 }]);
  const again = [await ask(SEND, { input }), await ask(SEND, { input })];
  expect(again.map(({ status }) => status)).toEqual([200, 200]);
  expect(await hub.sql(count, [between.patientId])).toEqual([{ n: 1 }]);
  expect(await hub.app.metrics.text()).toMatch(/hub_refused_busy_total\{at="database"\} 3/);
});

it('More requests than can wait are turned away at the door, at once or in time', async () => {
  const release = await takeAll();
  // Twice as many as connections are let in; the others wait for them.
  const many = await Promise.all(Array.from({ length: 30 }, () => ask(READ)));
  for (const answer of many) {
    expect(answer).toMatchObject(busy);
    expect(answer.body.data ?? null).toBeNull();
  }
  await release();
  expect(await hub.app.metrics.text()).toMatch(/hub_refused_busy_total\{at="door"\} [1-9]/);
  expect((await ask(READ)).body.data).toMatchObject({ patients: { edges: [{}] } });
  expect(hub.platform.load.behind()).toBe(true);
});

it('A question that takes longer than any may is given up as busy, and is no fault of the hub', async () => {
  // As a query that is too slow on a machine that has too much to do.
  await hub.sql(
    'create policy slow on hub.patient as restrictive for select to hub_app using (pg_sleep(6) is not null)',
  );
  const asked = await ask(READ, {}, 'es');
  await hub.sql('drop policy slow on hub.patient');
  expect(asked).toMatchObject(busy);
  expect(codeOf(asked)).toBe('BUSY');
  expect((await ask(READ)).body.data).toMatchObject({ patients: { edges: [{}] } });
});

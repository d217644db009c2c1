import { afterAll, beforeAll, expect, it } from 'vitest';
import { listing } from '../../../test/listings.js';
import { testHub, type TestHub } from '../../../test/hub.js';

let hub: TestHub;
let url: string;
beforeAll(async () => {
  hub = await testHub({ env: { POOL_SIZE: '2', LOG_LEVEL: 'fatal' } });
  await listing(hub);
  url = await hub.url();
});
afterAll(() => hub.stop());

/** Takes every place inside until the returned function is called. */
async function fill(): Promise<() => void> {
  const leaves = await Promise.all(Array.from({ length: 4 }, () => hub.platform.door.enter()));
  return () => leaves.forEach((leave) => leave());
}

it('Software that asks for too much is turned away as everybody else is, is told when to come again, and is counted', async () => {
  const empty = await fill();
  const asked = await Promise.all([
    fetch(`${url}/hsds/services`),
    fetch(`${url}/hsds/services?format=ndjson`),
    fetch(`${url}/hsds/organizations`, { method: 'POST' }),
    fetch(`${url}/my-list.pdf?s=x`),
    fetch(`${url}/fhir/Questionnaire`),
  ]);
  for (const answer of asked) {
    expect([answer.url, answer.status, answer.headers.get('retry-after')]).toEqual([answer.url, 503, '2']);
  }
  expect(await asked[0]?.json()).toMatchObject({ error: { code: 'BUSY' } });
  // What asks nothing of the database goes on.
  expect((await fetch(`${url}/hsds/`)).status).toBe(200);
  expect(await hub.app.metrics.text()).toMatch(/hub_refused_busy_total\{at="door"\} 5/);
  empty();
  expect((await fetch(`${url}/hsds/services`)).status).toBe(200);
  expect((await (await fetch(`${url}/hsds/services?format=ndjson`)).text()).trim().split('\n')).toHaveLength(1);
  expect(hub.platform.door.counts()).toEqual({ inside: 0, waiting: 0 });
});

it('A flood of one kind leaves room for the others: no more of it is inside than of all together', async () => {
  let most = 0;
  const flood = Promise.all(
    Array.from({ length: 120 }, async () => {
      const { status } = await fetch(`${url}/hsds/services?full=true`);
      most = Math.max(most, hub.platform.door.counts().inside);
      return status;
    }),
  );
  const question = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ searchServices(input: {}, first: 1) { total } }' }),
  });
  expect([200, 503]).toContain((await question).status);
  const statuses = new Set(await flood);
  expect([...statuses].every((status) => status === 200 || status === 503)).toBe(true);
  expect(most).toBeLessThanOrEqual(4);
  expect(hub.platform.door.counts()).toEqual({ inside: 0, waiting: 0 });
});

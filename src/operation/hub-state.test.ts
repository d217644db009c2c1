import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { agencyAdmin, careSupervisor, curator, operator, planAdmin, type Actor } from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { features } from '../features.js';
import { asTask } from '../platform/database/operation.js';
import { newId } from '../platform/id.js';
import { enqueue } from '../platform/jobs/enqueue.js';
import { defineTask } from '../platform/jobs/task.js';
import { kindOfTask } from './work.js';

const STATE = `{ hubState { running databaseMs liveLagSeconds at waiting { task kind due later since }
  givenUp { id task kind why count firstAt lastAt } search { engine standingIn waiting entries } } }`;
const RETRY = `mutation ($input: RetryWorkInput!) { retryWork(input: $input) { retried userErrors { code message } } }`;

/** As if a mail server had refused a person's letter until the hub stopped trying. */
const refused = defineTask<{ letterId: string }>('identity.test-letter', async () => {
  throw new Error('The mail server did not take the letter (EENVELOPE 550)');
});

describe('what an operator sees of the hub', () => {
  let hub: TestHub;
  let me: Actor;
  beforeAll(async () => {
    hub = await testHub({ features: [...features, { name: 'test', tasks: [refused] }] });
    me = await operator(hub);
    await hub.runJobs();
  });
  afterAll(() => hub.stop());
  afterEach(() => hub.sql('delete from graphile_worker._private_jobs'));
  const put = (options = {}) =>
    asTask(hub.orm).write((em) => enqueue(em, refused, { letterId: newId() }, { maxAttempts: 1, ...options }));
  const state = async () => (await me.gql(STATE)).hubState;
  const retry = async (id: string, actor = me) => (await actor.gql(RETRY, { input: { id } })).retryWork;

  it('is what waits and since when, what is for later, and how the parts do', async () => {
    await put();
    await put({ runAt: new Date(Date.now() + 86_400_000) });
    const now = await state();
    expect(now.waiting).toMatchObject([{ task: 'identity.test-letter', kind: 'CLEARING', due: 1, later: 1 }]);
    expect(Date.parse(now.waiting[0].since)).toBeLessThanOrEqual(Date.now());
    expect(now).toMatchObject({ running: 0, givenUp: [], search: { standingIn: false, waiting: 0, entries: 0 } });
    expect(now.databaseMs).toBeGreaterThan(0);
  });

  it('is what was given up, together where the reason is one, with no word of whom it was for', async () => {
    await put();
    await put();
    await expect(hub.runJobs()).rejects.toThrow('550');
    const { givenUp } = await state();
    expect(givenUp).toMatchObject([
      { task: 'identity.test-letter', why: 'The mail server did not take the letter (EENVELOPE 550)', count: 2 },
    ]);
    expect(Object.keys(givenUp[0]).sort()).toEqual(['count', 'firstAt', 'id', 'kind', 'lastAt', 'task', 'why']);
  });

  it('is tried again by one press, once', async () => {
    await put();
    await put();
    await expect(hub.runJobs()).rejects.toThrow();
    const [reason] = (await state()).givenUp;
    expect(await retry(reason.id)).toEqual({ retried: 2, userErrors: [] });
    expect(await retry(reason.id)).toMatchObject({ retried: null, userErrors: [{ code: 'NOTHING_GIVEN_UP' }] });
    const now = await state();
    expect(now).toMatchObject({ givenUp: [], waiting: [{ due: 2 }] });
  });

  it('is for operators alone', async () => {
    for (const other of [curator, careSupervisor, agencyAdmin, planAdmin]) {
      const actor = await other(hub);
      await expect(actor.gql(STATE)).rejects.toThrow(/FORBIDDEN|not allowed/);
      await expect(actor.gql(RETRY, { input: { id: newId() } })).rejects.toThrow();
    }
  });

  it('names what each task of the hub is for', () => {
    const tasks = features.flatMap((feature) => feature.tasks ?? []).map(({ name }) => name);
    expect(tasks.filter((name) => kindOfTask(name) === undefined)).toEqual([]);
  });
});

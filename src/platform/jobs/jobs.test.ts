import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { asTask } from '../database/operation.js';
import { emit, on } from '../events.js';
import type { Feature } from '../feature.js';
import { newId } from '../id.js';
import { countJobs, givenUp, retryGivenUp, waitingWork } from './dead.js';
import { enqueue } from './enqueue.js';
import { defineTask } from './task.js';
import { createJobs } from './worker.js';

declare module '../events.js' {
  interface Events {
    'test.happened': { id: string };
  }
}

const seen: string[] = [];
const note = defineTask<{ id: string }>('test_note', async ({ id }, { db }) => {
  await db.write((em) => em.execute(`select hub.org()`));
  seen.push(id);
});
const slow = defineTask<{ id: string }>('test_slow', async ({ id }) => {
  await new Promise((resolve) => setTimeout(resolve, 150));
  seen.push(id);
});
const failing = defineTask<{ id: string }>('test_failing', async (_, { db }) => {
  await db.write((em) => em.execute(`select 'Jane Doe'::uuid`));
});
const locks: Record<string, number[]> = {};
/** Takes two locks with a moment in between. */
const crossing = defineTask<{ id: string }>('test_crossing', async ({ id }, { db }) => {
  await db.write(async (em) => {
    for (const lock of locks[id] ?? []) {
      await em.execute('select pg_advisory_xact_lock(?)', [lock]);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  seen.push(id);
});
const other = defineTask<{ id: string }>('test_other', async ({ id }) => void seen.push(`other ${id}`));
const feature: Feature = {
  name: 'test',
  tasks: [note, slow, failing, crossing, other],
  subscriptions: [on('test.happened', note), on('test.happened', other), on('test.happened', other)],
};

describe('jobs', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub({ features: [feature] });
  });
  afterAll(() => hub.stop());
  beforeEach(() => {
    seen.length = 0;
  });
  const put = (task: Parameters<typeof enqueue>[1], options = {}) => {
    const id = newId();
    return asTask(hub.orm)
      .write((em) => enqueue(em, task, { id }, options))
      .then((job) => ({ id, job }));
  };
  const worker = () =>
    createJobs({
      workerUrl: hub.app.database.workerUrl,
      tasks: feature.tasks ?? [],
      crons: [],
      platform: hub.platform,
    });
  const until = async (done: () => boolean | Promise<boolean>) => {
    for (let tries = 0; tries < 300 && !(await done()); tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const none = { waiting: 0, running: 0, dead: 0 };

  it('run once, after the write they follow from', async () => {
    const { id } = await put(note);
    expect(seen).toEqual([]);
    await hub.runJobs();
    await hub.runJobs();
    expect(seen).toEqual([id]);
    expect(await countJobs(hub.platform.jobPool)).toEqual(none);
  });

  it('wait for their time by the hub clock', async () => {
    hub.clock.set(new Date());
    const { id } = await put(note, { runAt: new Date(Date.now() + 3 * 86_400_000) });
    await hub.runJobs();
    expect(seen).toEqual([]);
    hub.clock.advance({ days: 4 });
    await hub.runJobs();
    expect(seen).toEqual([id]);
  });

  it('are replaced by a later one with the same key', async () => {
    await put(note, { jobKey: 'one' });
    const { id } = await put(note, { jobKey: 'one' });
    await hub.runJobs();
    expect(seen).toEqual([id]);
  });

  it('reach every subscriber of an event once', async () => {
    const id = newId();
    await asTask(hub.orm).write((em) => emit(em, 'test.happened', { id }));
    await hub.runJobs();
    expect(seen.sort()).toEqual([id, `other ${id}`].sort());
  });

  it('of one queue run one after another, and all of them in one go', async () => {
    const ids = [];
    for (let n = 0; n < 12; n += 1) ids.push((await put(n % 4 === 0 ? slow : note, { queue: 'one' })).id);
    await hub.runJobs();
    expect(seen).toEqual(ids);
  });

  it('of a rolled back event never run', async () => {
    const write = asTask(hub.orm).write(async (em) => {
      await emit(em, 'test.happened', { id: newId() });
      throw new Error('no');
    });
    await expect(write).rejects.toThrow('no');
    await hub.runJobs();
    expect(seen).toEqual([]);
  });

  it('that fail too often are dead letters without a word of the data, and can be tried again', async () => {
    await put(failing, { maxAttempts: 1 });
    await put(failing, { maxAttempts: 1 });
    await expect(hub.runJobs()).rejects.toThrow('PostgreSQL 22P02');
    const [reason, ...others] = await givenUp(hub.platform.jobPool);
    expect(others).toEqual([]);
    expect(reason).toMatchObject({ task: 'test_failing', why: 'PostgreSQL 22P02', count: 2 });
    expect(await retryGivenUp(hub.platform.jobPool, newId())).toBe(0);
    expect(await retryGivenUp(hub.platform.jobPool, reason?.id ?? '')).toBe(2);
    expect(await countJobs(hub.platform.jobPool)).toEqual({ waiting: 2, running: 0, dead: 0 });
    expect(await waitingWork(hub.platform.jobPool)).toMatchObject([{ task: 'test_failing', due: 2, later: 0 }]);
    await hub.sql('delete from graphile_worker._private_jobs');
  });

  it('that a crash left locked are taken back by a worker that starts alone', async () => {
    const { id, job } = await put(note);
    await hub.sql(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-dead', attempts = 1 where id = $1`,
      [job],
    );
    const jobs = worker();
    await jobs.start();
    await until(() => seen.length > 0);
    expect(seen).toEqual([id]);
    await jobs.stop();
  });

  it('of a worker that lives are left alone by the next one', async () => {
    const [first, second] = [worker(), worker()];
    await first.start();
    const { job } = await put(note, { runAt: new Date(Date.now() + 86_400_000) });
    await hub.sql(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-alive' where id = $1`,
      [job],
    );
    await second.start();
    const [row] = await hub.sql('select locked_by from graphile_worker._private_jobs where id = $1', [job]);
    expect(row).toEqual({ locked_by: 'worker-alive' });
    await second.stop();
    await first.stop();
    await hub.sql('delete from graphile_worker._private_jobs');
  });

  it('of a worker that is dead are taken back by one that lives beside it, those of a living one never', async () => {
    const [first, second] = [worker(), worker()];
    await first.start();
    await second.start();
    const running = await put(slow);
    await until(async () => (await countJobs(hub.platform.jobPool)).running === 1);
    const dead = await put(note, { queue: 'one', runAt: new Date(Date.now() + 86_400_000) });
    const long = `locked_at = now() - interval '10 minutes'`;
    await hub.sql(`update graphile_worker._private_jobs set ${long} where id = $1`, [running.job]);
    await hub.sql(
      `update graphile_worker._private_jobs set ${long}, locked_by = 'worker-dead', run_at = now() where id = $1`,
      [dead.job],
    );
    await hub.sql(`update graphile_worker._private_job_queues set ${long}, locked_by = 'worker-dead'`);
    await second.takeBack();
    await until(() => seen.length === 2);
    // Once each: what ran was left to run.
    expect(seen.toSorted()).toEqual([running.id, dead.id].toSorted());
    await second.stop();
    await first.stop();
    expect(await countJobs(hub.platform.jobPool)).toEqual(none);
  });

  it('whose mark was lost with a connection are let go, and their queue with them', async () => {
    const jobs = worker();
    await jobs.start();
    await put(slow);
    const holder = async () =>
      (await hub.sql<{ by: string | null }>('select locked_by as by from graphile_worker._private_jobs'))[0]?.by;
    await until(async () => Boolean(await holder()));
    const by = await holder();
    await until(() => seen.length === 1);
    const { id, job } = await put(note, { queue: 'one', runAt: new Date(Date.now() + 86_400_000) });
    const lost = `locked_at = now() - interval '10 minutes', locked_by = $1`;
    await hub.sql(`update graphile_worker._private_job_queues set ${lost}`, [by]);
    await hub.sql(`update graphile_worker._private_jobs set ${lost}, run_at = now() where id = $2`, [by, job]);
    await jobs.letGo();
    await until(() => seen.length === 2);
    expect(seen[1]).toBe(id);
    await jobs.stop();
  });

  it('that run when the worker stops are finished and marked so', async () => {
    const jobs = worker();
    await jobs.start();
    await put(slow);
    await until(async () => (await countJobs(hub.platform.jobPool)).running === 1);
    await jobs.stop();
    expect(seen).toHaveLength(1);
    expect(await countJobs(hub.platform.jobPool)).toEqual(none);
  });

  it('that lock each other out begin anew, and none of them fails', async () => {
    const crossed = await asTask(hub.orm).write(async (em) => {
      const ids = [newId(), newId()];
      for (const [at, id] of ids.entries()) {
        locks[id] = at === 0 ? [1, 2] : [2, 1];
        await enqueue(em, crossing, { id });
      }
      return ids;
    });
    await hub.runJobs();
    expect(seen.toSorted()).toEqual(crossed.toSorted());
    expect(await countJobs(hub.platform.jobPool)).toEqual(none);
  });

  it('start soon after the commit', async () => {
    const jobs = worker();
    await jobs.start();
    const { id } = await put(note);
    await until(() => seen.length > 0);
    expect(seen).toEqual([id]);
    await jobs.stop();
  });

  it('at fixed times are known to the queue', async () => {
    const task = defineTask<Record<string, never>>('test_daily', async () => undefined);
    const options = { workerUrl: hub.app.database.workerUrl, platform: hub.platform, tasks: [task] };
    const jobs = createJobs({ ...options, crons: [{ task, match: '17 3 * * *' }] });
    await jobs.start();
    const known = () => hub.sql('select identifier from graphile_worker._private_known_crontabs');
    await until(async () => (await known()).length > 0);
    expect(await known()).toEqual([{ identifier: 'test_daily' }]);
    await jobs.stop();
  });

  it('cannot be put in the queue past its door', async () => {
    const direct = asTask(hub.orm).write((em) => em.execute(`select graphile_worker.add_job('test_note')`));
    await expect(direct).rejects.toThrow(/permission denied/);
  });

  it('refuse two tasks of one name', () => {
    const options = { workerUrl: hub.app.database.workerUrl, crons: [], platform: hub.platform };
    expect(() => createJobs({ ...options, tasks: [note, note] })).toThrow('test_note');
  });
});

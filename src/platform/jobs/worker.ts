import { EventEmitter } from 'node:events';
import { parseCronItems, run, runOnce, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import type { Pool } from 'pg';
import { asTask } from '../database/operation.js';
import { openPool } from '../database/open.js';
import type { Platform } from '../platform.js';
import { queueLogger } from './logger.js';
import { ownJobs } from './own-jobs.js';
import { takePresence, type Presence } from './presence.js';
import { runTask } from './run-task.js';
import type { Cron, Task } from './task.js';

/** Jobs at the same time in one process. */
const jobConcurrency = 4;
const SWEEP_MS = 30_000;

export interface JobsOptions {
  /** Connection string of hub_worker. */
  workerUrl: string;
  tasks: readonly Task<never>[];
  crons: readonly Cron[];
  platform: Platform;
  /** Told of every job that ran. */
  onRun?(task: string, failed: boolean): void;
}

/** The background work of this process. Nothing runs before `start`. */
export function createJobs({ workerUrl, tasks, crons, platform, onRun }: JobsOptions) {
  const { log, orm } = platform;
  const failures: Error[] = [];
  const own = ownJobs(platform.jobPool);
  const events = new EventEmitter() as WorkerEvents;
  events.on('pool:create', ({ workerPool }) => {
    own.runner(workerPool.id);
    presence?.hold(workerPool.id);
  });
  const taskList = listOf(tasks, async (task, payload, helpers) => {
    const db = asTask(orm, { 'hub.now': platform.clock.now().toISOString() });
    const id = String(helpers.job.id);
    own.began(id);
    try {
      await runTask(task, payload, helpers, db, platform);
      onRun?.(task.name, false);
    } catch (error) {
      onRun?.(task.name, true);
      failures.push(error as Error);
      if (failures.length > 100) failures.shift();
      throw error;
    } finally {
      own.ended(id);
      await db.end();
    }
  });
  const shared = { noHandleSignals: true, concurrency: jobConcurrency, taskList, logger: queueLogger(log), events };
  // A pool for each runner, because a runner is done only when its whole pool is quiet.
  const open = (): Pool => openPool(workerUrl, jobConcurrency + 2, 'hub jobs', log);
  let pool: Pool | undefined;
  let runner: Runner | undefined;
  let presence: Presence | undefined;
  let sweep: NodeJS.Timeout | undefined;
  return {
    async start(): Promise<void> {
      presence = await takePresence(workerUrl, platform.jobPool);
      const parsedCronItems = parseCronItems(
        crons.map(({ task, match }) => ({
          task: task.name,
          match,
          identifier: task.name,
          options: { backfillPeriod: 0 },
        })),
      );
      pool = open();
      runner = await run({ ...shared, pgPool: pool, parsedCronItems });
      // Nothing is lost when one fails: the next is half a minute away.
      sweep = setInterval(() => {
        void own.letGo().catch(() => undefined);
        void presence?.takeBack().catch(() => undefined);
      }, SWEEP_MS);
      sweep.unref();
    },

    /** Lets go of jobs that are locked in this process's name and do not run; done every half minute by itself. */
    letGo: own.letGo,

    /** Takes back the jobs of workers that are dead; done every half minute by itself. */
    takeBack: async (): Promise<void> => presence?.takeBack(),

    /** Finishes the jobs that run; what waits is done by another process or at the next start. */
    async stop(): Promise<void> {
      clearInterval(sweep);
      await runner?.stop();
      if (pool) await drain(pool);
      await presence?.end();
      runner = pool = presence = undefined;
    },

    /** Runs everything that is due and returns what failed. For tests and tools; `now` makes what is due by then due. */
    async runDue(now?: Date): Promise<Error[]> {
      failures.length = 0;
      if (now) {
        await platform.jobPool.query(
          'update graphile_worker._private_jobs set run_at = now() where run_at > now() and run_at <= $1',
          [now],
        );
      }
      // A run ends when nothing can be taken; the next job of a queue cannot while the mark of the one before is on its way.
      for (let before = Infinity; ;) {
        const once = open();
        await runOnce({ ...shared, pgPool: once });
        await drain(once);
        const left = await dueInQueues(platform.jobPool);
        if (left === 0 || left >= before) break;
        before = left;
      }
      return [...failures];
    },
  };
}

async function dueInQueues(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int as n from graphile_worker._private_jobs
      where job_queue_id is not null and locked_at is null and attempts < max_attempts and run_at <= now()`,
  );
  return rows[0]?.n ?? 0;
}

function listOf(
  tasks: readonly Task<never>[],
  perform: (task: Task<never>, ...rest: Parameters<NonNullable<TaskList[string]>>) => Promise<void>,
): TaskList {
  const list: TaskList = {};
  for (const task of tasks) {
    if (list[task.name]) throw new Error(`Two tasks are called ${task.name}`);
    list[task.name] = (payload, helpers) => perform(task, payload, helpers);
  }
  return list;
}

/**
 * graphile-worker 0.18 neither waits for the mark "done" of its last jobs nor minds that its pool ends: such a job
 * would run again. So the pool ends when it is quiet.
 */
async function drain(pool: Pool): Promise<void> {
  for (let waited = 0; waited < 10_000 && (pool.totalCount > pool.idleCount || pool.waitingCount > 0); waited += 5) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await pool.end();
}

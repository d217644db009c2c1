import type { JobHelpers } from 'graphile-worker';
import { databaseCode, untilFree } from '../database/locked-out.js';
import type { OperationDb } from '../database/operation.js';
import type { Platform } from '../platform.js';
import type { Task } from './task.js';

/** Runs one job. What it throws is stored with the job, so a database's own words, which may quote a row, stay out. */
export async function runTask(
  task: Task<never>,
  payload: unknown,
  { job, abortSignal }: JobHelpers,
  db: OperationDb,
  platform: Platform,
): Promise<void> {
  const context = {
    db,
    platform,
    job: { id: String(job.id), attempt: job.attempts, last: job.attempts >= job.max_attempts, signal: abortSignal },
  };
  try {
    await untilFree(
      () => task.run(payload as never, context),
      (again) => {
        platform.log.warn({ task: task.name, job: context.job.id, again }, 'a job was locked out and begins anew');
        return db.end();
      },
    );
  } catch (error) {
    platform.log.error(
      { err: error, task: task.name, job: context.job.id, attempt: context.job.attempt },
      'job failed',
    );
    throw new Error(describe(error), { cause: error });
  }
}

function describe(error: unknown): string {
  const code = databaseCode(error);
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return `PostgreSQL ${code}`;
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown';
}

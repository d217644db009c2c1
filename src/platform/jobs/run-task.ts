import type { JobHelpers } from 'graphile-worker';
import { DatabaseError } from 'pg';
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
    await task.run(payload as never, context);
  } catch (error) {
    platform.log.error(
      { err: error, task: task.name, job: context.job.id, attempt: context.job.attempt },
      'job failed',
    );
    throw new Error(describe(error), { cause: error });
  }
}

function describe(error: unknown): string {
  const source = error instanceof Error && error.cause instanceof DatabaseError ? error.cause : error;
  const { code } = (source ?? {}) as { code?: unknown };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return `PostgreSQL ${code}`;
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown';
}

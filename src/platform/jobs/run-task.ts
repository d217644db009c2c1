import type { JobHelpers } from 'graphile-worker';
import { DatabaseError } from 'pg';
import type { OperationDb } from '../database/operation.js';
import type { Platform } from '../platform.js';
import type { Task } from './task.js';

/** PostgreSQL's words for "somebody else was in the way": deadlock, and a transaction that could not be put in an order. */
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['40P01', '40001']);
/** So often a job begins anew at once when somebody was in its way; after that it waits as any that failed. */
const AGAIN = 3;

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
    for (let again = 0; ; again += 1) {
      try {
        return await task.run(payload as never, context);
      } catch (error) {
        if (again === AGAIN || !IN_THE_WAY.has(codeOf(error))) throw error;
        platform.log.warn({ task: task.name, job: context.job.id, again }, 'a job was locked out and begins anew');
        await db.end();
      }
    }
  } catch (error) {
    platform.log.error(
      { err: error, task: task.name, job: context.job.id, attempt: context.job.attempt },
      'job failed',
    );
    throw new Error(describe(error), { cause: error });
  }
}

/** The database's code, where a wrapper carries it too. */
function codeOf(error: unknown): unknown {
  const source = error instanceof Error && error.cause instanceof DatabaseError ? error.cause : error;
  return ((source ?? {}) as { code?: unknown }).code;
}

function describe(error: unknown): string {
  const code = codeOf(error);
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return `PostgreSQL ${code}`;
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown';
}

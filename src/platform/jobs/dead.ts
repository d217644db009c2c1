import type { Pool } from 'pg';
import { toDate } from '../database/rows.js';

/** A job that was given up. */
export interface DeadJob {
  id: string;
  task: string;
  payload: unknown;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  failedAt: Date;
}

/** The jobs that failed as often as they may, the latest first. `pool` is that of hub_worker. */
export async function deadJobs(pool: Pool, limit = 50): Promise<DeadJob[]> {
  const { rows } = await pool.query<Omit<DeadJob, 'createdAt' | 'failedAt'> & { createdAt: Date; failedAt: Date }>(
    `select j.id::text, t.identifier as task, j.payload, j.attempts, j.last_error as "lastError",
            j.created_at as "createdAt", j.updated_at as "failedAt"
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.attempts >= j.max_attempts and j.locked_at is null order by j.updated_at desc limit $1`,
    [limit],
  );
  return rows.map((row) => ({ ...row, createdAt: toDate(row.createdAt), failedAt: toDate(row.failedAt) }));
}

/** Gives a dead job its attempts back and makes it due now. Returns whether there was such a job. */
export async function retryJob(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update graphile_worker._private_jobs set attempts = 0, run_at = now(), last_error = null
      where id = $1 and attempts >= max_attempts and locked_at is null`,
    [id],
  );
  return rowCount === 1;
}

/** Deletes the jobs that were given up before. */
export async function clearDeadJobs(pool: Pool, before: Date): Promise<void> {
  await pool.query(
    `delete from graphile_worker._private_jobs
      where attempts >= max_attempts and locked_at is null and updated_at < $1`,
    [before],
  );
}

/** How long the oldest job that could run has waited, in seconds. */
export async function jobWait(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ seconds: number | null }>(
    `select extract(epoch from now() - min(run_at))::float8 as seconds from graphile_worker._private_jobs
      where locked_at is null and attempts < max_attempts and run_at <= now()`,
  );
  return rows[0]?.seconds ?? 0;
}

/** How much waits, runs and is dead. */
export async function countJobs(pool: Pool): Promise<{ waiting: number; running: number; dead: number }> {
  const { rows } = await pool.query<{ waiting: number; running: number; dead: number }>(
    `select count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
            count(*) filter (where locked_at is not null)::int as running,
            count(*) filter (where locked_at is null and attempts >= max_attempts)::int as dead
       from graphile_worker._private_jobs`,
  );
  return rows[0] ?? { waiting: 0, running: 0, dead: 0 };
}

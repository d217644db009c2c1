import type { Pool } from 'pg';
import { toDate, toDateOrNull } from '../database/rows.js';

/** Jobs of one task that were given up for the same reason. */
export interface GivenUp {
  id: string;
  task: string;
  /** The last error in the hub's own words, without a person's data. */
  why: string;
  count: number;
  firstAt: Date;
  lastAt: Date;
}

/** What a job is waiting for, by task. */
export interface WaitingWork {
  task: string;
  /** Jobs that could run now. */
  due: number;
  /** Jobs whose time has not come. */
  later: number;
  /** Since when the oldest of those that could run has waited. */
  since: Date | null;
}

/** Given up: no attempt is left, and none runs. */
const DEAD = 'locked_at is null and attempts >= max_attempts';
/** The same task and the same error are one reason. */
const REASON = `md5(j.task_id || ' ' || coalesce(j.last_error, ''))::uuid`;

/** The jobs that failed as often as they may, by task and reason, the latest first. `pool` is that of hub_worker. */
export async function givenUp(pool: Pool, limit = 100): Promise<GivenUp[]> {
  const { rows } = await pool.query<GivenUp>(
    `select ${REASON}::text as id, t.identifier as task, coalesce(j.last_error, '') as why, count(*)::int as count,
            min(j.updated_at) as "firstAt", max(j.updated_at) as "lastAt"
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where ${DEAD} group by 1, 2, 3 order by 6 desc, 1 limit $1`,
    [limit],
  );
  return rows.map((row) => ({ ...row, firstAt: toDate(row.firstAt), lastAt: toDate(row.lastAt) }));
}

/** Gives the jobs of a reason their attempts back and makes them due now. Returns how many there were. */
export async function retryGivenUp(pool: Pool, id: string): Promise<number> {
  const { rowCount } = await pool.query(
    `update graphile_worker._private_jobs j set attempts = 0, run_at = now(), last_error = null
      where ${DEAD} and ${REASON} = $1::uuid`,
    [id],
  );
  return rowCount ?? 0;
}

/** What waits, by task, the longest wait first. */
export async function waitingWork(pool: Pool): Promise<WaitingWork[]> {
  const { rows } = await pool.query<WaitingWork>(
    `select t.identifier as task, count(*) filter (where j.run_at <= now())::int as due,
            count(*) filter (where j.run_at > now())::int as later,
            min(j.run_at) filter (where j.run_at <= now()) as since
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.locked_at is null and j.attempts < j.max_attempts
      group by 1 order by since nulls last, task`,
  );
  return rows.map((row) => ({ ...row, since: toDateOrNull(row.since) }));
}

/** Deletes the jobs that were given up before. */
export async function clearDeadJobs(pool: Pool, before: Date): Promise<void> {
  await pool.query(
    `delete from graphile_worker._private_jobs
      where ${DEAD} and updated_at < $1`,
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
            count(*) filter (where ${DEAD})::int as dead
       from graphile_worker._private_jobs`,
  );
  return rows[0] ?? { waiting: 0, running: 0, dead: 0 };
}

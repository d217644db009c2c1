import type { Pool } from 'pg';

/** How long the mark "done" of a job may take. */
const GRACE_MS = 30_000;

/**
 * Which jobs this process holds. When the connection is lost just as a job is taken or ends, nobody writes that down:
 * such a job would stay locked for four hours by a worker that knows nothing of it.
 */
export function ownJobs(pool: Pool) {
  const runners = new Set<string>();
  /** When each job ended; Infinity while it runs. */
  const held = new Map<string, number>();
  return {
    runner: (id: string): void => void runners.add(id),
    began: (id: string): void => void held.set(id, Infinity),
    ended: (id: string): void => void held.set(id, Date.now()),
    /** Lets go of what is locked in this process's name and does not run. */
    async letGo(graceMs = GRACE_MS): Promise<void> {
      const before = Date.now() - graceMs;
      for (const [id, end] of held) if (end <= before) held.delete(id);
      if (runners.size === 0) return;
      await pool.query(
        `update graphile_worker._private_jobs set locked_at = null, locked_by = null
          where locked_by = any($1) and id <> all($2::bigint[]) and locked_at <= now() - make_interval(secs => $3)`,
        [[...runners], [...held.keys()], graceMs / 1000],
      );
      await pool.query(
        `update graphile_worker._private_job_queues q set locked_at = null, locked_by = null
          where locked_by = any($1) and locked_at <= now() - make_interval(secs => $2)
            and not exists (select from graphile_worker._private_jobs j where j.job_queue_id = q.id and j.locked_by = q.locked_by)`,
        [[...runners], graceMs / 1000],
      );
    },
  };
}

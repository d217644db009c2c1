import type { EntityManager } from '@mikro-orm/postgresql';
import type { PayloadOf, Task } from './task.js';

export interface EnqueueOptions {
  /** Not before this time; polled every two seconds. */
  runAt?: Date;
  /** At least so long from now by the database's clock, whatever ours says. */
  pauseMs?: number;
  /** At most one waiting job with this key: a later one replaces it. */
  jobKey?: string;
  /** Jobs of one queue run one after another. Few values only: a queue is a row. */
  queue?: string;
  /** Attempts with growing pauses before the job is given up; 25 (about three days) by default. */
  maxAttempts?: number;
}

/** Jobs for one reader run one after another, so that none tells what another is just telling: one of sixteen queues. */
export const queueOf = (readerId: string): string => `reader-${readerId.slice(-1)}`;

/**
 * Puts a job into the same transaction as the write it follows from: it runs when that commits and never when it
 * rolls back. Returns the id of the job.
 */
export async function enqueue<P extends PayloadOf<P>>(
  em: EntityManager,
  task: Task<P> | string,
  payload: P,
  options: EnqueueOptions = {},
): Promise<string> {
  const name = typeof task === 'string' ? task : task.name;
  const rows = await em.execute<{ id: string }[]>(
    `select hub.enqueue(?::text, ?::json, greatest(?::timestamptz, now() + make_interval(secs => ?::float8)), ?::text, ?::text, ?::int)::text as id`,
    [
      name,
      JSON.stringify(payload),
      options.runAt?.toISOString() ?? null,
      options.pauseMs === undefined ? null : options.pauseMs / 1000,
      options.jobKey ?? null,
      options.queue ?? null,
      options.maxAttempts ?? null,
    ],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The queue gave no id');
  return id;
}

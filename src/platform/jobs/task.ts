import type { OperationDb } from '../database/operation.js';
import type { Platform } from '../platform.js';

type Scalar = string | number | boolean | null;

/** Ids, numbers and flags. Never a person's data: payloads are stored and shown to operators. */
export type PayloadOf<P> = { [K in keyof P]: Scalar | undefined | readonly Scalar[] };

/** What a task works with. */
export interface TaskContext {
  /** The database as role hub_task, which no organization limits: every query names its own. */
  db: OperationDb;
  platform: Platform;
  job: {
    id: string;
    /** 1 the first time. */
    attempt: number;
    /** Whether the job is given up if this attempt fails. */
    last: boolean;
    /** Aborted some seconds after the process was asked to stop. */
    signal: AbortSignal;
  };
}

/** One kind of background work. It may run twice (a crash after the work, before the mark), so it is idempotent. */
export interface Task<P> {
  readonly name: string;
  run(payload: P, context: TaskContext): Promise<void>;
}

/** Declares a task. `name` is stored with every job of it, so it stays the same for ever. */
export function defineTask<P extends PayloadOf<P>>(
  name: string,
  run: (payload: P, context: TaskContext) => Promise<void>,
): Task<P> {
  return { name, run };
}

/** A task at fixed times; `match` is a crontab line in UTC. A time that passed while no worker ran is not made up for. */
export interface Cron {
  task: Task<Record<string, never>>;
  match: string;
}

import type { Logger } from './log.js';

/** Where a request was turned away: before it began, or while it waited for a connection to the database. */
export const BUSY_AT = ['door', 'database'] as const;
export type BusyAt = (typeof BUSY_AT)[number];

/** Seconds after which somebody who was turned away may come again. */
export const RETRY_AFTER_SECONDS = 2;
/** Turned away within this time, the hub counts as busy. */
const LATELY_MS = 10_000;
/** Jobs that wait longer than this are late: letters among them. */
const LATE_JOBS_SECONDS = 60;
/** So often the queue is looked at, while somebody asks. */
const LOOK_MS = 5000;
/** A storm is one line in the log for so long. */
const LINE_MS = 10_000;

/** There are more requests than the hub answers in time. Nothing was done. */
export class Busy extends Error {
  override readonly name = 'Busy';

  constructor() {
    super('There are more requests than can be answered in time');
  }
}

/** What pg says to whoever waited for a connection too long; test/busy.test.ts knows when it changes its words. */
const WAITED = 'timeout exceeded when trying to connect';

/** Whether PostgreSQL gave a statement up because it took longer than any may; its transaction is rolled back. */
export const isGivenUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '57014';

/** Whether nothing was done because there was too much to do. */
export function isBusy(error: unknown): boolean {
  if (error instanceof Busy || isGivenUp(error)) return true;
  return error instanceof Error && error.message.endsWith(WAITED);
}

/** Knows whether the hub keeps up: who was turned away, and how late jobs are. */
export class Load {
  readonly #jobWait: () => Promise<number>;
  readonly #log: Logger;
  readonly #counts: Record<BusyAt, number> = { door: 0, database: 0 };
  #refusedAt = -Infinity;
  #lineAt = -Infinity;
  #unsaid = 0;
  #lookedAt = -Infinity;
  #jobSeconds = 0;

  constructor(jobWait: () => Promise<number>, log: Logger) {
    this.#jobWait = jobWait;
    this.#log = log;
  }

  /** A request was turned away. */
  refused(at: BusyAt): void {
    const now = performance.now();
    this.#counts[at] += 1;
    this.#refusedAt = now;
    this.#unsaid += 1;
    if (now < this.#lineAt + LINE_MS) return;
    this.#log.warn({ at, refused: this.#unsaid }, 'busy: requests were turned away');
    this.#lineAt = now;
    this.#unsaid = 0;
  }

  /** How many were turned away since the start. */
  counts(): Readonly<Record<BusyAt, number>> {
    return this.#counts;
  }

  /** Whether requests were turned away just now. */
  turnsAway(): boolean {
    return performance.now() < this.#refusedAt + LATELY_MS;
  }

  /** Whether requests were turned away just now, or jobs are late. The queue is looked at for the next time. */
  behind(): boolean {
    const now = performance.now();
    if (now > this.#lookedAt + LOOK_MS) {
      this.#lookedAt = now;
      void this.#look();
    }
    return this.turnsAway() || this.#jobSeconds > LATE_JOBS_SECONDS;
  }

  async #look(): Promise<void> {
    this.#jobSeconds = await this.#jobWait().catch(() => this.#jobSeconds);
  }
}

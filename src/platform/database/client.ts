import { AsyncLocalStorage } from 'node:async_hooks';
import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { DatabaseError, type PoolClient } from 'pg';

/** What the next BEGIN says beside `begin`: the session context, and how long its statements may take. */
export interface Prelude {
  sql: string;
  statementTimeoutMs: number | undefined;
}

/** Carries the session context from the EntityManager's begin to the BEGIN that Kysely sends. */
export const prelude = new AsyncLocalStorage<Prelude | undefined>();

/**
 * What a rollback does on its way out: statements in a transaction of their own, sent behind it in the same round trip.
 * They are all or nothing; `failed` says why when they were not done.
 */
export interface Epilogue {
  context: string;
  sql: string;
  done: boolean;
  failed?: unknown;
}

/** Carries an epilogue to the ROLLBACK that Kysely sends. */
export const epilogue = new AsyncLocalStorage<Epilogue>();

/** How much longer the client waits than the server's own statement timeout before it gives a connection up. */
const graceMs = 5000;
const begins = /^(begin|start transaction)/;

/** A commit that PostgreSQL turned into a rollback because a statement before it had failed. */
export class LostCommit extends Error {
  constructor() {
    super('The transaction had already failed and was rolled back.');
  }
}

/**
 * A pooled connection that knows whether it may be used again. An ordinary SQL error leaves it usable; anything else
 * (a failed begin or rollback, a time-out on our side, a lost socket) marks it broken, and releasing destroys it.
 */
export class HubClient implements PostgresPoolClient {
  readonly #client: PoolClient;
  readonly #listeners: ReadonlySet<(sql: string) => void>;
  #timeoutMs: number | undefined;
  broken = false;

  constructor(client: PoolClient, listeners: ReadonlySet<(sql: string) => void>) {
    this.#client = client;
    this.#listeners = listeners;
  }

  /** Backend process id; Kysely cancels a query by it. */
  get processID(): number | undefined {
    return (this.#client as PoolClient & { processID?: number }).processID;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    query: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof query !== 'string') throw new Error('Cursors are not supported: page by key instead');
    return this.#run<R>(query, parameters);
  }

  async #run<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    // Behind a statement that hangs, a rollback would only wait its turn for ever.
    if (this.broken) throw new Error('The connection to the database was lost');
    const begin = begins.test(sql);
    const context = begin ? prelude.getStore() : undefined;
    const last = sql === 'rollback' ? epilogue.getStore() : undefined;
    if (begin) this.#timeoutMs = context?.statementTimeoutMs;
    for (const listener of this.#listeners) listener(sql);
    // Without its values, as every other statement is told.
    if (last) for (const listener of this.#listeners) listener(last.sql.split("'", 1)[0] ?? '');
    try {
      const result = await this.#client.query({
        // Statements in one message that open no transaction share one of their own.
        text: context ? `${sql}; ${context.sql}` : last ? `${sql}; ${last.context}; ${last.sql}` : sql,
        values: [...parameters],
        ...(this.#timeoutMs !== undefined && { query_timeout: this.#timeoutMs + graceMs }),
      });
      if (sql === 'commit' && (result as { command: string }).command === 'ROLLBACK') throw new LostCommit();
      if (last) last.done = true;
      return result as unknown as PostgresQueryResult<R>;
    } catch (error) {
      if (last) last.failed = error;
      if (begin || sql === 'rollback' || !isOrdinary(error)) this.broken = true;
      throw error;
    }
  }

  release(): void {
    this.#client.release(this.broken);
  }
}

// Ends of the connection: lost (08), shut down or killed (57P), idle or too long in a transaction (25P03, 25P04),
// internal (XX). By code, because the word for the severity comes in the server's language.
const ending = /^(08|57P|25P0[34]|XX)/;

/** An error the server sent about one statement, after which the connection goes on. */
function isOrdinary(error: unknown): boolean {
  if (error instanceof LostCommit) return true;
  return error instanceof DatabaseError && error.code !== undefined && !ending.test(error.code);
}

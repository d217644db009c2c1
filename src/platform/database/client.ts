import { AsyncLocalStorage } from 'node:async_hooks';
import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { DatabaseError, escapeLiteral, type PoolClient, type QueryConfig, type QueryResult } from 'pg';

/** What the next BEGIN says beside `begin`: the session context, and how long its statements may take. */
export interface Prelude {
  sql: string;
  statementTimeoutMs: number | undefined;
}

/** A statement that each connection keeps under a name, and the values of each time that it is to run now. */
export interface Repeated {
  name: string;
  types: readonly string[];
  /** What it does with $1, $2 … */
  text: string;
  runs: readonly (readonly (string | null)[])[];
}

/** Carries the session context from the EntityManager's begin to the BEGIN that Kysely sends. */
export const prelude = new AsyncLocalStorage<Prelude | undefined>();

/** A statement is prepared from its third time on; so many are, whatever callers make up. */
const PREPARED_FROM = 3;
const PREPARED_AT_MOST = 300;
/**
 * What is planned anew each time: conditions whose selectivity depends on the very words (search), and statements that
 * read whole rows, whose shape a migration may change under a running hub.
 */
const neverPrepared = /@@|&&|@>|\.\*/;
const seen = new Map<string, { times: number; name: string }>();

/** The name under which a statement with parameters is prepared on each connection; undefined when it is not. */
function preparedName(sql: string, parameters: readonly unknown[]): string | undefined {
  if (parameters.length === 0) return undefined;
  const known = seen.get(sql);
  if (known) {
    known.times += 1;
    return known.times >= PREPARED_FROM ? known.name : undefined;
  }
  if (seen.size < PREPARED_AT_MOST && !neverPrepared.test(sql)) seen.set(sql, { times: 1, name: `hub_${seen.size}` });
  return undefined;
}

const literal = (value: string | null): string => (value === null ? 'null' : escapeLiteral(value));

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
  readonly #answerMs: number;
  readonly #kept = new Set<string>();
  #timeoutMs: number | undefined;
  broken = false;

  /** `answerMs`: how long an answer is waited for where the server knows no limit. */
  constructor(client: PoolClient, listeners: ReadonlySet<(sql: string) => void>, answerMs: number) {
    this.#client = client;
    this.#listeners = listeners;
    this.#answerMs = answerMs;
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

  /** {@link control} that begins a transaction, whose statements the server cuts off after a time; with its first one behind it. */
  begin(
    sql: string,
    told: readonly string[],
    statementTimeoutMs: number | undefined,
    first?: Repeated,
  ): Promise<unknown> {
    this.#timeoutMs = statementTimeoutMs;
    return first ? this.controlAnd(sql, first, told) : this.control(sql, told);
  }

  /**
   * Sends transaction control and what belongs to it as one message; `told` is what of it is said to those who listen,
   * without values. After a failure nothing is known of the connection: it is broken.
   */
  async control(sql: string, told: readonly string[]): Promise<unknown> {
    try {
      return await this.#send(sql, [], told);
    } catch (error) {
      this.broken = true;
      throw error;
    }
  }

  /**
   * {@link control} with a statement behind it. Planning it costs more than running it, so the connection keeps its plan:
   * by name in the text of the message, since a message of several statements takes no parameters.
   */
  async controlAnd(sql: string, { name, types, text, runs }: Repeated, told: readonly string[]): Promise<unknown> {
    const first = this.#kept.has(name) ? '' : `prepare ${name}(${types.join(', ')}) as ${text}; `;
    const calls = runs.map((values) => `execute ${name}(${values.map(literal).join(', ')})`);
    const results = await this.control(`${sql}; ${first}${calls.join('; ')}`, told);
    this.#kept.add(name);
    return results;
  }

  async #run<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const begin = begins.test(sql);
    const context = begin ? prelude.getStore() : undefined;
    if (begin) this.#timeoutMs = context?.statementTimeoutMs;
    try {
      const result = await this.#send<R>(context ? `${sql}; ${context.sql}` : sql, parameters, [sql]);
      if (sql === 'commit' && (result as { command: string }).command === 'ROLLBACK') throw new LostCommit();
      return result;
    } catch (error) {
      if (begin || sql === 'rollback' || !isOrdinary(error)) this.broken = true;
      throw error;
    }
  }

  async #send<R>(
    sql: string,
    parameters: readonly unknown[],
    told: readonly string[],
  ): Promise<PostgresQueryResult<R>> {
    // Behind a statement that hangs, a rollback would only wait its turn for ever.
    if (this.broken) throw new Error('The connection to the database was lost');
    for (const listener of this.#listeners) told.forEach(listener);
    const name = preparedName(sql, parameters);
    const config = {
      ...(name !== undefined && { name }),
      text: sql,
      ...(parameters.length > 0 && { values: [...parameters] }),
    };
    try {
      return (await this.#ask(config)) as unknown as PostgresQueryResult<R>;
    } catch (error) {
      // Who asked, instead of the socket that read the answer.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  }

  /**
   * By callback and with a clock of our own: `pg` puts a new function into a property of each query, for its promise and for
   * its clock. V8 makes such functions old at once, and whatever they can reach stays until all that is old is collected:
   * the rows, and so the whole request, 50 kB each.
   */
  #ask(config: QueryConfig): Promise<QueryResult> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.broken = true;
        reject(new Error('The database did not answer in time (timeout)'));
      }, this.#patienceMs);
      this.#client.query(config, (error: Error | null, result) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve(result);
      });
    });
  }

  get #patienceMs(): number {
    return this.#timeoutMs === undefined ? this.#answerMs : this.#timeoutMs + graceMs;
  }

  release(): void {
    this.#client.release(this.broken);
  }
}

// Ends of the connection: lost (08), shut down or killed (57P), idle or too long in a transaction (25P03, 25P04),
// internal (XX); and a prepared statement that a migration has outdated (0A000): another connection prepares it anew.
// By code, because the word for the severity comes in the server's language.
const ending = /^(08|57P|25P0[34]|XX|0A000)/;

/** An error the server sent about one statement, after which the connection goes on. */
function isOrdinary(error: unknown): boolean {
  if (error instanceof LostCommit) return true;
  return error instanceof DatabaseError && error.code !== undefined && !ending.test(error.code);
}

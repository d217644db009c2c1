import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { HubClient, Repeated } from './client.js';

/** Kysely inside a transaction that somebody else began and will end. */
class OneTransaction implements Driver, DatabaseConnection {
  constructor(readonly transaction: ReadTransaction) {}

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this;
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}

  async beginTransaction(): Promise<void> {
    throw new Error('These are the reads of an operation: what writes goes through write()');
  }
  commitTransaction = this.beginTransaction;
  rollbackTransaction = this.beginTransaction;

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    return { rows: await this.transaction.query<R>(sql, parameters) };
  }

  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Cursors are not supported: page by key instead');
  }
}

/** A transaction that has begun, and what its first statement said. */
export interface Reading {
  transaction: ReadTransaction;
  said: unknown;
}

/** The first value of the last statement behind BEGIN, which is JSON as text. */
function lastSaid(results: unknown): unknown {
  const last = (results as { rows: Record<string, string | null>[] }[]).at(-1);
  const [value] = Object.values(last?.rows[0] ?? {});
  return value === undefined || value === null ? null : (JSON.parse(value) as unknown);
}

/** What a request reads is of one moment: its second statement knows nothing that came after its first. */
const BEGIN = 'start transaction isolation level repeatable read, read only';
/** Background work may take minutes, and asks what is true now. */
const BEGIN_TASK = 'start transaction read only';

const compiler = new PostgresQueryCompiler();
const adapter = new PostgresAdapter();

function kyselyIn(transaction: ReadTransaction): Kysely<unknown> {
  return new Kysely<unknown>({
    dialect: {
      createDriver: () => new OneTransaction(transaction),
      createAdapter: () => adapter,
      createQueryCompiler: () => compiler,
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  });
}

/**
 * The read-only transaction of an operation, on its connection itself: what every request pays for is one statement to
 * begin, one to end, and nothing in between but its own.
 */
export class ReadTransaction {
  /** Unset once it has ended: the connection is somebody else's then, and a late resolver must not speak on it. */
  #client: HubClient | undefined;
  #em: EntityManager | undefined;

  private constructor(client: HubClient) {
    this.#client = client;
  }

  /**
   * Begins on a connection of the pool, in the same round trip as what says who calls: a `context`, or `first`, a statement
   * whose first value is answered.
   */
  static async begin(
    connect: () => Promise<HubClient>,
    { calls, ofTask }: { calls: string | Repeated; ofTask: boolean },
    statementTimeoutMs: number | undefined,
  ): Promise<Reading> {
    const client = await connect();
    try {
      const begin = ofTask ? BEGIN_TASK : BEGIN;
      if (typeof calls === 'string') {
        await client.begin(`${begin}; ${calls}`, [begin], statementTimeoutMs);
        return { transaction: new ReadTransaction(client), said: null };
      }
      const results = await client.begin(begin, [begin], statementTimeoutMs, calls);
      return { transaction: new ReadTransaction(client), said: lastSaid(results) };
    } catch (error) {
      client.release();
      throw error;
    }
  }

  /** Whether the connection still stands. */
  get usable(): boolean {
    return this.#client?.broken === false;
  }

  /** Rows of a statement written out, with its values as $1, $2 …; the cheapest way to read. */
  async query<R>(text: string, values: readonly unknown[]): Promise<R[]> {
    if (!this.#client) throw new Error('The transaction of these reads has ended');
    return (await this.#client.query<R>(text, values)).rows;
  }

  /** An EntityManager inside this transaction. */
  em(orm: MikroORM): EntityManager {
    if (!this.#em) {
      this.#em = orm.em.fork();
      this.#em.setTransactionContext(kyselyIn(this) as never);
    }
    return this.#em;
  }

  /** Ends it. A connection on which that fails is broken, and destroyed: as good as ended. */
  async end(): Promise<void> {
    await this.#leave((client) => client.control('rollback', ['rollback'])).catch(() => undefined);
  }

  /**
   * Ends it and runs a statement behind it, in the same round trip: one message, so that what follows the rollback is a
   * transaction of its own, all or nothing. Throws when it fails.
   */
  async endWith(context: string, statement: Repeated): Promise<void> {
    await this.#leave((client) => client.controlAnd(`rollback; ${context}`, statement, ['rollback', statement.text]));
  }

  async #leave(say: (client: HubClient) => Promise<unknown>): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    try {
      await say(client);
    } finally {
      client.release();
    }
  }
}

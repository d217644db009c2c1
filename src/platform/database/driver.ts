import { PostgreSqlConnection, PostgreSqlDriver } from '@mikro-orm/postgresql';
import type { Configuration, SessionContext } from '@mikro-orm/core';
import { type PostgresDialectConfig, PostgresDialect, PostgresDriver } from 'kysely';
import type { TransactionSettings } from 'kysely';
import { type Pool, type PoolClient, type PoolConfig, escapeLiteral } from 'pg';
import { HubClient, type Prelude, prelude, type Repeated } from './client.js';
import { ReadTransaction, type Reading } from './read-transaction.js';

// Why a driver of our own: stock MikroORM and Kysely never give a connection back that dies inside a transaction, so
// each loss costs a pool slot until every request waits for ever. And BEGIN with the session context is one round trip.
// Built on their internals: driver.test.ts kills connections and counts the pool; run it at every update of either.

type Connection = Parameters<PostgresDriver['releaseConnection']>[0];

class HubKyselyDriver extends PostgresDriver {
  override async beginTransaction(connection: Connection, settings: TransactionSettings): Promise<void> {
    try {
      await super.beginTransaction(connection, settings);
    } catch (error) {
      await this.releaseConnection(connection); // Kysely does not when begin throws.
      throw error;
    }
  }

  override async rollbackTransaction(connection: Connection): Promise<void> {
    // A rollback that fails marks the connection broken, and releasing it next destroys it: as good as rolled back.
    await super.rollbackTransaction(connection).catch(() => undefined);
  }
}

/** How long an answer is waited for where nobody says. */
const ANSWER_MS = 10_000;

class HubDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): HubKyselyDriver {
    return new HubKyselyDriver(this.#config);
  }
}

/** PostgreSQL connection of the hub: BEGIN and session context in one trip, broken connections destroyed. */
export class HubConnection extends PostgreSqlConnection {
  /** Called with every statement that is sent, transaction control included. */
  readonly statementListeners = new Set<(sql: string) => void>();

  #connect: (() => Promise<HubClient>) | undefined;

  override createKyselyDialect(overrides: PoolConfig): PostgresDialect {
    let created: Pool | undefined;
    // The clients keep the time themselves: see HubClient.
    const { query_timeout: answerMs = ANSWER_MS, ...poolConfig } = overrides;
    const withHook: PoolConfig & { onPoolCreated(pool: Pool): void } = {
      ...poolConfig,
      onPoolCreated: (pool) => {
        created = pool;
      },
    };
    super.createKyselyDialect(withHook);
    if (!created) throw new Error('MikroORM no longer announces its pool: adapt HubConnection');
    const pool = created;
    const known = new WeakMap<PoolClient, HubClient>();
    const connect = async (): Promise<HubClient> => {
      const client = await pool.connect();
      const wrapped = known.get(client) ?? new HubClient(client, this.statementListeners, answerMs);
      known.set(client, wrapped);
      return wrapped;
    };
    this.#connect = connect;
    return new HubDialect({ pool: { options: pool.options, end: () => pool.end(), connect } });
  }

  /**
   * Begins the read-only transaction of an operation. `first` selects one value before the role is taken on, in the same
   * statement; `said` is that value.
   */
  async beginReading(session: SessionContext, first?: Repeated): Promise<Reading> {
    this.getClient();
    if (!this.#connect) throw new Error('MikroORM no longer makes its dialect here: adapt HubConnection');
    const calls = first ? this.#withContext(first, session) : this.contextSql(session);
    return ReadTransaction.begin(this.#connect, { calls, ofTask: session.role === 'hub_task' }, timeoutOf(session));
  }

  override begin(options: Parameters<PostgreSqlConnection['begin']>[0] = {}) {
    if (options.ctx || !options.sessionContext) return prelude.run(undefined, () => super.begin(options));
    const first = this.#prelude(options.sessionContext);
    return prelude.run(first, () => super.begin({ ...options, sessionContext: undefined }));
  }

  /** The statement that tells the database who calls, for the transaction it runs in. */
  contextSql(session: SessionContext): string {
    const calls = this.#settings(session).map(
      ([key, value]) => `set_config(${escapeLiteral(key)}, ${escapeLiteral(value)}, true)`,
    );
    return calls.length > 0 ? `select ${calls.join(', ')}` : 'select 1';
  }

  /** A statement that tells it too, behind what it selects itself. */
  #withContext({ name, types, text, runs }: Repeated, session: SessionContext): Repeated {
    const settings = this.#settings(session);
    const calls = settings.map(([key], at) => `set_config(${escapeLiteral(key)}, $${types.length + at + 1}, true)`);
    return {
      name,
      types: [...types, ...settings.map(() => 'text')],
      text: [text, ...calls].join(', '),
      runs: runs.map((values) => [...values, ...settings.map(([, value]) => value)]),
    };
  }

  #settings(session: SessionContext): [string, string][] {
    const settings = Object.entries({ ...session.variables, ...(session.role && { role: session.role }) });
    return settings.map(([key, value]) => [key, this.stringifySessionVariable(value)]);
  }

  #prelude(session: SessionContext): Prelude {
    return { sql: this.contextSql(session), statementTimeoutMs: timeoutOf(session) };
  }
}

function timeoutOf({ variables }: SessionContext): number | undefined {
  const timeout = variables?.['statement_timeout'];
  return typeof timeout === 'number' ? timeout : undefined;
}

/** MikroORM driver over {@link HubConnection}. */
export class HubDriver extends PostgreSqlDriver {
  protected override readonly connection: HubConnection;

  constructor(config: Configuration) {
    super(config);
    this.connection = new HubConnection(config);
  }
}

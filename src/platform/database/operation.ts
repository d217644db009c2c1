import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import type { Repeated } from './client.js';
import { HubConnection } from './driver.js';
import { Gathering } from './gathering.js';
import { Outgoing } from './outgoing.js';
import { ReadTransaction } from './read-transaction.js';

/** Who a transaction runs as: a role of the database, and the settings that its policies read. */
export interface Session {
  role: 'hub_app' | 'hub_task' | 'hub_auditor' | 'hub_link' | 'hub_patient' | 'hub_caregiver';
  /** Settings for one transaction, such as hub.org_id; statement_timeout in milliseconds. */
  variables?: Record<string, string | number | boolean>;
}

interface Running {
  db: OperationDb;
  em: EntityManager;
  open: boolean;
  outgoing: Outgoing;
}

const running = new AsyncLocalStorage<Running>();

/** Whether `em` is that of a write which is under way. */
export function isWriting(em: EntityManager): boolean {
  const inside = running.getStore();
  return inside !== undefined && inside.open && inside.em === em;
}

/** Does something with what the transaction of `em` sends when it ends; in one that nobody here ends, it is sent at once. */
export async function outgoing(em: EntityManager, add: (out: Outgoing) => void): Promise<void> {
  const inside = running.getStore();
  if (inside?.open && inside.em === em) return add(inside.outgoing);
  const alone = new Outgoing();
  add(alone);
  try {
    await alone.send(em);
  } catch (error) {
    alone.lost();
    throw error;
  }
}

/**
 * The database as one operation sees it: its reads share one lazy read-only transaction, each write is one transaction
 * of its own, and never are two connections held at once (two could starve a pool that others wait on).
 */
export class OperationDb {
  readonly #orm: MikroORM;
  readonly #session: Session;
  #read: Promise<ReadTransaction> | undefined;
  #writing: EntityManager | undefined;
  #last: Promise<void> = Promise.resolve();
  readonly #gathering = new Gathering((text, values) => this.query(text, values));

  /** `reading` is a transaction of the same session that has begun already. */
  constructor(orm: MikroORM, session: Session, reading?: ReadTransaction) {
    this.#orm = orm;
    this.#session = session;
    if (reading) this.#read = Promise.resolve(reading);
  }

  /** The EntityManager to read with: inside {@link write} the writing one, else that of the read-only transaction. */
  async em(): Promise<EntityManager> {
    if (this.#writing) return this.#writing;
    return (await this.#reads()).em(this.#orm);
  }

  /** Rows of a statement with its values as $1, $2 …, inside {@link write} too. For what is read on every page. */
  async query<R>(text: string, values: readonly unknown[]): Promise<R[]> {
    if (!this.#writing) return (await this.#reads()).query<R>(text, values);
    const { rows } = await this.#writing.getKysely<unknown>().executeQuery<R>(CompiledQuery.raw(text, [...values]));
    return rows;
  }

  /** {@link query} for what loaders read: all that is asked for in the same moment is one statement. */
  gather<R>(text: string, values: readonly unknown[]): Promise<R[]> {
    return this.#gathering.ask<R>(text, values);
  }

  /**
   * Runs `work` in one transaction and flushes it; anything thrown rolls all of it back. Inside a write of the same operation it
   * throws: `work` would be part of that, and what it threw would undo that too, or be caught and kept half done. Code that
   * takes part in a write asks for {@link em}.
   */
  async write<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    const outer = running.getStore();
    if (outer?.db === this && outer.open) {
      throw new TypeError('A write inside a write of the same operation: ask for em()');
    }
    const previous = this.#last;
    let free = (): void => undefined;
    this.#last = new Promise((resolve) => {
      free = resolve;
    });
    await previous;
    try {
      await this.end();
      return await this.#transaction(work);
    } finally {
      free();
    }
  }

  /** Ends the read-only transaction and gives its connection back. The next read opens another. */
  async end(): Promise<void> {
    const read = this.#read;
    this.#read = undefined;
    await (await read?.catch(() => undefined))?.end();
  }

  /**
   * Ends the reads as {@link end} does and runs one statement behind them, in a transaction of its own but in the same
   * round trip. Returns false when there were no reads to end: then nothing was run. Throws when the statement fails.
   */
  async endWith(statement: Repeated): Promise<boolean> {
    const read = this.#read;
    this.#read = undefined;
    const open = await read?.catch(() => undefined);
    if (!open?.usable) {
      await open?.end();
      return false;
    }
    await open.endWith(connectionOf(this.#orm).contextSql(this.#session), statement);
    return true;
  }

  #transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    // useContext: code that holds the outer fork lands in the transaction too; with a plain fork it would write beside it.
    const fork = this.#orm.em.fork({ session: this.#session, useContext: true });
    return fork.transactional(async (em) => {
      const inside: Running = { db: this, em, open: true, outgoing: new Outgoing() };
      this.#writing = em;
      try {
        const done = await running.run(inside, () => work(em));
        await inside.outgoing.send(em);
        return done;
      } catch (error) {
        inside.outgoing.lost();
        throw error;
      } finally {
        inside.open = false;
        this.#writing = undefined;
      }
    });
  }

  /** Begins the transaction of the reads. */
  protected async beginReading(): Promise<ReadTransaction> {
    return (await connectionOf(this.#orm).beginReading(this.#session)).transaction;
  }

  #reads(): Promise<ReadTransaction> {
    this.#read ??= this.beginReading();
    return this.#read;
  }
}

/** The connection of the hub's own driver. */
export function connectionOf(orm: MikroORM): HubConnection {
  const connection = orm.em.getConnection('write');
  if (!(connection instanceof HubConnection)) throw new TypeError('A HubConnection is expected');
  return connection;
}

/** Statements of background work may take longer than those of a request. */
const taskTimeoutMs = 120_000;

/** The database as background work sees it: role hub_task, which no organization limits. */
export function asTask(orm: MikroORM, variables: Session['variables'] = {}): OperationDb {
  return new OperationDb(orm, { role: 'hub_task', variables: { statement_timeout: taskTimeoutMs, ...variables } });
}

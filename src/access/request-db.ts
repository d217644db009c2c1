import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { Repeated } from '../platform/database/client.js';
import { connectionOf, OperationDb, type Session } from '../platform/database/operation.js';
import type { Reading, ReadTransaction } from '../platform/database/read-transaction.js';
import type { Replicas } from '../platform/database/replicas.js';

/** Replicas, and who reads: a session, a person, an organization. */
interface Copies {
  replicas: Replicas;
  readers: readonly string[];
}

interface Reads {
  copies?: Copies | undefined;
  /** A transaction on the primary that has begun already, as the same caller. */
  reading?: ReadTransaction | undefined;
}

/** No statement of a request may take longer. */
export const STATEMENT_TIMEOUT_MS = 5000;

/** What an operation writes last, before its answer leaves. */
export interface LastWriting {
  /** All of it as one statement, run as often as it takes. */
  statement(): Repeated;
  /** The statement was run. */
  written(): void;
  /** Writes it in the transaction of `em` instead. */
  flush(em: EntityManager): Promise<void>;
}

/**
 * The database of one request, closed for good when its answer is made. A resolver may outlive the answer (a sibling
 * failed in a non-null place): what it then asks for is refused, or its connection would never come back.
 */
export class RequestDb extends OperationDb {
  #closed = false;
  readonly #session: Session;
  /** Undefined as soon as the operation writes: from then on it reads where it wrote. */
  #copies: Copies | undefined;
  /** Whether what it reads in stands on a replica, where nothing is written. */
  #onCopy = false;

  constructor(orm: MikroORM, session: Session, { copies, reading }: Reads = {}) {
    super(orm, session, reading);
    this.#session = session;
    this.#copies = copies;
  }

  /** Begins a transaction of reads with what says whose it is; `said` is what that answers, read as JSON. */
  static async enter(orm: MikroORM, statement: Repeated, now: Date): Promise<Reading> {
    const variables = { 'hub.now': now.toISOString(), statement_timeout: STATEMENT_TIMEOUT_MS };
    const context = { role: 'hub_app', variables } as const;
    return connectionOf(orm).beginReading(context, statement);
  }

  override async em(): Promise<EntityManager> {
    this.#refuseWhenClosed();
    return super.em();
  }

  override async query<R>(text: string, values: readonly unknown[]): Promise<R[]> {
    this.#refuseWhenClosed();
    return super.query<R>(text, values);
  }

  override async write<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    this.#refuseWhenClosed();
    this.readWhereWritten();
    return super.write(work);
  }

  /** From now on this operation reads from the primary. */
  readWhereWritten(): void {
    this.#copies = undefined;
  }

  /** On a replica, when one is fresh and answers. */
  protected override async beginReading(): Promise<ReadTransaction> {
    const orm = this.#copies?.replicas.choose(this.#copies.readers);
    this.#onCopy = orm !== undefined;
    if (!orm) return super.beginReading();
    try {
      return (await connectionOf(orm).beginReading(this.#session)).transaction;
    } catch {
      this.#onCopy = false;
      this.#copies?.replicas.failed(orm);
      return super.beginReading();
    }
  }

  /**
   * Refuses all that comes from now on, does the last writing and ends the transaction of the reads: both in one round
   * trip where there are any. In a transaction of its own, so that a late statement that fails cannot spoil it. Closing
   * again does nothing.
   */
  async close(last?: LastWriting): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      if (!last) return;
      if (!this.#onCopy && (await this.endWith(last.statement()))) last.written();
      else await super.write((em) => last.flush(em));
    } finally {
      await this.end();
    }
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Error('This operation has been answered already');
  }
}

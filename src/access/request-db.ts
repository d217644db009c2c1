import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { OperationDb, type Session } from '../platform/database/operation.js';
import type { Replicas } from '../platform/database/replicas.js';

/** Replicas, and who reads: a session, a person, an organization. */
interface Copies {
  replicas: Replicas;
  readers: readonly string[];
}

/** What an operation writes last, before its answer leaves. */
export interface LastWriting {
  /** All of it as one statement with its values in it. */
  statement(): string;
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
  #copy: Promise<EntityManager | undefined> | undefined;

  constructor(orm: MikroORM, session: Session, copies?: Copies) {
    super(orm, session);
    this.#session = session;
    this.#copies = copies;
  }

  override async em(): Promise<EntityManager> {
    this.#refuseWhenClosed();
    if (!this.#copies) return super.em();
    this.#copy ??= this.#openCopy(this.#copies);
    return (await this.#copy) ?? super.em();
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

  override async end(): Promise<void> {
    const copy = await this.#copy;
    this.#copy = undefined;
    if (copy?.isInTransaction()) await copy.rollback();
    await super.end();
  }

  /** The reads of this operation on a replica; undefined when none is fresh or none answers. */
  async #openCopy({ replicas, readers }: Copies): Promise<EntityManager | undefined> {
    const orm = replicas.choose(readers);
    if (!orm) return undefined;
    const em = orm.em.fork({ session: this.#session });
    try {
      await em.begin({ readOnly: true });
      return em;
    } catch {
      replicas.failed(orm);
      return undefined;
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
      if (await this.endWith(last.statement())) last.written();
      else await super.write((em) => last.flush(em));
    } finally {
      await this.end();
    }
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Error('This operation has been answered already');
  }
}

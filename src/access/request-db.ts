import type { EntityManager } from '@mikro-orm/postgresql';
import { OperationDb } from '../platform/database/operation.js';

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

  override async em(): Promise<EntityManager> {
    this.#refuseWhenClosed();
    return super.em();
  }

  override async write<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    this.#refuseWhenClosed();
    return super.write(work);
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

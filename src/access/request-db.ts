import type { EntityManager } from '@mikro-orm/postgresql';
import { OperationDb } from '../platform/database/operation.js';

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
   * Refuses all that comes from now on, does the last writing and ends the transaction of the reads. In this order: a
   * late statement that fails must not spoil the last transaction. Closing again does nothing.
   */
  async close(last?: (em: EntityManager) => Promise<void>): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      if (last) await super.write(last);
    } finally {
      await this.end();
    }
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Error('This operation has been answered already');
  }
}

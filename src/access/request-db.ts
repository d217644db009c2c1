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

  /** Ends the transaction of the reads and refuses all that comes later. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.end();
  }

  #refuseWhenClosed(): void {
    if (this.#closed) throw new Error('This operation has been answered already');
  }
}

import { DatabaseError } from 'pg';

/** PostgreSQL's words for "somebody else was in the way": deadlock, and a transaction that could not be put in an order. */
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['40P01', '40001']);
/** So often something begins anew at once; after that it has failed. */
const AGAIN = 3;

/** The database's code, where a wrapper carries it too. */
export function databaseCode(error: unknown): unknown {
  const source = error instanceof Error && error.cause instanceof DatabaseError ? error.cause : error;
  return ((source ?? {}) as { code?: unknown }).code;
}

/**
 * Does something that is whole or not at all, and anew where somebody was in its way: then nothing of it was done. `before`
 * takes back what is left of it outside the database.
 */
export async function untilFree<T>(work: () => Promise<T>, before: (again: number) => unknown): Promise<T> {
  for (let again = 0; ; again += 1) {
    try {
      return await work();
    } catch (error) {
      if (again === AGAIN || !IN_THE_WAY.has(databaseCode(error))) throw error;
      await before(again);
    }
  }
}

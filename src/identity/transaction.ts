import type { Pool, PoolClient, QueryConfig } from 'pg';

const rollback: QueryConfig & { query_timeout: number } = { text: 'rollback', query_timeout: 1000 };

/** What runs a statement of the sign-in role: the pool itself, or one connection inside a transaction. */
export type Db = Pick<PoolClient, 'query'> | Pick<Pool, 'query'>;

/**
 * One transaction of the sign-in role. What happens before somebody is known (counting attempts, opening sessions)
 * cannot run in the operation's own transaction: that one belongs to the caller, and a refusal rolls it back.
 */
export async function inTransaction<T>(pool: Pool, work: (db: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    // Behind a statement that hangs it would only wait its turn: given up after a second, and the connection with it.
    await client.query(rollback).catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { refuse } from './refusal.js';

interface IdempotencyTables {
  'hub.idempotency_key': {
    org_id: string;
    user_id: string;
    mutation: string;
    key: string;
    input_hash: Buffer;
    result: unknown;
  };
}

/** What `once` needs of an operation. */
interface Repeatable {
  db: { em(): Promise<EntityManager> };
  caller: { organizationId: string; userId: string | null } | null;
}

/** API keys have no user: they share one slot per organization. */
const NO_USER = '00000000-0000-0000-0000-000000000000';

function sorted(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}

/** A digest of an input, the same whatever the order of its fields. The key itself is no part of it. */
export function inputHash(input: object): Buffer {
  const { idempotencyKey: _, ...rest } = { idempotencyKey: undefined, ...input };
  return createHash('sha256')
    .update(JSON.stringify(sorted(rest)))
    .digest();
}

/**
 * Runs `act` once per key: a retry gets the first result, the same key with another input is refused. Call it inside
 * the mutation; `act` returns what can be kept as JSON (an id, usually), and the resolver reads the rest by it.
 * Without a key, or for an anonymous caller, it just runs.
 */
export async function once<T extends string | Record<string, unknown>>(
  ctx: Repeatable,
  key: string | null | undefined,
  mutation: string,
  input: object,
  act: () => Promise<T>,
): Promise<T> {
  if (key === null || key === undefined || !ctx.caller) return act();
  if (key.length < 8 || key.length > 100) {
    return refuse('IDEMPOTENCY_KEY_LENGTH', 'An idempotency key has 8 to 100 characters.', 'idempotencyKey');
  }
  const slot = { org_id: ctx.caller.organizationId, user_id: ctx.caller.userId ?? NO_USER, mutation, key };
  const em = await ctx.db.em();
  const db = em.getKysely<IdempotencyTables>();
  const hash = inputHash(input);
  // One at a time per key, until the transaction ends: the second of two simultaneous calls meets the first one's row.
  const { rows } = await sql<{ input_hash: Buffer | null; result: unknown }>`
    select input_hash, result from hub.take_key(${slot.org_id}, ${slot.user_id}, ${mutation}, ${key})`.execute(db);
  const [known] = rows;
  if (known?.input_hash) {
    if (!hash.equals(known.input_hash)) {
      return refuse('IDEMPOTENCY_KEY_REUSED', 'This key was used for another request.', 'idempotencyKey');
    }
    return known.result as T;
  }
  const result = await act();
  await em.flush();
  await db
    .insertInto('hub.idempotency_key')
    .values({ ...slot, input_hash: hash, result: JSON.stringify(result) })
    .execute();
  return result;
}

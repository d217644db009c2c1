import type { Pool } from 'pg';
import { inTransaction, type Db } from '../transaction.js';
import { measure, slotOf, windowStart, type Limit, type Slot } from './window.js';

/** A limit and whom it counts: the keyed hash of an address, an account or both. */
export interface Count {
  key: Buffer;
  limit: Limit;
}

interface SlotRow extends Slot {
  key: Buffer;
}

/**
 * Counts one attempt under every key, unless one of them is full: then nothing is counted (being refused does not
 * prolong the wait) and the moment is returned from which it may be tried again. null means go ahead.
 */
export async function attempt(pool: Pool, counts: readonly Count[], now: Date): Promise<Date | null> {
  return inTransaction(pool, async (db) => {
    // Counted first: the row locks make simultaneous attempts see one another.
    await add(db, keysOf(counts), now, 1);
    const slots = await read(db, counts, now);
    const own = slotOf(now).getTime();
    const waits = counts.flatMap(({ key, limit }) => {
      const others = slots
        .filter((slot) => slot.key.equals(key))
        .map((slot) => (slot.at.getTime() === own ? { ...slot, hits: slot.hits - 1 } : slot));
      const { used, freeAt } = measure(others, limit, now);
      return used < limit.hits ? [] : [freeAt.getTime()];
    });
    if (waits.length === 0) return null;
    await add(db, keysOf(counts), now, -1);
    return new Date(Math.max(...waits));
  });
}

/** How many attempts count under one key now. */
export async function used(db: Db, count: Count, now: Date): Promise<number> {
  return measure(await read(db, [count], now), count.limit, now).used;
}

/** Adds to the current minute of each key; -1 takes an attempt back. */
export async function add(db: Db, keys: readonly Buffer[], now: Date, hits: 1 | -1): Promise<void> {
  // In the order of the keys, so that two attempts never wait for one another in a circle.
  await db.query(
    `insert into hub.rate_limit as r (key_hash, slot, hits) select key, $2, greatest($3, 0) from unnest($1::bytea[]) key order by key
     on conflict (key_hash, slot) do update set hits = greatest(r.hits + $3, 0)`,
    [keys, slotOf(now), hits],
  );
}

/** Forgets what was counted under a key. */
export async function forget(db: Db, key: Buffer): Promise<void> {
  await db.query('delete from hub.rate_limit where key_hash = $1', [key]);
}

async function read(db: Db, counts: readonly Count[], now: Date): Promise<SlotRow[]> {
  const start = new Date(Math.min(...counts.map(({ limit }) => windowStart(now, limit).getTime())));
  const { rows } = await db.query<SlotRow>(
    'select key_hash as key, slot as at, hits from hub.rate_limit where key_hash = any($1) and slot > $2',
    [keysOf(counts), start],
  );
  return rows;
}

function keysOf(counts: readonly Count[]): Buffer[] {
  return counts.map(({ key }) => key);
}

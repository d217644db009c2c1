import type { Pool } from 'pg';
import { keys } from '../../platform/database/compile.js';
import type { Db } from '../transaction.js';
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
 * Counts one attempt under every key and answers with what was counted before it: the row of this minute as it is when
 * it was this attempt's turn to have it, so that simultaneous ones see one another. In the order of the keys, so that two
 * never wait for one another in a circle. It does not wait for the disk: a server that breaks down may forget what was
 * counted in its last half second, and nothing else.
 */
const COUNT = {
  name: 'attempt',
  text: `with soon as (select set_config('synchronous_commit', 'off', true)), counted as (
      insert into hub.rate_limit as r (key_hash, slot, hits) select distinct key, $2::timestamptz, 1 from unnest($1::bytea[]) key order by key
      on conflict (key_hash, slot) do update set hits = r.hits + 1 returning key_hash, slot, hits - 1 as hits)
    select key_hash as key, slot as at, hits from counted, soon
    union all select key_hash, slot, hits from hub.rate_limit where key_hash = any ($1) and slot > $3 and slot <> $2`,
};

/**
 * Counts one attempt under every key, unless one of them is full: then it is taken back at once (being refused does not
 * prolong the wait) and the moment is returned from which it may be tried again. null means go ahead.
 */
export async function attempt(pool: Pool, counts: readonly Count[], now: Date): Promise<Date | null> {
  const values = [keys(keysOf(counts)), slotOf(now), startOf(counts, now)];
  const { rows: slots } = await pool.query<SlotRow>({ ...COUNT, values });
  const waits = counts.flatMap(({ key, limit }) => {
    const own = slots.filter((slot) => slot.key.equals(key));
    const { used, freeAt } = measure(own, limit, now);
    return used < limit.hits ? [] : [freeAt.getTime()];
  });
  if (waits.length === 0) return null;
  await add(pool, keysOf(counts), now, -1);
  return new Date(Math.max(...waits));
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
  const { rows } = await db.query<SlotRow>(
    'select key_hash as key, slot as at, hits from hub.rate_limit where key_hash = any($1) and slot > $2',
    [keysOf(counts), startOf(counts, now)],
  );
  return rows;
}

/** Since when attempts count under one of these at least. */
function startOf(counts: readonly Count[], now: Date): Date {
  return new Date(Math.min(...counts.map(({ limit }) => windowStart(now, limit).getTime())));
}

function keysOf(counts: readonly Count[]): Buffer[] {
  return counts.map(({ key }) => key);
}

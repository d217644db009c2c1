import { hash, randomFillSync } from 'node:crypto';
import { v7, validate } from 'uuid';

/** Random bytes for the next 256 ids: asking the system for those of one takes longer than making it. */
const pool = Buffer.alloc(16 * 256);
let used = pool.length;
/** The moment of the last id, and its place among those of the same millisecond, which starts anywhere. */
let msecs = 0;
let seq = 0;

/** A new id: UUIDv7, so that rows made one after another lie beside each other in an index. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + 16);
  used += 16;
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = random.readUInt32BE(6) & 0x7fff_ffff;
  } else {
    seq = (seq + 1) | 0;
    if (seq === 0) msecs += 1;
  }
  return v7({ random, msecs, seq });
}

/** An id that the same parts always get, so that what is made of them twice is one row (UUIDv8 of their SHA-256). */
export function stableId(...parts: string[]): string {
  const hex = hash('sha256', parts.join(' '), 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Whether a text is an id. Ask before it reaches the database, which answers a bad one with an error. */
export function isId(text: unknown): text is string {
  return typeof text === 'string' && validate(text);
}

import { createHash } from 'node:crypto';

/** Characters of the key of one listing in the address of a list. */
export const KEY_LENGTH = 10;
/** Listings on one list. */
export const MOST_LISTED = 20;

/** The first 60 bits of a digest of an id in ten characters of base64url; the same bits as hub.short_key. */
export function shortKeyOf(id: string): string {
  const digest = createHash('md5').update(id).digest('hex').slice(0, 15);
  return Buffer.from(`${digest}0`, 'hex').toString('base64url').slice(0, KEY_LENGTH);
}

/** The digest that a key stands for, as hub.short_key writes it; null for what is no key. */
export function digestOf(key: string): string | null {
  if (!/^[\w-]{10}$/.test(key)) return null;
  return Buffer.from(`${key}A`, 'base64url').toString('hex').slice(0, 15);
}

/** The keys of an address such as `#s=…`, one after another; what cannot be read is left out. */
export function keysIn(text: string): string[] {
  return (text.match(/.{10}/gs) ?? []).slice(0, MOST_LISTED).filter((key) => digestOf(key) !== null);
}

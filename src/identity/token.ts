import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A secret that opens something: 32 random bytes, base64url. Only its SHA-256 is ever stored. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. A plain hash is enough: 256 random bits cannot be guessed from it. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** A key of 32 bytes for one purpose, derived from the hub's secret with HKDF-SHA-256. */
export function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `hub ${purpose}`, 32));
}

/** A keyed hash for what is short enough to be guessed from a plain one: recovery codes, addresses in rate limits. */
export function hashWith(key: Buffer, ...parts: readonly string[]): Buffer {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}

import { hash } from 'node:crypto';
import { validate } from 'uuid';
import type { EntityName } from './model.js';

/** Namespace of the hub's derived ids (RFC 9562, version 5); never change it, or every import doubles. */
const namespace = 'c1b9a4de-6f0e-5d0b-9a37-0b6d3a9c52e1';

/**
 * The hub's id of a source's row: the source's own where that is a UUID, else a UUID of version 5 made from the source's
 * name, the entity and the source's id, so that importing again finds the same rows.
 */
export function idOf(source: string, entity: EntityName, key: string): string {
  if (key.length === 36 && validate(key)) return key.toLowerCase();
  const hex = hash('sha1', `${namespace}\n${source}\n${entity}\n${key}`, 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

/** A stand-in for an id that the source did not give: the row's own content. */
export function contentKey(parts: readonly (string | undefined)[]): string {
  return `=${hash('sha1', JSON.stringify(parts), 'hex').slice(0, 24)}`;
}

/** A map of UUIDs to numbers in 12 to 24 bytes each: ten million fit where a Map of strings would hold one. 0 is none. */
export class IdMap {
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  #values = new Uint32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: string): number {
    const [high, low] = fingerprint(id);
    return this.#values[this.#find(high, low)] ?? 0;
  }

  set(id: string, value: number): void {
    if (this.#size * 2 >= this.#high.length) this.#grow();
    const [high, low] = fingerprint(id);
    const at = this.#find(high, low);
    if (!this.#high[at] && !this.#low[at]) this.#size += 1;
    this.#high[at] = high;
    this.#low[at] = low;
    this.#values[at] = value;
  }

  #find(high: number, low: number): number {
    return find(this.#high, this.#low, high, low);
  }

  #grow(): void {
    const [high, low, values] = [this.#high, this.#low, this.#values];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(high.length * 2);
    this.#values = new Uint32Array(high.length * 2);
    for (let i = 0; i < high.length; i += 1) {
      const [h = 0, l = 0] = [high[i], low[i]];
      if (!h && !l) continue;
      const at = this.#find(h, l);
      this.#high[at] = h;
      this.#low[at] = l;
      this.#values[at] = values[i] ?? 0;
    }
  }
}

/** A set of UUIDs in 8 to 16 bytes each. */
export class IdSet {
  #high = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds an id; false when it was there. */
  add(id: string): boolean {
    if (this.#size * 2 >= this.#high.length) this.#grow();
    const [high, low] = fingerprint(id);
    const at = find(this.#high, this.#low, high, low);
    if (this.#high[at] || this.#low[at]) return false;
    this.#high[at] = high;
    this.#low[at] = low;
    this.#size += 1;
    return true;
  }

  has(id: string): boolean {
    const [high, low] = fingerprint(id);
    const at = find(this.#high, this.#low, high, low);
    return !!(this.#high[at] || this.#low[at]);
  }

  #grow(): void {
    const [high, low] = [this.#high, this.#low];
    this.#high = new Uint32Array(high.length * 2);
    this.#low = new Uint32Array(high.length * 2);
    for (let i = 0; i < high.length; i += 1) {
      const [h = 0, l = 0] = [high[i], low[i]];
      if (!h && !l) continue;
      const at = find(this.#high, this.#low, h, l);
      this.#high[at] = h;
      this.#low[at] = l;
    }
  }
}

/** Where a fingerprint stands, or the free place where it would. */
function find(highs: Uint32Array, lows: Uint32Array, high: number, low: number): number {
  const mask = highs.length - 1;
  let at = (high ^ Math.imul(low, 0x9e3779b1)) & mask;
  while ((highs[at] || lows[at]) && (highs[at] !== high || lows[at] !== low)) at = (at + 1) & mask;
  return at;
}

/** 64 of a UUID's 128 bits mixed from all of them: two of a million ids fall together once in 37 million imports. */
function fingerprint(id: string): [number, number] {
  const a = Number.parseInt(id.slice(0, 8), 16);
  const b = Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16);
  const c = Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16);
  const d = Number.parseInt(id.slice(28, 36), 16);
  const high = (a ^ Math.imul(c, 0x85ebca6b) ^ (c >>> 13)) >>> 0;
  const low = (b ^ Math.imul(d, 0xc2b2ae35) ^ (d >>> 16)) >>> 0;
  return [high, low || 1];
}

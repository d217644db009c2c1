/** Two bytes in hexadecimal digits: an id is put together from five of them. */
const HEX = Array.from({ length: 0x1_0000 }, (_, number) => number.toString(16).padStart(4, '0'));
const hex = (bits: number): string => `${HEX[bits >>> 16]}${HEX[bits & 0xffff]}`;

/** Random numbers that are the same for the same seed on every machine (sfc32), and ids made from them. */
export class Dice {
  readonly #state: Uint32Array;

  constructor(seed: number) {
    this.#state = new Uint32Array([seed, seed ^ 0x9e3779b9, seed ^ 0x243f6a88, 1]);
    for (let i = 0; i < 16; i += 1) this.#bits();
  }

  #bits(): number {
    const s = this.#state;
    const [a = 0, b = 0, c = 0, d = 0] = s;
    const sum = (a + b + d) >>> 0;
    s[3] = d + 1;
    s[0] = b ^ (b >>> 9);
    s[1] = c + (c << 3);
    s[2] = ((c << 21) | (c >>> 11)) + sum;
    return sum;
  }

  /** From 0 up to 1, without 1. */
  next(): number {
    return this.#bits() / 0x1_0000_0000;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)];
    if (item === undefined) throw new Error('Nothing to pick from');
    return item;
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) if ((left -= weight) < 0) return key;
    throw new Error('No weights');
  }

  /** A UUIDv7 of this time: rows made together lie together in an index, as the hub's own do. */
  id(time: Date | number): string {
    const ms = Number(time).toString(16).padStart(12, '0');
    const [a, b, c] = [hex(this.#bits()), hex(this.#bits()), hex(this.#bits())];
    return `${ms.slice(0, 8)}-${ms.slice(8)}-7${a.slice(1, 4)}-${'89ab'[this.int(0, 3)]}${b.slice(1, 4)}-${a.slice(4)}${c}`;
  }
}

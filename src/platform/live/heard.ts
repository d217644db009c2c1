/** So many notifications are remembered; twice as many for a moment. A storm of 10,000 referrals is some seconds. */
const REMEMBERED = 10_000;
/** Of more that somebody missed, they look at everything. */
const MOST_MISSED = 100;
/** The clocks of two processes may differ by so much. */
const APART_MS = 2000;
/** Instead of an id: more may have happened than is known. */
export const ANYTHING = '';

const POINT = /^([0-9a-f]{8})\.(\d{1,15})\.(\d{1,15})$/;

/**
 * What a process heard lately. Whoever reads something and listens only then names the point before they read: what was
 * heard since is told to them, and nothing when there was nothing.
 */
export class Heard {
  readonly #process: string;
  readonly #now: () => number;
  #known: { name: string; id: string; at: number }[] = [];
  #count = 0;
  #since: number;

  constructor(process: string, now: () => number = Date.now) {
    this.#process = process.slice(0, 8);
    this.#now = now;
    this.#since = now();
  }

  /** Where this process stands now. */
  point(): string {
    return `${this.#process}.${this.#count}.${this.#now()}`;
  }

  add(name: string, id: string): void {
    this.#count += 1;
    this.#known.push({ name, id, at: this.#now() });
    if (this.#known.length < 2 * REMEMBERED) return;
    this.#known = this.#known.slice(REMEMBERED);
    this.#since = this.#known[0]?.at ?? this.#now();
  }

  /** Some were not heard. */
  gap(): void {
    this.#known = [];
    this.#count += 1;
    this.#since = this.#now();
  }

  /** The ids of one name that were heard since a point, each once; {@link ANYTHING} alone where that is not known. */
  after(name: string, point: string | null | undefined): string[] {
    if (!point) return [];
    const [, process, count, ms] = POINT.exec(point) ?? [];
    const first = process === this.#process ? this.#indexOf(Number(count)) : this.#indexAt(Number(ms) - APART_MS);
    if (first === null) return [ANYTHING];
    const ids = new Set<string>();
    for (let i = first; i < this.#known.length; i += 1) {
      const one = this.#known[i];
      if (one?.name === name) ids.add(one.id);
    }
    return ids.size > MOST_MISSED ? [ANYTHING] : [...ids];
  }

  #indexOf(count: number): number | null {
    const index = count - (this.#count - this.#known.length);
    return index >= 0 ? index : null;
  }

  /** By the clock, since another process counts otherwise. */
  #indexAt(ms: number): number | null {
    if (!(ms >= this.#since)) return null;
    const index = this.#known.findIndex(({ at }) => at >= ms);
    return index < 0 ? this.#known.length : index;
  }
}

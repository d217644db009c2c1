import { Busy } from '../busy.js';

export interface DoorOptions {
  /** Requests inside at a time; the others wait in the order in which they came. */
  inside: number;
  /** Nobody waits longer. */
  waitMs?: number;
}

/** A person at a screen waits this long without wondering; whoever comes later is better told. */
const WAIT_MS = 2000;
/** How much a request that has just ended says of how long the next will take. */
const WEIGHT = 0.05;

interface Waiting {
  enter(): void;
  timer: NodeJS.Timeout;
}

/**
 * Lets in as many requests as can be worked on at a time. Who would wait too long is turned away at once: a queue without
 * an end would make all of them late, and answer nobody.
 */
export class Door {
  readonly #most: number;
  readonly #waitMs: number;
  readonly #queue = new Set<Waiting>();
  #inside = 0;
  /** How long a request stays inside, on the average of late. */
  #staysMs = 0;

  constructor({ inside, waitMs = WAIT_MS }: DoorOptions) {
    this.#most = inside;
    this.#waitMs = waitMs;
  }

  /** How many are inside, and how many wait. */
  counts(): { inside: number; waiting: number } {
    return { inside: this.#inside, waiting: this.#queue.size };
  }

  /** Resolves to what lets the next one in; throws {@link Busy} when it would take too long. */
  async enter(): Promise<() => void> {
    if (this.#inside >= this.#most) await this.#wait();
    else this.#inside += 1;
    const came = performance.now();
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#staysMs += WEIGHT * (performance.now() - came - this.#staysMs);
      this.#leave();
    };
  }

  #wait(): Promise<void> {
    const expectedMs = ((this.#queue.size + 1) * this.#staysMs) / this.#most;
    if (expectedMs > this.#waitMs) throw new Busy();
    return new Promise((resolve, reject) => {
      const one: Waiting = {
        enter: resolve,
        timer: setTimeout(() => {
          this.#queue.delete(one);
          reject(new Busy());
        }, this.#waitMs),
      };
      this.#queue.add(one);
    });
  }

  #leave(): void {
    const [next] = this.#queue;
    if (!next) {
      this.#inside -= 1;
      return;
    }
    // The place is handed over: nobody who comes now slips in between.
    this.#queue.delete(next);
    clearTimeout(next.timer);
    next.enter();
  }
}

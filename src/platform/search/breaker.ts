/** How a breaker behaves. */
export interface BreakerOptions {
  /** Failures in a row until it opens. */
  failures?: number;
  /** For so long nothing is tried; then one may. */
  restMs?: number;
  now?: () => number;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * Keeps calls from something that fails: after some failures in a row nobody waits for it any more, until after a rest one
 * call tries again. Succeeds that, everything is as before.
 */
export class Breaker {
  readonly #failures: number;
  readonly #restMs: number;
  readonly #now: () => number;
  #inRow = 0;
  /** Until when nothing is tried. */
  #rests = 0;
  #trying = false;

  constructor({ failures = 3, restMs = 5000, now = Date.now }: BreakerOptions = {}) {
    this.#failures = failures;
    this.#restMs = restMs;
    this.#now = now;
  }

  get state(): BreakerState {
    if (this.#inRow < this.#failures) return 'closed';
    return this.#now() < this.#rests || this.#trying ? 'open' : 'half-open';
  }

  /** Whether to try; of a half-open breaker only one caller is let through at a time. */
  allows(): boolean {
    const { state } = this;
    if (state === 'half-open') this.#trying = true;
    return state !== 'open';
  }

  /** What was tried said nothing of the thing that is watched. */
  abandoned(): void {
    this.#trying = false;
  }

  succeeded(): void {
    this.#inRow = 0;
    this.#trying = false;
  }

  failed(): void {
    this.#inRow += 1;
    this.#trying = false;
    if (this.#inRow >= this.#failures) this.#rests = this.#now() + this.#restMs;
  }
}

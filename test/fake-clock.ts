import type { Clock } from '../src/platform/clock.js';

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  #now: Date;

  constructor(now: Date | string = '2026-06-15T14:00:00Z') {
    this.#now = new Date(now);
  }

  now(): Date {
    return new Date(this.#now);
  }

  set(now: Date | string): void {
    this.#now = new Date(now);
  }

  /** Moves ahead (or back, when negative). */
  advance(step: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    const { days = 0, hours = 0, minutes = 0, seconds = 0 } = step;
    this.#now = new Date(this.#now.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
  }
}

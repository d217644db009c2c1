/** What time it is. Everything that depends on time asks this, so that a test can move it. */
export interface Clock {
  now(): Date;
}

/** The time of the machine. */
export const systemClock: Clock = { now: () => new Date() };

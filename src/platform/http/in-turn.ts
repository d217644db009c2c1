import { Busy } from '../busy.js';
import type { Door } from './door.js';

/** How often, and how long after one another, a stream that has begun asks to go on. */
const TRIES = 30;
const PAUSE_MS = 1000;

/** The next part of an answer that has begun: it waits for its turn where a new request would be turned away. */
export async function inTurn<T>({ door }: { door: Door }, work: () => Promise<T>, pauseMs = PAUSE_MS): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const leave = await door.enter().catch((error: unknown) => {
      if (!(error instanceof Busy) || tries >= TRIES) throw error;
    });
    if (!leave) {
      await new Promise((done) => setTimeout(done, pauseMs));
      continue;
    }
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

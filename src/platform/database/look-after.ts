import type { Client } from 'pg';
import type { Logger } from '../log.js';
import { FolderTaken, StartError } from '../start-error.js';

interface LookAfter {
  /** The connection whose end says that something happened to the server. */
  guard: Client;
  /** Finds the server, or starts it; returns the next connection of that kind. */
  again(): Promise<Client>;
  log: Logger;
  lost(reason: StartError): void;
}

/** Recovery after a crash reads the log of the last minutes: seconds, on a slow disk some more. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 200;
/** A server that dies again and again is broken, and starting it does no good. */
const MOST_DEATHS = 5;
const WITHIN_MS = 10 * 60_000;

/**
 * Notices that the embedded server ended (killed by hand, or by a system short of memory) and starts it again. The
 * function that it returns ends the watch and waits for what is under way.
 */
export function lookAfter({ guard, again, log, lost }: LookAfter): () => Promise<void> {
  let over = false;
  let deaths: number[] = [];
  let reviving: Promise<void> = Promise.resolve();

  function follow(client: Client): void {
    client.once('end', () => {
      if (!over) reviving = revive();
    });
  }

  async function revive(): Promise<void> {
    const began = Date.now();
    deaths = [...deaths.filter((at) => at > began - WITHIN_MS), began];
    if (deaths.length > MOST_DEATHS) return lost(new StartError('The embedded database ends again and again.'));
    log.error('the embedded database ended: it is started again');
    for (;;) {
      try {
        const next = await again();
        log.warn({ ms: Date.now() - began }, 'the embedded database runs again');
        return follow(next);
      } catch (error) {
        if (over) return;
        if (error instanceof FolderTaken) return lost(error);
        if (Date.now() - began > PATIENCE_MS) {
          const why = error instanceof StartError ? ` ${error.message}` : '';
          return lost(new StartError(`The embedded database ended and cannot be started again.${why}`));
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  follow(guard);
  return async () => {
    over = true;
    await reviving;
  };
}

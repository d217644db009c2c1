import type { Client } from 'graphql-ws';
import type { TypedDocumentString } from '#lib/gql/graphql';
import { operation } from './request.js';
import { shownSince } from './shown.js';

let client: Promise<Client> | undefined;
let connected = false;
/** A socket that a sleeping machine or a change of network left dead says nothing: so long an answer is waited for. */
const PONG_MS = 8000;
/** Wait before following again what the server ended. */
const AGAIN_MS = 2000;
/** What a subscription may take to arrive at the server. */
const BACK_MS = 300;

/** One socket for the page, opened with the first subscription; after a break it connects again, at most 30 s apart. */
function socket(): Promise<Client> {
  client ??= import('graphql-ws').then(({ createClient }) => {
    let overdue: ReturnType<typeof setTimeout> | undefined;
    const made = createClient({
      url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
      lazy: true,
      retryAttempts: Infinity,
      retryWait: (tries) =>
        new Promise((done) => setTimeout(done, Math.min(30_000, 500 * 2 ** tries) * (0.7 + Math.random() * 0.6))),
      shouldRetry: () => true,
      keepAlive: 20_000,
      on: {
        ping: (received) => {
          if (!received) overdue = setTimeout(() => made.terminate(), PONG_MS);
        },
        pong: (received) => received && clearTimeout(overdue),
        connected: () => {
          connected = true;
        },
        closed: () => {
          connected = false;
          clearTimeout(overdue);
        },
      },
    });
    return made;
  });
  return client;
}

/** Variables that say `since` when they are sent, also when they are sent again after a break. */
export function since<V extends object>(variables: V, point = shownSince): V & { readonly since: string | null } {
  return {
    ...variables,
    get since() {
      return point();
    },
  };
}

/**
 * Calls `onData` for every event until the returned function is called, and `onBack` when a connection that was lost is
 * there again: what happened in between was not heard, but by whoever names {@link since} when.
 */
export function live<R, V>(
  doc: TypedDocumentString<R, V>,
  variables: V,
  onData: (data: R) => void,
  onBack?: () => void,
): () => void {
  const { documentId, query = '' } = operation(doc);
  let stops: (() => void)[] = [];
  let stopped = false;
  // Not a count of connections: this page may have come when the socket was open already.
  let missed = false;
  let failures = 0;
  const waiting = new Set<ReturnType<typeof setTimeout>>();
  function after(ms: number, work: () => void) {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      work();
    }, ms);
    waiting.add(timer);
  }
  const back = () => {
    if (!missed) return;
    missed = false;
    // What is read before the server knows of the subscription again could change unheard.
    after(BACK_MS, () => onBack?.());
  };
  /** The server ended it, as it does when it fails for a moment: follow again, and look at what was missed. */
  const ended = (why?: unknown) => {
    const passing = new Set(['INTERNAL', 'BUSY']);
    const refused = Array.isArray(why) && why.some(({ extensions }) => !passing.has(extensions?.code));
    if (stopped || refused) return;
    stops.forEach((stop) => stop());
    missed = true;
    after(Math.min(60_000, AGAIN_MS * 2 ** failures++), () => void open());
  };
  async function open() {
    const mine = socket();
    const ws = await mine;
    if (stopped) return;
    const over = (why?: unknown) => {
      // After a goodbye of our own nobody follows.
      if (mine === client) ended(why);
    };
    stops = [
      ws.on('closed', () => {
        missed = true;
      }),
      ws.on('connected', back),
      ws.subscribe<R>(
        {
          query,
          variables: variables as Record<string, unknown>,
          extensions: { persistedQuery: { version: 1, sha256Hash: documentId } },
        },
        {
          next: (event) => {
            failures = 0;
            if (event.data) onData(event.data);
          },
          error: over,
          complete: over,
        },
      ),
    ];
    // The socket may have stayed open all the while.
    after(BACK_MS, () => connected && back());
  }
  void open();
  return () => {
    stopped = true;
    waiting.forEach((timer) => clearTimeout(timer));
    stops.forEach((stop) => stop());
  };
}

/** Closes the socket, so that nobody else's session goes on with it. */
export function hangUp(): void {
  void client?.then((ws) => ws.dispose());
  client = undefined;
}

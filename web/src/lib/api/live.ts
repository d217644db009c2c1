import type { Client } from 'graphql-ws';
import type { TypedDocumentString } from '#lib/gql/graphql';
import { operation } from './request.js';

let client: Promise<Client> | undefined;

/** One socket for the page, opened with the first subscription; after a break it connects again, at most 30 s apart. */
function socket(): Promise<Client> {
  client ??= import('graphql-ws').then(({ createClient }) =>
    createClient({
      url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
      lazy: true,
      retryAttempts: Infinity,
      retryWait: (tries) =>
        new Promise((done) => setTimeout(done, Math.min(30_000, 500 * 2 ** tries) * (0.7 + Math.random() * 0.6))),
      shouldRetry: () => true,
      keepAlive: 20_000,
    }),
  );
  return client;
}

/** Calls `onData` for every event until the returned function is called; `onBack` after a lost connection returned. */
export function live<R, V>(
  doc: TypedDocumentString<R, V>,
  variables: V,
  onData: (data: R) => void,
  onBack?: () => void,
): () => void {
  const { documentId, query = '' } = operation(doc);
  const stops: (() => void)[] = [];
  let stopped = false;
  let connections = 0;
  async function open() {
    const ws = await socket();
    if (stopped) return;
    stops.push(ws.on('connected', () => connections++ > 0 && onBack?.()));
    stops.push(
      ws.subscribe<R>(
        {
          query,
          variables: variables as Record<string, unknown>,
          extensions: { persistedQuery: { version: 1, sha256Hash: documentId } },
        },
        { next: (event) => event.data && onData(event.data), error: () => undefined, complete: () => undefined },
      ),
    );
  }
  void open();
  return () => {
    stopped = true;
    stops.forEach((stop) => stop());
  };
}

/** Closes the socket, so that nobody else's session goes on with it. */
export function hangUp(): void {
  void client?.then((ws) => ws.dispose());
  client = undefined;
}

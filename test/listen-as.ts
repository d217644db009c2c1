import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Actor } from './actors.js';
import type { TestHub } from './hub.js';

/** Listens to what is told live, as somebody; all of it, errors too, is added to `heard`. */
export async function listenAs(hub: TestHub, actor: Actor, heard: unknown[]): Promise<Client> {
  class Socket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers: { authorization: `Bearer ${actor.token}` } });
    }
  }
  const client = createClient({
    url: `${(await hub.url()).replace('http', 'ws')}/graphql`,
    webSocketImpl: Socket,
    retryAttempts: 0,
    lazy: false,
  });
  for (const query of [
    'subscription { inboxChanged { referral { id status patientLabel } } }',
    'subscription { referralChanged { referral { id status } } }',
  ]) {
    client.subscribe(
      { query },
      {
        next: ({ data, errors }) => {
          if (data) heard.push(data);
          if (errors) heard.push(errors.map(({ message }) => message));
        },
        error: () => undefined,
        complete: () => undefined,
      },
    );
  }
  await new Promise((resolve) => setTimeout(resolve, 400));
  return client;
}

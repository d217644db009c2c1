import { createClient, type Client } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Caller } from '../../src/access/index.js';
import type { TestHub } from '../hub.js';
import { keyOf, someone, tinyHub, tinyServer } from './tiny.js';

let hub: TestHub;
let server: Awaited<ReturnType<typeof tinyServer>>;
const mine = someone('CARE_MANAGER');
const query = 'subscription { memoWritten { id body } }';

beforeAll(async () => {
  hub = await tinyHub();
  server = await tinyServer(hub, { sessionCheckMs: 50 });
});
afterAll(async () => {
  await server.close();
  await hub.stop();
});

function connect(headers: Record<string, string>, closed?: (event: unknown) => void): Client {
  class Socket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  return createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: Socket,
    retryAttempts: 0,
    ...(closed && { on: { closed } }),
  });
}
const asCookie = (caller: Caller) => ({ cookie: `hub_session=${keyOf(caller)}` });
const asKey = (caller: Caller) => ({ authorization: `Bearer ${keyOf(caller)}` });

async function write(caller: Caller, body: string): Promise<void> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...asKey(caller) },
    body: JSON.stringify({
      query: 'mutation ($input: WriteMemoInput!) { writeMemo(input: $input) { userErrors { code } } }',
      variables: { input: body === 'refused' ? { body, trouble: 'refuse' } : { body } },
    }),
  });
  expect(response.status).toBe(200);
}

/** The first answer of an operation on a socket, or why there is none. */
async function first(client: Client, text: string, ready?: () => Promise<void>): Promise<unknown> {
  const stream = client.iterate({ query: text });
  const answer = stream.next().then(
    ({ value }) => value as unknown,
    (problem: unknown) => problem,
  );
  if (ready) {
    // The subscription is known to the server a moment after it was sent.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await ready();
  }
  const found = await answer;
  await client.dispose();
  return found;
}
const closeCode = (found: unknown): unknown => Object(found)['code'];

describe('a subscription', () => {
  it('hears of what was committed in its own organization, and of nothing else', async () => {
    const found = await first(connect(asCookie(mine)), query, async () => {
      await write(someone('CARE_MANAGER'), 'a stranger');
      await write(mine, 'refused');
      await write(mine, 'mine');
    });
    expect(found).toMatchObject({ data: { memoWritten: { body: 'mine' } } });
  });

  it('works with the key of software too', async () => {
    const found = await first(connect(asKey(mine)), query, () => write(mine, 'by key'));
    expect(found).toMatchObject({ data: { memoWritten: { body: 'by key' } } });
  });

  it('needs its permission', async () => {
    const found = await first(connect(asKey(someone('PLAN_ANALYST'))), query);
    expect(found).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('gives every connection back', async () => {
    const pool = await hub.app.database.requestPool();
    await first(connect(asKey(mine)), query, () => write(mine, 'again'));
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
  });
});

describe('a socket', () => {
  it('is for subscriptions only, within the limits', async () => {
    expect(await first(connect(asKey(mine)), '{ hello }')).toMatchObject([
      { message: 'Only subscriptions run on a socket.', extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    const wide = `subscription { memoWritten { ${Array.from({ length: 30 }, (_, n) => `a${n}: id`).join(' ')} } }`;
    expect(await first(connect(asKey(mine)), wide)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(JSON.stringify(await first(connect(asKey(mine)), 'subscription { memoWriten { id } }'))).not.toMatch(
      /memoWritten/,
    );
  });

  it('of nobody is closed', async () => {
    expect(closeCode(await first(connect({}), query))).toBe(4403);
  });

  it('opened by a page of another site is refused, and at another address too', async () => {
    const refused = (path: string, headers: Record<string, string>) =>
      new Promise((resolve) => {
        const socket = new WebSocket(server.url.replace('http', 'ws') + path, 'graphql-transport-ws', { headers });
        socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
        socket.on('open', () => resolve('open'));
        socket.on('error', () => undefined);
      });
    expect(await refused('/graphql', { ...asCookie(mine), origin: 'https://evil.example.org' })).toBe(403);
    expect(await refused('/other', asCookie(mine))).toBe(403);
  });

  it('ends with its session', async () => {
    const leaving = someone('CARE_MANAGER');
    const closed = new Promise<{ code: number }>((resolve) => {
      const client = connect(asCookie(leaving), (event) => resolve(event as { code: number }));
      client.subscribe({ query }, { next: () => undefined, error: () => undefined, complete: () => undefined });
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.end(leaving);
    expect((await closed).code).toBe(4403);
  });
});

describe('the number of sockets', () => {
  /** What the server says to one more: open, the status it refuses with, or the code it closes with. */
  async function arrive(url: string, caller: Caller, ip = '203.0.113.1'): Promise<{ said: unknown; leave(): void }> {
    const headers = { ...asCookie(caller), 'x-forwarded-for': ip };
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    socket.on('error', () => undefined);
    const said = await new Promise<unknown>((resolve) => {
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('message', () => resolve('open'));
      socket.on('close', (code) => resolve(code));
    });
    return { said, leave: () => socket.terminate() };
  }

  it('of one session has an end, and a place is free again when one is closed', async () => {
    const tight = await tinyServer(hub, { socketLimits: { perAddress: 100, perSession: 2 } });
    const first = await arrive(tight.url, mine);
    const second = await arrive(tight.url, mine);
    expect([first.said, second.said]).toEqual(['open', 'open']);
    expect((await arrive(tight.url, mine)).said).toBe(1013);
    const other = await arrive(tight.url, someone('CARE_MANAGER'));
    expect(other.said).toBe('open');
    first.leave();
    await expect.poll(async () => (await arrive(tight.url, mine)).said).toBe('open');
    await tight.close();
  });

  it('from one address has an end, and addresses are those behind the proxy that is believed', async () => {
    const options = { socketLimits: { perAddress: 2, perSession: 100 }, trustProxy: ['loopback'] };
    const tight = await tinyServer(hub, options);
    const first = await arrive(tight.url, mine);
    await arrive(tight.url, someone('CARE_MANAGER'));
    expect((await arrive(tight.url, someone('CARE_MANAGER'))).said).toBe(429);
    expect((await arrive(tight.url, mine, '203.0.113.1, 203.0.113.2')).said).toBe('open');
    first.leave();
    await expect.poll(async () => (await arrive(tight.url, mine)).said).toBe('open');
    await tight.close();
  });
});

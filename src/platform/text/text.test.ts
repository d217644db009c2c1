import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { newId } from '../id.js';
import { latestTexts } from './outbox.js';
import { webhookTexts } from './webhook.js';

const message = { to: '+14105550123', text: 'Words', purpose: 'test' };

describe('text messages without a provider', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub();
  });
  afterAll(() => hub.stop());

  it('stay at home, once for one id', async () => {
    const id = newId();
    await hub.platform.texts.send({ ...message, id });
    await hub.platform.texts.send({ ...message, id });
    expect(await latestTexts(hub.orm)).toMatchObject([{ recipient: message.to, text: 'Words' }]);
  });
});

describe('text messages through a provider', () => {
  const received: { id: unknown; body: unknown; token: unknown }[] = [];
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = async (): Promise<void> => {
        const body = (await json(request)) as { text: string };
        const { authorization: token, 'idempotency-key': id } = request.headers;
        received.push({ id, body, token });
        response.writeHead(body.text === 'bad' ? 422 : 202).end('no: +14105550123');
      };
      void answer();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  const texts = () => webhookTexts(`http://127.0.0.1:${(server.address() as AddressInfo).port}/out`, 'hidden');

  it('are sent with an id that stays the same on a retry', async () => {
    const id = newId();
    await texts().send({ ...message, id });
    expect(received).toEqual([{ id, body: { id, to: message.to, text: 'Words' }, token: 'Bearer hidden' }]);
  });

  it('fail without repeating the number', async () => {
    const error = await texts()
      .send({ ...message, text: 'bad' })
      .catch((reason: unknown) => String(reason));
    expect(error).toBe('Error: The text message was not taken (422).');
  });
});

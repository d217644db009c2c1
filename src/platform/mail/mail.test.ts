import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { newId } from '../id.js';
import { outboxMail } from './outbox.js';
import { smtpMail } from './smtp.js';

const letter = { to: 'ann@example.org', subject: 'Hello', text: 'Words', purpose: 'test' };

describe('mail without a server', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub();
  });
  afterAll(() => hub.stop());

  it('stays in the outbox, once for one id', async () => {
    const mail = outboxMail(hub.platform.jobPool);
    const id = newId();
    await mail.send({ ...letter, id });
    await mail.send({ ...letter, id });
    expect(await hub.sql('select id, recipient, subject, body_text, purpose from hub.mail_outbox')).toEqual([
      { id, recipient: 'ann@example.org', subject: 'Hello', body_text: 'Words', purpose: 'test' },
    ]);
  });
});

describe('mail through a server', () => {
  const received: string[] = [];
  let server: Server;
  beforeAll(async () => {
    // As much SMTP as one letter takes; refuses whoever is called nobody.
    server = createServer((socket) => {
      let body = false;
      socket.write('220 test\r\n');
      socket.on('data', (chunk) => {
        const text = chunk.toString();
        if (body) {
          received.push(text);
          if (!text.endsWith('\r\n.\r\n')) return;
          body = false;
          socket.write('250 taken\r\n');
        } else if (text.startsWith('DATA')) {
          body = true;
          socket.write('354 go\r\n');
        } else if (/^RCPT TO:<nobody/i.test(text)) socket.write('550 <nobody@example.org> unknown\r\n');
        else socket.write(text.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());
  const open = () => smtpMail(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, 'Hub <hub@example.org>');

  it('carries the sender and an id that stays the same on a retry', async () => {
    const mail = open();
    const id = newId();
    await mail.send({ ...letter, id });
    await mail.close();
    expect(received.join('')).toMatch(/From: Hub <hub@example\.org>/);
    expect(received.join('')).toContain(`<${id}@example.org>`);
  });

  it('fails without repeating the address', async () => {
    const mail = open();
    const error = await mail.send({ ...letter, to: 'nobody@example.org' }).catch((reason: unknown) => String(reason));
    await mail.close();
    expect(error).toContain('550');
    expect(error).not.toContain('nobody');
  });
});

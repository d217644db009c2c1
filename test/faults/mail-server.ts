import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** As much of a mail server as letters take: it keeps them, and can be away. */
export async function mailServer() {
  const letters: string[] = [];
  /** Addresses that it does not know. */
  const unknown = new Set<string>();
  /** What happens once before a letter may be written, and between a letter and the word that it was taken. */
  const between: { data?: (() => Promise<void>) | undefined; work?: (() => Promise<void>) | undefined } = {};
  const take = (point: keyof typeof between): Promise<void> => {
    const { [point]: work } = between;
    between[point] = undefined;
    return work?.() ?? Promise.resolve();
  };
  const open = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const start = async (): Promise<void> => {
    server = createServer((socket) => {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      let body = '';
      let writing = false;
      socket.on('error', () => socket.destroy());
      socket.write('220 test\r\n');
      socket.on('data', (chunk) => {
        const text = chunk.toString();
        if (writing) {
          body += text;
          if (!body.endsWith('\r\n.\r\n')) return;
          letters.push(body);
          [body, writing] = ['', false];
          void take('work').finally(() => socket.write('250 taken\r\n'));
        } else if (text.startsWith('DATA')) {
          void take('data').finally(() => {
            writing = true;
            socket.write('354 go\r\n');
          });
        } else if (unknown.has(/^RCPT TO:<([^>]+)>/i.exec(text)?.[1] ?? '')) {
          socket.write('550 nobody of that name\r\n');
        } else socket.write(text.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const stop = async (): Promise<void> => {
    const running = server;
    server = undefined;
    for (const socket of open) socket.destroy();
    if (running) await new Promise((resolve) => running.close(resolve));
  };
  await start();
  return { letters, unknown, between, start, stop, url: `smtp://127.0.0.1:${port}` };
}

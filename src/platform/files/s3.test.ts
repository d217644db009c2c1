import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { s3Files } from './s3.js';

const kept = new Map<string, Buffer>();
const seen: IncomingMessage[] = [];
let server: Server;
let broken = false;

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const key = request.url ?? '';
      if (broken) return response.writeHead(403).end(`<Error>${key}</Error>`);
      if (request.method === 'PUT') kept.set(key, Buffer.concat(chunks));
      if (request.method === 'DELETE') kept.delete(key);
      const found = kept.get(key);
      if (request.method === 'GET' && !found) return response.writeHead(404).end('<Error/>');
      return response.writeHead(request.method === 'DELETE' ? 204 : 200).end(found);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

const files = () =>
  s3Files({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/papers`,
    region: 'us-east-1',
    accessKeyId: 'key',
    secretAccessKey: 'hidden',
  });

it('keeps, gives back and takes away bytes, each request signed', async () => {
  const store = files();
  await store.put('one', Buffer.from('a paper'), 'text/plain');
  expect([...kept.keys()]).toEqual(['/papers/one']);
  const stream = await store.open('one');
  expect(stream && (await text(stream))).toBe('a paper');
  await store.remove('one');
  await store.remove('one');
  expect(await store.open('one')).toBeNull();
  for (const { headers } of seen) {
    expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/us-east-1\/s3\/aws4_request/);
  }
});

it('says neither key nor address when the store fails', async () => {
  broken = true;
  const error = await files()
    .put('01900000-secret-key', Buffer.from('x'), 'text/plain')
    .catch((reason: unknown) => String(reason));
  expect(error).toBe('Error: The file store answered with 403.');
});

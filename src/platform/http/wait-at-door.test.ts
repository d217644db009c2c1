import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHub } from '../../../test/hub.js';
import { tinyHub, tinyServer } from '../../../test/security/tiny.js';
import { Door } from './door.js';

const door = new Door({ inside: 1, waitMs: 50 });
const refused: string[] = [];
let hub: TestHub;
let server: Awaited<ReturnType<typeof tinyServer>>;
beforeAll(async () => {
  hub = await tinyHub();
  server = await tinyServer(hub, {
    door,
    refused: (at) => refused.push(at),
    routes: (app) => {
      app.get('/fhir/x', async () => ({ inside: door.counts().inside }));
      app.get('/fhir/fails', () => Promise.reject(new Error('secret words')));
      app.get('/fhir/starved', () => Promise.reject(new Error('timeout exceeded when trying to connect')));
      app.post('/files/x', async () => ({ inside: door.counts().inside }));
      app.put('/imports/x', { config: { door: false } }, async () => ({ inside: door.counts().inside }));
    },
  });
});
afterAll(async () => {
  await server.close();
  await hub.stop();
});

const empty = { inside: 0, waiting: 0 };

describe('routes beside GraphQL', () => {
  it('work behind the door, and leave it whatever becomes of them', async () => {
    expect(await (await fetch(`${server.url}/fhir/x`)).json()).toEqual({ inside: 1 });
    expect((await fetch(`${server.url}/fhir/fails`)).status).toBe(500);
    expect((await fetch(`${server.url}/fhir/none`)).status).toBe(404);
    expect(door.counts()).toEqual(empty);
  });

  it('are turned away in words of their own when there is too much to do, and are let in after', async () => {
    const leave = await door.enter();
    const response = await fetch(`${server.url}/fhir/x`, { headers: { 'accept-language': 'es' } });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BUSY' } }] });
    expect(refused).toEqual(['door']);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    // What is sent in parts keeps nobody out, and is not kept out.
    expect((await fetch(`${server.url}/imports/x`, { method: 'PUT' })).status).toBe(200);
    leave();
    expect((await fetch(`${server.url}/fhir/x`)).status).toBe(200);
  });

  it('are counted when a connection to the database did not come', async () => {
    refused.splice(0);
    expect((await fetch(`${server.url}/fhir/starved`)).status).toBe(503);
    expect([refused, door.counts()]).toEqual([['database'], empty]);
  });

  it('hold no place while a slow line sends its file', async () => {
    const { hostname, port } = new URL(server.url);
    const slow = connect(Number(port), hostname);
    await once(slow, 'connect');
    slow.write('POST /files/x HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{');
    expect(await (await fetch(`${server.url}/fhir/x`)).json()).toEqual({ inside: 1 });
    slow.write('}');
    const [answer] = (await once(slow, 'data')) as [Buffer];
    expect(answer.toString()).toContain('{"inside":1}');
    slow.destroy();
    expect(door.counts()).toEqual(empty);
  });
});

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { TestHub } from '../../../test/hub.js';
import { gate, keyOf, someone, tinyHub, tinyServer } from '../../../test/security/tiny.js';

const SCRIPT = '\n  start("app");\n';
const PAGE = `<!doctype html><title>Hub</title><script src="/x.js"></script><script>${SCRIPT}</script>`;

let hub: TestHub;
let webRoot: string;
let server: Awaited<ReturnType<typeof tinyServer>>;
let ready = true;

beforeAll(async () => {
  hub = await tinyHub();
  webRoot = await mkdtemp(join(tmpdir(), 'hub-web-'));
  await mkdir(join(webRoot, '_app/immutable'), { recursive: true });
  await writeFile(join(webRoot, 'index.html'), PAGE);
  await writeFile(join(webRoot, '_app/immutable/start.js'), 'export {};');
  server = await tinyServer(hub, {
    webRoot,
    baseUrl: 'https://hub.example.org',
    checks: [{ name: 'database', ready: () => ready }],
    metrics: async () => 'hub_up 1\n',
    routes: (app) => void app.get('/auth/fails', () => Promise.reject(new Error('secret words'))),
  });
});
afterAll(async () => {
  await server.close();
  await hub.stop();
  await rm(webRoot, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { headers });

describe('the web client', () => {
  it('is the page at every address that a browser opens', async () => {
    for (const path of ['/', '/patients', '/referrals/01900000-0000-7000-8000-000000000001?tab=1']) {
      const response = await get(path, { accept: 'text/html' });
      expect([response.status, await response.text()]).toEqual([200, PAGE]);
      expect(response.headers.get('cache-control')).toBe('no-cache');
    }
  });

  it('is not the answer to a miss below an address of the API or of files', async () => {
    for (const path of ['/_app/gone.js', '/api/x', '/graphql/x', '/readyz/x']) {
      const response = await get(path, { accept: 'text/html' });
      expect([path, response.status, await response.text()]).toEqual([path, 404, '{"error":"Not found"}']);
    }
    expect((await get('/patients', { accept: 'application/json' })).status).toBe(404);
    expect((await get('/..%2f..%2fpackage.json')).status).toBeGreaterThanOrEqual(400);
  });

  it('keeps files whose name is their content for a year', async () => {
    const { headers } = await get('/_app/immutable/start.js');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('may run its own inline script and no other', async () => {
    const policy = (await get('/', { accept: 'text/html' })).headers.get('content-security-policy') ?? '';
    const hash = createHash('sha256').update(SCRIPT).digest('base64');
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("worker-src 'self' blob:");
  });

  it('is told to come by https when that is the address people open', async () => {
    expect((await get('/healthz')).headers.get('strict-transport-security')).toContain('max-age=31536000');
  });
});

describe('probes', () => {
  const token = 'a-token-of-the-monitoring';
  const withToken = { authorization: `Bearer ${token}` };

  it('say to everybody whether the process lives and is ready, and no more', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready' });
    ready = false;
    const response = await get('/readyz');
    expect([response.status, await response.json()]).toEqual([503, { status: 'not ready' }]);
    ready = true;
    const numbers = await get('/metrics', withToken);
    expect([numbers.status, await numbers.text()]).toEqual([404, '{"error":"Not found"}']);
  });

  it('say what is wrong, and numbers, to whoever has the token', async () => {
    const watched = await tinyServer(hub, {
      metricsToken: token,
      checks: [{ name: 'database', ready: () => false }],
      metrics: async () => 'hub_up 1\n',
    });
    const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(watched.url + path, { headers });
    expect(await (await ask('/readyz', withToken)).json()).toEqual({
      status: 'not ready',
      checks: { database: false },
    });
    expect(await (await ask('/metrics', withToken)).text()).toBe('hub_up 1\n');
    for (const authorization of ['', 'Bearer other-token-of-the-monitoring', `Basic ${token}`]) {
      expect((await ask('/metrics', { authorization })).status).toBe(404);
      expect(await (await ask('/readyz', { authorization })).json()).toEqual({ status: 'not ready' });
    }
    await watched.close();
  });

  it('are open on the machine itself during development, not to what a proxy passes on', async () => {
    const local = await tinyServer(hub, { production: false, metrics: async () => 'hub_up 1\n' });
    const ask = (headers: Record<string, string> = {}): Promise<Response> => fetch(`${local.url}/metrics`, { headers });
    expect(await (await ask()).text()).toBe('hub_up 1\n');
    expect((await ask({ 'x-forwarded-for': '203.0.113.7' })).status).toBe(404);
    await local.close();
  });
});

describe('a route that fails', () => {
  it('says nothing of why', async () => {
    const response = await get('/auth/fails');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/secret words|stack|\.ts/);
  });
});

describe('the sandbox', () => {
  it('is there outside production, with the schema as text', async () => {
    const development = await tinyServer(hub, { production: false });
    const page = await fetch(`${development.url}/sandbox`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await page.text()).toContain('<textarea id="query"');
    expect(await (await fetch(`${development.url}/sandbox/schema.graphql`)).text()).toContain('type Memo');
    await development.close();
  });
});

describe('closing', () => {
  it('finishes what is in flight, says goodbye to sockets and lets go at once', async () => {
    const leaving = await tinyServer(hub);
    let open = (): void => undefined;
    gate.wait = new Promise((resolve) => {
      open = resolve;
    });
    const key = { authorization: `Bearer ${keyOf(someone('CARE_MANAGER'))}` };
    const answer = fetch(`${leaving.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...key },
      body: JSON.stringify({ query: '{ waits }' }),
    });
    const socket = new WebSocket(`${leaving.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: key,
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const goodbye = new Promise<number>((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = performance.now();
    const closed = leaving.close();
    setTimeout(open, 200);
    expect(await (await answer).json()).toEqual({ data: { waits: 'done' } });
    expect(await goodbye).toBe(1001);
    await closed;
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

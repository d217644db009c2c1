import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from './hub.js';

describe('a whole hub', () => {
  let hub: TestHub;
  let url: string;
  beforeAll(async () => {
    hub = await testHub({
      features: [{ name: 'test', routes: (server) => void server.get('/api/test', async () => ({ ok: true })) }],
    });
    url = await hub.url();
  });
  afterAll(() => hub.stop());

  it('says that it lives and is ready', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'ready',
      checks: { database: true, live: true },
      behindSeconds: { live: expect.any(Number), jobs: 0 },
    });
  });

  it('serves the routes of its features', async () => {
    expect(await (await fetch(`${url}/api/test`)).json()).toEqual({ ok: true });
  });

  it('tells numbers without the addresses that were asked for', async () => {
    await fetch(`${url}/api/test?name=Jane`);
    await fetch(`${url}/Jane`);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toMatch(/^hub_live_lag_seconds 0/m);
    expect(text).toMatch(/^hub_live_let_go_total 0$/m);
    expect(text).toMatch(/^hub_job_wait_seconds 0$/m);
    expect(text).toMatch(/hub_http_request_seconds_count\{method="GET",route="\/api",status="200"\} \d/);
    expect(text).toMatch(/hub_pool_connections\{pool="requests",state="busy"\} 0/);
    expect(text).toMatch(/hub_jobs\{state="dead"\} 0/);
    // There is no second search engine here: its numbers would say that it is down.
    expect(text).not.toMatch(/^hub_search_replica/m);
    expect(text).not.toContain('Jane');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../test/hub.js';
import { oldGrowth } from '../../test/old-space.js';
import type { CookieJar } from '../platform/http/request.js';
import { openContext } from './context.js';

const SIZE = 10_000;

/** Stands for all that a request brings along. */
function jar(held: readonly number[]): CookieJar {
  return { get: (name) => (held.length > 0 ? name : undefined), set: () => undefined, clear: () => undefined };
}

describe('the context of an operation', () => {
  let hub: TestHub;

  beforeAll(async () => {
    hub = await testHub();
  });
  afterAll(() => hub.stop());

  it('is gone when its operation is, with what it read', async () => {
    const growth = await oldGrowth(150, async (n) => {
      const cookies = jar(Array.from({ length: SIZE }, (_, at) => at));
      const request = { id: `${n}`, ip: '10.0.0.1', userAgent: null, acceptLanguage: null, cookies };
      const ctx = openContext(hub.platform, null, request);
      ctx.loaders.rows(Symbol('rows')).set(
        'all',
        Array.from({ length: SIZE }, (_, at) => at),
      );
      await ctx.db.end();
    });
    expect(growth).toBeLessThan(150 * SIZE);
  });

  it('reads rows that are gone when they were shown', async () => {
    const db = hub.app.database.operation({ role: 'hub_app' });
    // What is expected of here would be kept by whoever expects it.
    let shown = 0;
    const growth = await oldGrowth(400, async () => {
      const rows = await db.query("select n, repeat('x', 300) as text from generate_series(1, $1) n", [100]);
      shown += rows.length;
    });
    await db.end();
    expect(shown).toBe(420 * 100);
    // Each page is more than 30 kB.
    expect(growth).toBeLessThan(400 * 10_000);
  });
});

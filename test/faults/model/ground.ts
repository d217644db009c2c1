import { vi } from 'vitest';
import { testHub, type TestHub } from '../../hub.js';
import { SECRET, worldOf, type World } from './world.js';

/** Fridays and evenings before the clocks change, before a holiday, and an ordinary Monday. */
export const STARTS = ['2026-10-30T18:00:00Z', '2026-11-25T16:00:00Z', '2027-03-12T19:00:00Z', '2026-11-16T15:00:00Z'];
export const seed = Number(process.env['MODEL_SEED'] ?? 20_261_130);
export const numRuns = Number(process.env['MODEL_RUNS'] ?? 10);

/** One address may ask so often in a minute; what a month of people ask in one comes from many. */
function fromMany(): typeof fetch {
  const plain = fetch;
  let asked = 0;
  return (to, init) => {
    const headers = new Headers(init?.headers);
    asked += 1;
    headers.set('x-forwarded-for', `10.0.${(asked >> 15) & 255}.${(asked >> 7) & 255}`);
    return plain(to, { ...init, headers });
  };
}

/** A hub for many runs; each begins at a moment of its own, with a person of its own. */
export async function modelHub() {
  vi.stubGlobal('fetch', fromMany());
  const env = {
    INBOUND_MAIL_ADDRESS: 'reply@hub.example.org',
    INBOUND_MAIL_SECRET: SECRET,
    TRUST_PROXY: '127.0.0.1',
    LOG_LEVEL: process.env['MODEL_LOG'] ?? 'fatal',
  };
  const hub: TestHub = await testHub({ now: STARTS[0] ?? '', env });
  const like = await worldOf(hub);
  return {
    hub,
    async begin(start: string): Promise<World> {
      hub.clock.set(start);
      const world = await worldOf(hub, like);
      // Nobody is signed off, wherever the clock goes.
      await hub.sql(`update hub.session set expires_at = '2040-01-01', idle = interval '9000 days', seen_at = '2026-01-01'`); // prettier-ignore
      return world;
    },
    async stop(): Promise<void> {
      vi.unstubAllGlobals();
      await hub.stop();
    },
  };
}

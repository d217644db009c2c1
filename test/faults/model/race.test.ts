import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act, ACTS, type Act } from './acts.js';
import { modelHub, numRuns, seed } from './ground.js';
import { holds } from './rules.js';
import type { World } from './world.js';

/*
 * The same acts at the same moment: several agencies of one offer, an account and a link and a mailed answer, the sender in two
 * tabs, the person who stops sharing, and the workers. One order comes of it, what was answered "done" is done, and whoever came
 * second is told so in words: no fault of the hub, no deadlock, no job that failed.
 */
let ground: Awaited<ReturnType<typeof modelHub>>;
beforeAll(async () => {
  ground = await modelHub();
});
afterAll(() => ground.stop());

const MONDAY = '2026-11-16T15:00:00Z';
const LEADS_TO: Partial<Record<Act['what'], string>> = {
  accept: 'ACCEPTED',
  decline: 'REJECTED',
  hold: 'ON_HOLD',
  start: 'IN_PROGRESS',
  complete: 'COMPLETED',
  fail: 'FAILED',
  cancel: 'CANCELLED',
  recall: 'CANCELLED',
};
const count = async ({ hub, patientId }: World): Promise<Map<string, number>> => {
  const rows = await hub.sql<{ to: string; n: number }>(
    `select t.to_status as to, count(*)::int as n from hub.referral_transition t join hub.referral r on r.id = t.referral_id
     where r.patient_id = $1 group by 1`,
    [patientId],
  );
  return new Map(rows.map(({ to, n }) => [to, n]));
};

const named = (...names: Act['what'][]): fc.Arbitrary<Act> =>
  fc.record({ what: fc.constantFrom(...names), which: fc.nat(99), much: fc.nat(99) });
const before = fc.array(named('send', 'group', 'group', 'cascade', 'accept', 'agree'), { minLength: 1, maxLength: 4 });
const wave = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: named('accept', 'accept', 'decline', 'link', 'mail', 'phone', 'phone', 'contradict') },
    { weight: 3, arbitrary: named('cancel', 'recall', 'transfer', 'reopen', 'revoke', 'stopSharing', 'renew', 'keep') },
    { weight: 2, arbitrary: named('jobs', 'tick', 'tickTwice') },
    { weight: 2, arbitrary: act },
  ),
  { minLength: 2, maxLength: 5 },
);
/** The clock stands still while others act, and nobody is taken to be dead. */
const still = ({ what }: Act): boolean => !['later', 'back', 'crash', 'stranger'].includes(what);

async function together(world: World, acts: readonly Act[]): Promise<void> {
  const stood = await count(world);
  const outcomes = await Promise.all(acts.map((one) => ACTS[one.what](world, one)));
  const done = new Map<string, number>();
  for (const [n, { what }] of acts.entries()) {
    const to = LEADS_TO[what];
    if (to && outcomes[n]?.length === 0) done.set(to, (done.get(to) ?? 0) + 1);
    // One reason is enough for whoever came second.
    expect(outcomes[n]?.length ?? 0).toBeLessThanOrEqual(1);
  }
  const stands = await count(world);
  for (const [to, n] of done) expect((stands.get(to) ?? 0) - (stood.get(to) ?? 0), to).toBeGreaterThanOrEqual(n);
}

it('what several do at the same moment comes to one order that all rules admit', { timeout: 300_000 }, async () => {
  const plan = fc.tuple(before, fc.array(wave, { minLength: 1, maxLength: 3 }), fc.constantFrom(0, 30, 80));
  const property = fc.asyncProperty(plan, async ([first, waves, hours]) => {
    const world = await ground.begin(MONDAY);
    for (const one of first) await ACTS[one.what](world, one);
    await world.hub.runJobs();
    world.hub.clock.advance({ hours });
    for (const [n, acts] of waves.entries()) {
      await together(world, acts.filter(still));
      await world.hub.runJobs();
      await holds(world, n);
    }
  });
  await fc.assert(property, { seed, numRuns: numRuns + 4, interruptAfterTimeLimit: 150_000 });
});

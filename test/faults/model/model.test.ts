import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { act, ACTS, type Act } from './acts.js';
import { modelHub, numRuns, seed, STARTS } from './ground.js';
import { holds } from './rules.js';
import type { World } from './world.js';

/*
 * Everything that a care manager, three agencies, whoever has a letter's link or answers it by mail, the person themselves, the
 * clock and the workers can do to the referrals of one person, in any order: after each act all rules hold. A sequence that
 * breaks one is made as short as it can be, and printed with its seed (MODEL_SEED, MODEL_RUNS).
 */
let ground: Awaited<ReturnType<typeof modelHub>>;
beforeAll(async () => {
  ground = await modelHub();
});
afterAll(() => ground.stop());

const audited = async ({ hub, patientId }: World): Promise<number> =>
  (await hub.sql<{ n: number }>('select count(*)::int as n from hub.audit where patient_id = $1', [patientId]))[0]?.n ?? 0; // prettier-ignore
/** Acts of people on one referral that leave their trace whether they were let through or not. */
const ON_ONE: ReadonlySet<Act['what']> = new Set(['accept', 'decline', 'hold', 'start', 'complete', 'fail', 'cancel', 'recall', 'keep', 'renew', 'write']); // prettier-ignore

async function run(start: string, acts: readonly Act[]): Promise<void> {
  const world = await ground.begin(start);
  for (const [n, one] of acts.entries()) {
    const before = await audited(world);
    const outcome = await ACTS[one.what](world, one);
    const reached = outcome && !outcome.includes('NOT_FOUND');
    if (reached && ON_ONE.has(one.what)) {
      expect(await audited(world), `the trace of ${one.what}`).toBeGreaterThan(before);
    }
    await holds(world, n + one.much);
  }
}

it('all rules hold after each act, in whatever order they come', { timeout: 300_000 }, async () => {
  const sequences = fc.array(act, { minLength: 6, maxLength: 20, size: 'max' });
  await fc.assert(fc.asyncProperty(fc.constantFrom(...STARTS), sequences, run), {
    seed,
    numRuns,
    interruptAfterTimeLimit: 150_000,
  });
});

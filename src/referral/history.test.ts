import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, take, type Pair } from '../../test/referral-factories.js';
import { isTerminal, type Status } from './machine.js';
import { replay, type Recorded } from './replay.js';

const why = (reasonCode: string) => ({ reasonCode, reason: 'Some words.' });
/** Every step that a side may try, with an input that is good for it. */
const STEPS: Record<'sender' | 'agency', [mutation: string, input: object][]> = {
  sender: [
    ['cancelReferral', why('PERSON_DECLINED')],
    ['withdrawReferralInError', { reason: 'Entered twice.' }],
    ['confirmReferralOutcome', { confirmation: 'PARTLY', needMet: false }],
  ],
  agency: [
    ['markReferralSeen', {}],
    ['acceptReferral', {}],
    ['declineReferral', why('OTHER')],
    ['holdReferral', why('WAITLIST')],
    ['startReferral', {}],
    ['completeReferral', { outcome: 'PARTLY_HELPED' }],
    ['failReferral', why('NO_SHOW')],
    ['cancelReferral', why('COULD_NOT_REACH')],
  ],
};
const sideStep = (who: 'sender' | 'agency') =>
  fc.constantFrom(...STEPS[who]).map(([name, input]) => ({ who, name, input }));
// Work goes on more often than it ends, or no history would be long.
const work = fc
  .constantFrom('acceptReferral', 'startReferral', 'holdReferral')
  .chain((name) =>
    fc
      .constantFrom(...STEPS.agency.filter(([mutation]) => mutation === name))
      .map(([, input]) => ({ who: 'agency' as const, name, input })),
  );
const attempts = fc.array(fc.oneof({ weight: 4, arbitrary: work }, sideStep('agency'), sideStep('sender')), {
  minLength: 1,
  maxLength: 12,
});
type Attempt = (typeof attempts extends fc.Arbitrary<(infer A)[]> ? A : never) & { input: object };

describe('whatever both sides try', () => {
  let hub: TestHub;
  let like: Pair;
  beforeAll(async () => {
    hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
    like = await pair(hub);
  });
  afterAll(() => hub.stop());

  async function historyOf(id: string): Promise<Recorded[]> {
    const rows = await hub.sql<{
      from: Status | null;
      to: Status;
      side: Recorded['side'];
      code: string | null;
      text: string | null;
    }>(
      `select from_status as "from", to_status as "to", side, reason_code as code, reason as text
       from hub.referral_transition where referral_id = $1 order by at, id`,
      [id],
    );
    return rows.map(({ from, to, side, code, text }) => ({ from, to, side, reason: { code, text } }));
  }

  async function holds(id: string): Promise<void> {
    const [row] = await hub.sql<{ status: Status; answered: boolean; closed: boolean; version: number }>(
      'select status, answered_at is not null as answered, closed_at is not null as closed, version from hub.referral where id = $1',
      [id],
    );
    const history = await historyOf(id);
    expect(replay(history)).toBe(row?.status);
    expect(row?.closed).toBe(history.some((line) => isTerminal(line.to)));
    expect(row?.answered).toBe(history.some((line) => line.side === 'TARGET' && line.to !== 'CANCELLED'));
  }
  const act = (between: Pair, id: string, { who, name, input }: Attempt) => take(between[who], name, id, { ...input });

  it('one after another: the history replays to the status, and only what was admitted stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(attempts, async (tries) => {
        const between = await pair(hub, like);
        const id = await send(between);
        let steps = 1;
        for (const attempt of tries) {
          const { refused } = await act(between, id, attempt);
          const moves = !['markReferralSeen', 'confirmReferralOutcome'].includes(attempt.name);
          if (refused.length === 0 && moves) steps += 1;
        }
        expect(await historyOf(id)).toHaveLength(steps);
        await holds(id);
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  it('all at once: the history still replays to the status', async () => {
    await fc.assert(
      fc.asyncProperty(attempts, async (tries) => {
        const between = await pair(hub, like);
        const id = await send(between);
        await Promise.all(tries.map((attempt) => act(between, id, attempt)));
        await holds(id);
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, linked, type Linked } from '../../../test/link-factories.js';
import { take } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';
import type { Side, Status } from '../machine.js';
import { replay } from '../replay.js';

let hub: TestHub;
let like: Linked;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-18T15:00:00Z' });
  like = await linked(hub);
});
afterAll(() => hub.stop());

const why = { reasonCode: 'OTHER', reason: 'x' };
/** What the three who act on a referral may try, whatever it stands at. */
const ACTS = {
  'link ACCEPT': { answer: 'ACCEPT' },
  'link DECLINE': { answer: 'DECLINE', reasonCode: 'NO_CAPACITY' },
  'link WAITLIST': { answer: 'WAITLIST', waitlistPosition: 3 },
  'link START': { answer: 'START' },
  'link HELPED': { answer: 'HELPED', outcome: 'HELP_RECEIVED' },
  'link NEED_INFO': { answer: 'NEED_INFO', words: 'Which size?' },
  'link NOT_REACHED': { answer: 'NOT_REACHED' },
  'account acceptReferral': {},
  'account declineReferral': why,
  'account startReferral': {},
  'account holdReferral': why,
  'account completeReferral': { outcome: 'PARTLY_HELPED' },
  'sender cancelReferral': why,
} as const;

async function act(at: Linked, name: keyof typeof ACTS): Promise<string[]> {
  const [who, what = ''] = name.split(' ');
  const given: object = ACTS[name];
  if (who === 'link') return (await byLink(at.visitor, 'answer', { token: at.token, id: newId(), ...given })).refused;
  return (await take(who === 'sender' ? at.sender : at.agency, what, at.id, given)).refused;
}

describe('a link, an account and the sender acting at the same moment', () => {
  it('leave one history that the machine admits, and each is told what became of theirs', async () => {
    const names = Object.keys(ACTS) as (keyof typeof ACTS)[];
    // Waves of up to three acts at once, one wave after the other.
    const waves = fc.array(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(waves, async (plan) => {
        const at = await linked(hub, { like });
        for (const wave of plan) {
          const refused = await Promise.all(wave.map((name) => act(at, name)));
          for (const codes of refused) expect(codes.length).toBeLessThanOrEqual(1);
        }
        const rows = await hub.sql<{
          from: Status | null;
          to: Status;
          side: Side;
          code: string | null;
          text: string | null;
        }>(
          `select from_status as from, to_status as to, side, reason_code as code, reason as text
           from hub.referral_transition where referral_id = $1 order by id`,
          [at.id],
        );
        const [now] = await hub.sql<{ status: Status }>('select status from hub.referral where id = $1', [at.id]);
        const history = rows.map(({ code, text, ...line }) => ({
          ...line,
          reason: code || text ? { code, text } : null,
        }));
        expect(replay(history)).toBe(now?.status);
        await hub.sql('delete from hub.rate_limit');
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

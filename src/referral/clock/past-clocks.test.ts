import { assert, constantFrom, integer, option, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pastClocks, type Past } from './past-clocks.js';
import { answeringClock } from './times-of-service.js';
import { nextStep } from './plan.js';

const clock = answeringClock({ service: null, organization: 'America/New_York' }, null, null);
const HOUR = 3_600_000;
const NOW = new Date('2026-11-20T15:00:00Z');
const hours = integer({ min: 1, max: 400 });
const pasts = record({
  priority: constantFrom('ROUTINE' as const, 'URGENT' as const),
  ago: hours,
  seen: option(hours),
  accepted: option(hours),
  begun: option(hours),
  held: option(hours),
}).map(({ priority, ago, seen, accepted, begun, held }): Past => {
  const sentAt = NOW.getTime() - ago * HOUR;
  const steps: { to: 'REQUESTED' | 'ACCEPTED' | 'IN_PROGRESS' | 'ON_HOLD'; at: Date }[] = [
    { to: 'REQUESTED', at: new Date(sentAt) },
  ];
  let at = sentAt;
  for (const [to, after] of [
    ['ACCEPTED', accepted],
    ['IN_PROGRESS', begun],
    ['ON_HOLD', held],
  ] as const) {
    if (after === null || (at += after * HOUR) > NOW.getTime()) break;
    steps.push({ to, at: new Date(at) });
  }
  const contactAt = steps.find(({ to }) => to === 'IN_PROGRESS')?.at ?? null;
  const seenAt = seen !== null && seen < ago ? new Date(sentAt + seen * HOUR) : null;
  return { priority, steps, contactAt, seenAt };
});

describe('clocks of what was sent long ago', () => {
  it('stand as if they had always run: nothing is late, and each step stands in the time of its own', () => {
    assert(
      property(pasts, (past) => {
        const found = pastClocks(clock, past, NOW);
        for (const at of Object.values(found.taken)) {
          expect(at <= NOW && at >= past.steps[0]!.at).toBe(true);
        }
        expect(found.nextClockAt === null || found.nextClockAt > NOW).toBe(true);
        const status = past.steps.at(-1)!.to;
        if (status === 'ON_HOLD') {
          expect(found).toMatchObject({ nextClockAt: null, clockPausedAt: past.steps.at(-1)!.at });
        }
        // The tick that runs from now on agrees on what comes next.
        const seenAt = past.seenAt && past.seenAt <= found.seeDueAt ? past.seenAt : null;
        const facts = {
          ...found,
          ...past,
          status,
          sentAt: past.steps[0]!.at,
          runsFrom: past.steps.at(-1)!.at,
          pausedAt: found.clockPausedAt,
          seenAt,
        };
        expect(nextStep(facts, clock.calendar, NOW)?.at ?? null).toEqual(found.nextClockAt);
      }),
    );
  });

  it('put on the desk of the sender what nobody answered', () => {
    const sentAt = new Date('2026-11-09T15:00:00Z');
    const found = pastClocks(
      clock,
      { priority: 'ROUTINE', steps: [{ to: 'REQUESTED', at: sentAt }], seenAt: null, contactAt: null },
      NOW,
    );
    expect(Object.keys(found.taken)).toEqual(['REMIND_SEE', 'REMIND_ANSWER', 'ESCALATE_ANSWER', 'HAND_OVER']);
    expect(found).toMatchObject({ nextClockAt: null, stalledAt: found.taken.HAND_OVER });
  });
});

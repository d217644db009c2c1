import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, type Pair } from '../../../test/referral-factories.js';
import { Referral } from '../referral.entity.js';
import { asTask } from '../../platform/database/operation.js';
import { firstClocks, pauseClocks, resumeClocks, resumed } from './keep-clocks.js';
import { USUAL_TARGETS } from './targets.js';
import { HOUR_MS, USUAL_WEEK, WorkCalendar } from './work-calendar.js';

const calendar = new WorkCalendar({ zone: 'America/New_York', week: USUAL_WEEK, federalHolidays: true, closedOn: [] });
const clock = { calendar, targets: USUAL_TARGETS };

describe('a clock that stood still', () => {
  const sent = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
  const waits = fc.integer({ min: 0, max: 40 * 86_400_000 });

  it('has what was left of its time, or half a working day, and never runs out earlier than without the pause', () => {
    fc.assert(
      fc.property(
        sent,
        fc.constantFrom('URGENT' as const, 'ROUTINE' as const),
        waits,
        waits,
        (at, priority, until, long) => {
          const { answerDueAt } = firstClocks(clock, at, priority);
          const pausedAt = new Date(at.getTime() + until);
          const now = new Date(pausedAt.getTime() + long);
          const due = resumed(clock, answerDueAt, pausedAt, now);
          const left = calendar.between(pausedAt, answerDueAt);
          expect(calendar.between(now, due)).toBe(Math.max(left, 4 * HOUR_MS));
          if (pausedAt <= answerDueAt) expect(due >= answerDueAt).toBe(true);
          expect(calendar.works(due)).toBe(true);
        },
      ),
    );
  });
});

describe('waiting for the sender', () => {
  let hub: TestHub;
  let between: Pair;
  beforeAll(async () => {
    hub = await testHub({ now: '2026-11-16T15:00:00Z' });
    between = await pair(hub);
  });
  afterAll(() => hub.stop());

  it('asks nothing of the agency, and gives it the rest of its time when the sender has written', async () => {
    const id = await send(between);
    const act = (what: (referral: Referral) => unknown) =>
      asTask(hub.orm).write(async (em) => what(await em.findOneOrFail(Referral, { id })));
    const standing = `query ($id: ID!) { referral(id: $id) { overdue answerDueAt clockPausedAt } }`;
    hub.clock.set('2026-11-17T22:00:00Z');
    await act((referral) => pauseClocks(referral, hub.clock.now()));
    hub.clock.set('2026-11-23T15:00:00Z');
    const { referral: waiting } = await between.sender.gql(standing, { id });
    expect(waiting).toMatchObject({ overdue: false, clockPausedAt: '2026-11-17T22:00:00.000Z' });
    await asTask(hub.orm).write(async (em) => {
      await resumeClocks(em, await em.findOneOrFail(Referral, { id }), hub.clock.now());
    });
    const { referral: again } = await between.sender.gql(standing, { id });
    expect(again).toEqual({ overdue: false, answerDueAt: '2026-11-24T15:00:00.000Z', clockPausedAt: null });
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOCK_STEPS, nextStep, type ClockFacts, type Planned } from './plan.js';
import { dueAt, USUAL_TARGETS } from './targets.js';
import { USUAL_WEEK, WorkCalendar } from './work-calendar.js';

/** What comes before whoever sent it. */
const TOLD = ['HAND_OVER', 'ESCALATE_CONTACT', 'ESCALATE_OUTCOME'];
const ALWAYS = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 0, to: 1440 }));
const NIGHTS = [0, 1, 2, 3, 4].map((day) => ({ day, from: 22 * 60, to: 30 * 60 }));

const situations = fc
  .record({
    zone: fc.constantFrom('America/New_York', 'America/Phoenix', 'Pacific/Honolulu', 'America/Havana'),
    week: fc.constantFrom(USUAL_WEEK, ALWAYS, NIGHTS),
    closedOn: fc.constantFrom<string[]>([], ['2026-11-17', '2026-11-18', '2026-11-19']),
    /** Days after sending on which the agency says that it closes for so many. */
    closes: fc.option(fc.record({ after: fc.integer({ min: 0, max: 6 }), days: fc.integer({ min: 1, max: 200 }) })),
    sentAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2027-06-01'), noInvalidDate: true }),
    priority: fc.constantFrom('URGENT' as const, 'ROUTINE' as const),
    status: fc.constantFrom('REQUESTED' as const, 'ACCEPTED' as const, 'IN_PROGRESS' as const),
    seen: fc.boolean(),
    reached: fc.boolean(),
  })
  .map(({ zone, week, closedOn, closes, sentAt, priority, status, seen, reached }) => {
    // What was promised when it was sent stays; what the agency says afterwards holds for the rest.
    const promised = new WorkCalendar({ zone, week, federalHolidays: true, closedOn });
    const more = Array.from({ length: closes?.days ?? 0 }, (_, n) =>
      new Date(sentAt.getTime() + ((closes?.after ?? 0) + n) * 86_400_000).toISOString().slice(0, 10),
    );
    const calendar = new WorkCalendar({ zone, week, federalHolidays: true, closedOn: [...closedOn, ...more] });
    const due = (clock: 'SEE' | 'ANSWER' | 'CONTACT' | 'OUTCOME') =>
      dueAt(promised, sentAt, USUAL_TARGETS[priority][clock]);
    const facts: ClockFacts = {
      status,
      priority,
      sentAt,
      runsFrom: sentAt,
      seenAt: seen ? sentAt : null,
      contactAt: reached ? sentAt : null,
      seeDueAt: due('SEE'),
      answerDueAt: due('ANSWER'),
      contactDueAt: due('CONTACT'),
      outcomeDueAt: due('OUTCOME'),
      pausedAt: null,
      taken: {},
    };
    return { calendar, facts };
  });

/** Everything a referral's clocks do when nobody answers, looked at every so often. */
function lived(facts: ClockFacts, calendar: WorkCalendar, everyMs: number, lateMs = 0): Planned[] {
  const done: Planned[] = [];
  let now = facts.sentAt.getTime() + lateMs;
  let current = facts;
  for (let looks = 0; looks < 100; looks += 1) {
    const next = nextStep(current, calendar, new Date(now));
    if (!next) return done;
    if (next.at.getTime() > now) now += Math.ceil((next.at.getTime() - now) / everyMs) * everyMs;
    // Looked at again at the later moment: what is due is decided then.
    const then = nextStep(current, calendar, new Date(now));
    if (!then || then.at.getTime() > now) continue;
    done.push({ ...then, at: new Date(now) });
    current = { ...current, taken: { ...current.taken, [then.step]: new Date(now) } };
  }
  throw new Error('It never ends');
}

describe('what clocks do', () => {
  it('is each step once, in order, and then nothing', () => {
    fc.assert(
      fc.property(situations, fc.integer({ min: 60_000, max: 3 * 86_400_000 }), ({ calendar, facts }, every) => {
        const steps = lived(facts, calendar, every).map(({ step }) => step);
        expect(new Set(steps).size).toBe(steps.length);
        expect(steps).toEqual(CLOCK_STEPS.filter((step) => steps.includes(step)));
        expect(steps.at(-1)).toBe(facts.status === 'REQUESTED' ? 'HAND_OVER' : 'ESCALATE_OUTCOME');
      }),
    );
  });

  it('is planned for working time alone, and for no time before it is due', () => {
    fc.assert(
      fc.property(situations, ({ calendar, facts }) => {
        for (const { step, at, closed } of lived(facts, calendar, 1)) {
          expect(closed ? TOLD.includes(step) : calendar.works(at), step).toBe(true);
          expect(at > facts.sentAt).toBe(true);
        }
      }),
    );
  });

  it('leaves working time between two steps, however late the first one was', () => {
    fc.assert(
      fc.property(situations, fc.integer({ min: 0, max: 30 * 86_400_000 }), ({ calendar, facts }, late) => {
        const done = lived(facts, calendar, 60_000, late);
        for (const [index, { at, closed }] of done.slice(1).entries()) {
          const before = done[index]?.at ?? at;
          const passed = closed ? at.getTime() - before.getTime() : calendar.between(before, at);
          expect(passed).toBeGreaterThanOrEqual(3_600_000);
        }
      }),
    );
  });

  it('comes before the sender within a week of the day that was promised, whatever the agency closes meanwhile', () => {
    fc.assert(
      fc.property(situations, ({ calendar, facts }) => {
        if (facts.status !== 'REQUESTED') return;
        const told = lived(facts, calendar, 60_000).find(({ step }) => step === 'HAND_OVER');
        const days = facts.priority === 'URGENT' ? 4 : 7;
        const latest = facts.answerDueAt.getTime() + (days * 24 + 1) * 3_600_000;
        // Or as soon as there was time for an answer after the last reminder.
        const before = lived(facts, calendar, 60_000).at(-2)?.at.getTime() ?? 0;
        expect(told?.at.getTime()).toBeLessThanOrEqual(Math.max(latest, before + 3 * 3_600_000));
      }),
      { numRuns: 300 },
    );
  });

  it('tells whoever sent it in days when nobody works for long, whatever was promised: for an answer, for reaching, for an outcome', () => {
    const christmas = Array.from({ length: 16 }, (_, n) => `2026-12-${String(n + 16).padStart(2, '0')}`);
    const shut = new WorkCalendar({ zone: 'America/New_York', week: USUAL_WEEK, federalHolidays: true, closedOn: christmas }); // prettier-ignore
    for (const priority of ['URGENT', 'ROUTINE'] as const) {
      const days = priority === 'URGENT' ? 4 : 7;
      for (const sentAt of ['2026-12-15T20:00:00Z', '2026-12-17T15:00:00Z'].map((at) => new Date(at))) {
        const due = (clock: 'SEE' | 'ANSWER' | 'CONTACT' | 'OUTCOME') => dueAt(shut, sentAt, USUAL_TARGETS[priority][clock]); // prettier-ignore
        const dues = { seeDueAt: due('SEE'), answerDueAt: due('ANSWER'), contactDueAt: due('CONTACT'), outcomeDueAt: due('OUTCOME') }; // prettier-ignore
        const facts = { ...dues, priority, sentAt, runsFrom: sentAt, seenAt: null, contactAt: null, pausedAt: null, taken: {} }; // prettier-ignore
        for (const [status, step] of [
          ['REQUESTED', 'HAND_OVER'],
          ['ACCEPTED', 'ESCALATE_CONTACT'],
        ] as const) {
          // prettier-ignore
          const told = lived({ ...facts, status }, shut, 60_000).find((one) => one.step === step);
          const waited = ((told?.at.getTime() ?? Infinity) - sentAt.getTime()) / 86_400_000;
          expect(waited, `${priority} ${step} ${sentAt.toISOString()}`).toBeLessThanOrEqual(days + 0.3);
        }
      }
      // What was promised before the agency closed: not weeks after the promise.
      const open = new WorkCalendar({
        zone: 'America/New_York',
        week: USUAL_WEEK,
        federalHolidays: true,
        closedOn: [],
      });
      const sentAt = new Date('2026-12-01T15:00:00Z');
      const outcomeDueAt = dueAt(open, sentAt, USUAL_TARGETS[priority].OUTCOME);
      const facts = { priority, sentAt, runsFrom: sentAt, seenAt: sentAt, contactAt: sentAt, pausedAt: null, taken: {}, seeDueAt: sentAt, answerDueAt: sentAt, contactDueAt: sentAt, outcomeDueAt }; // prettier-ignore
      const told = lived({ ...facts, status: 'IN_PROGRESS' }, shut, 60_000).at(-1);
      expect(told?.step).toBe('ESCALATE_OUTCOME');
      expect((told?.at.getTime() ?? Infinity) - outcomeDueAt.getTime()).toBeLessThanOrEqual(days * 86_400_000 + 60_000);
    }
  });

  it('does not count a closed time that lies before the wait began', () => {
    fc.assert(
      fc.property(situations, ({ calendar, facts }) => {
        const later = new Date(facts.sentAt.getTime() + 30 * 86_400_000);
        const { priority } = facts;
        const contactDueAt = dueAt(calendar, later, USUAL_TARGETS[priority].CONTACT);
        const accepted = {
          ...facts,
          status: 'ACCEPTED' as const,
          contactAt: null,
          runsFrom: later,
          contactDueAt,
          outcomeDueAt: null,
        };
        expect((nextStep(accepted, calendar, later)?.at.getTime() ?? Infinity) > later.getTime()).toBe(true);
      }),
    );
  });

  it('does nothing again when it is replayed, or when the clock is set back', () => {
    fc.assert(
      fc.property(situations, fc.integer({ min: 0, max: 20 * 86_400_000 }), ({ calendar, facts }, back) => {
        const done = lived(facts, calendar, 60_000);
        const taken = Object.fromEntries(done.map(({ step, at }) => [step, at]));
        const end = done.at(-1)?.at ?? facts.sentAt;
        expect(nextStep({ ...facts, taken }, calendar, end)).toBeNull();
        const half = done.slice(0, Math.ceil(done.length / 2));
        const now = new Date((half.at(-1)?.at ?? facts.sentAt).getTime() - back);
        const next = nextStep(
          { ...facts, taken: Object.fromEntries(half.map(({ step, at }) => [step, at])) },
          calendar,
          now,
        );
        expect(next === null || !half.some(({ step }) => step === next.step)).toBe(true);
        expect(next === null || next.at > now).toBe(true);
      }),
    );
  });

  it('stands still while the agency waits, and when all is said', () => {
    fc.assert(
      fc.property(situations, fc.date({ noInvalidDate: true }), ({ calendar, facts }, now) => {
        expect(nextStep({ ...facts, pausedAt: facts.sentAt }, calendar, now)).toBeNull();
        for (const status of ['DRAFT', 'REJECTED', 'ON_HOLD', 'COMPLETED', 'FAILED', 'CANCELLED'] as const) {
          expect(nextStep({ ...facts, status }, calendar, now)).toBeNull();
        }
      }),
    );
  });
});

import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { isFederalHoliday } from './federal-holidays.js';
import { parseDay } from '../../directory/index.js';
import { dueAt, USUAL_TARGETS, type Target } from './targets.js';
import { calendarOf, USUAL_WEEK, WorkCalendar, type WorkingTimes } from './work-calendar.js';

const NEW_YORK = 'America/New_York';
const ALWAYS = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: 0, to: 1440 }));
const NIGHTS = [0, 1, 2, 3, 4].map((day) => ({ day, from: 22 * 60, to: 30 * 60 }));
const LUNCH = [0, 2, 4].flatMap((day) => [
  { day, from: 540, to: 720 },
  { day, from: 780, to: 1020 },
]);
const timesOf = (given: Partial<WorkingTimes> = {}): WorkingTimes => ({
  zone: NEW_YORK,
  week: USUAL_WEEK,
  federalHolidays: true,
  closedOn: [],
  ...given,
});
const at = (local: string, zone = NEW_YORK) => DateTime.fromISO(local, { zone }).toJSDate();
const shown = (date: Date, zone = NEW_YORK) => DateTime.fromJSDate(date, { zone }).toFormat("ccc yyyy-MM-dd'T'HH:mm");

const instants = fc.date({ min: new Date('2024-01-01'), max: new Date('2032-01-01'), noInvalidDate: true });
const zones = fc.constantFrom(
  NEW_YORK,
  'America/Phoenix',
  'Pacific/Honolulu',
  'America/Havana',
  'America/Puerto_Rico',
  'Europe/Madrid',
  'Australia/Lord_Howe',
);
const weeks = fc.constantFrom(USUAL_WEEK, ALWAYS, NIGHTS, LUNCH, [{ day: 5, from: 600, to: 960 }]);
const times = fc.record({
  zone: zones,
  week: weeks,
  federalHolidays: fc.boolean(),
  closedOn: fc.constant<string[]>([]),
});
const targets = fc.oneof(
  fc.record({ unit: fc.constant('WORKING_HOURS' as const), amount: fc.integer({ min: 1, max: 80 }) }),
  fc.record({ unit: fc.constant('WORKING_DAYS' as const), amount: fc.integer({ min: 0, max: 10 }) }),
  fc.record({ unit: fc.constant('DAYS' as const), amount: fc.integer({ min: 1, max: 92 }) }),
);
const dayOf = (date: Date, zone: string, days = 0) =>
  DateTime.fromJSDate(date, { zone }).plus({ days }).toISODate() ?? '';

describe('federal holidays', () => {
  it.each([
    ['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03', '2026-07-04', '2026-09-07'],
    ['2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25', '2021-12-31', '2023-01-02', '2027-12-24', '2027-07-05'],
  ])('%s and the others are known, those on weekends on their weekday too', (...days) => {
    expect(days.filter((day) => !isFederalHoliday(parseDay(day) ?? 0))).toEqual([]);
  });

  it('has eleven a year on weekdays, or as many as are kept in it', () => {
    for (let year = 2020; year < 2040; year += 1) {
      let count = 0;
      for (let day = DateTime.utc(year, 1, 1); day.year === year; day = day.plus({ days: 1 })) {
        if (day.weekday <= 5 && isFederalHoliday(parseDay(day.toISODate()) ?? 0)) count += 1;
      }
      expect([10, 11, 12]).toContain(count);
    }
    expect(isFederalHoliday(parseDay('2026-11-27') ?? 0)).toBe(false);
  });
});

describe('when a clock runs out', () => {
  const routine = USUAL_TARGETS.ROUTINE.ANSWER;
  const urgent = USUAL_TARGETS.URGENT.ANSWER;
  it.each<[string, string, Target, string, Partial<WorkingTimes>?]>([
    ['routine, on a Monday morning', '2026-11-16T10:00', routine, 'Wed 2026-11-18T17:00'],
    ['routine, on a Thursday', '2026-11-19T16:59', routine, 'Mon 2026-11-23T17:00'],
    ['routine, on a Saturday', '2026-11-14T12:00', routine, 'Wed 2026-11-18T17:00'],
    ['routine, after closing on a Friday', '2026-11-13T18:00', routine, 'Wed 2026-11-18T17:00'],
    ['routine, over Thanksgiving', '2026-11-25T10:00', routine, 'Mon 2026-11-30T17:00'],
    ['urgent, in the morning', '2026-11-23T09:30', urgent, 'Mon 2026-11-23T17:00'],
    ['urgent, too late in the day', '2026-11-23T15:30', urgent, 'Tue 2026-11-24T17:00'],
    ['urgent, on a Friday night', '2026-11-20T23:00', urgent, 'Mon 2026-11-23T17:00'],
    ['urgent, the evening before a holiday', '2026-11-25T16:00', urgent, 'Fri 2026-11-27T17:00'],
    ['urgent, around the clock, at night', '2026-11-21T03:00', urgent, 'Sun 2026-11-22T00:00', { week: ALWAYS }],
    ['urgent, in the middle of a night shift', '2026-11-24T02:00', urgent, 'Tue 2026-11-24T06:00', { week: NIGHTS }],
    [
      'two working hours over lunch',
      '2026-11-16T11:30',
      { amount: 2, unit: 'WORKING_HOURS' },
      'Mon 2026-11-16T14:30',
      { week: LUNCH },
    ],
    ['routine, across the end of daylight saving', '2026-10-30T10:00', routine, 'Tue 2026-11-03T17:00'],
    [
      'an hour of a night that the clocks shorten',
      '2026-03-08T01:30',
      { amount: 1, unit: 'WORKING_HOURS' },
      'Sun 2026-03-08T03:30',
      { week: ALWAYS },
    ],
    ['an outcome in fourteen days', '2026-11-16T10:00', USUAL_TARGETS.ROUTINE.OUTCOME, 'Mon 2026-11-30T17:00'],
    ['an outcome that falls on a Sunday', '2026-11-15T10:00', USUAL_TARGETS.ROUTINE.OUTCOME, 'Mon 2026-11-30T17:00'],
    ['a day the agency is closed', '2026-11-16T10:00', routine, 'Thu 2026-11-19T17:00', { closedOn: ['2026-11-17'] }],
  ])('%s', (_, sent, target, due, given = {}) => {
    expect(shown(dueAt(calendarOf(timesOf(given)), at(sent), target))).toBe(due);
  });

  it('runs out later than it starts, and never while nobody works', () => {
    fc.assert(
      fc.property(times, instants, targets, (given, start, target) => {
        const calendar = new WorkCalendar(given);
        const due = dueAt(calendar, start, target);
        expect(due > start).toBe(true);
        expect(calendar.works(due)).toBe(true);
      }),
    );
  });

  it('never runs out earlier for what was sent later', () => {
    fc.assert(
      fc.property(
        times,
        instants,
        fc.integer({ min: 0, max: 10 * 86_400_000 }),
        targets,
        (given, start, wait, target) => {
          const calendar = new WorkCalendar(given);
          const later = new Date(start.getTime() + wait);
          expect(dueAt(calendar, later, target) >= dueAt(calendar, start, target)).toBe(true);
        },
      ),
    );
  });

  it('is never earlier for a day more on which the agency is closed', () => {
    fc.assert(
      fc.property(
        times,
        instants,
        targets,
        fc.array(fc.integer({ min: -2, max: 20 }), { maxLength: 6 }),
        (given, start, target, days) => {
          const closedOn = days.map((day) => dayOf(start, given.zone, day));
          const closed = dueAt(new WorkCalendar({ ...given, closedOn }), start, target);
          expect(closed >= dueAt(new WorkCalendar(given), start, target)).toBe(true);
          const kept = dueAt(new WorkCalendar({ ...given, federalHolidays: true }), start, target);
          expect(kept >= dueAt(new WorkCalendar({ ...given, federalHolidays: false }), start, target)).toBe(true);
        },
      ),
    );
  });

  it('gives no urgent referral more time than a routine one', () => {
    fc.assert(
      fc.property(
        times,
        instants,
        fc.constantFrom('SEE', 'ANSWER', 'CONTACT', 'OUTCOME' as const),
        (given, start, clock) => {
          const calendar = new WorkCalendar(given);
          const due = (priority: 'URGENT' | 'ROUTINE') => dueAt(calendar, start, USUAL_TARGETS[priority][clock]);
          expect(due('URGENT') <= due('ROUTINE')).toBe(true);
        },
      ),
    );
  });

  it('counts working time forth and back alike', () => {
    fc.assert(
      fc.property(times, instants, fc.integer({ min: 1, max: 60 * 3_600_000 }), (given, start, ms) => {
        const calendar = new WorkCalendar(given);
        expect(calendar.between(start, calendar.add(start, ms))).toBe(ms);
      }),
    );
  });

  it('is the same whatever zone the server stands in', () => {
    const before = process.env['TZ'];
    const due = (zone: string) => {
      process.env['TZ'] = zone;
      return dueAt(new WorkCalendar(timesOf()), at('2026-11-25T16:00'), urgent).toISOString();
    };
    try {
      expect(new Set(['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Apia'].map(due)).size).toBe(1);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('ends even for an agency that says it is never open', () => {
    const never = new WorkCalendar(timesOf({ week: [] }));
    expect(dueAt(never, at('2026-11-16T10:00'), routine) > at('2026-11-16T10:00')).toBe(true);
    expect(never.add(at('2026-11-16T10:00'), 1) > at('2026-11-16T10:00')).toBe(true);
  });
});

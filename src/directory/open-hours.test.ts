import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS } from './calendar-day.js';
import { type ScheduleRow, hoursOn, isOpenAt, nextOpening, openNow, openUntil, rowProblem } from './open-hours.js';

const NY = 'America/New_York';
const at = (local: string, zone = NY) => DateTime.fromISO(local, { zone }).toJSDate();
const local = (instant: Date | null, zone = NY) =>
  instant && DateTime.fromJSDate(instant, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
const times = (rows: ScheduleRow[], date: string, zone = NY) =>
  hoursOn(rows, zone, date).map((one) => `${one.opensAt}–${one.closesAt}`);
const week: ScheduleRow = { freq: 'WEEKLY', byday: 'MO,TU,WE,TH,FR', opensAt: '09:00', closesAt: '17:00' };

describe('opening hours', () => {
  it('of a plain week open at nine sharp and are closed at five', () => {
    expect(isOpenAt([week], NY, at('2026-11-23T08:59:59'))).toBe(false);
    expect(isOpenAt([week], NY, at('2026-11-23T09:00'))).toBe(true);
    expect(isOpenAt([week], NY, at('2026-11-23T16:59:59'))).toBe(true);
    expect(isOpenAt([week], NY, at('2026-11-23T17:00'))).toBe(false);
    expect(isOpenAt([week], NY, at('2026-11-22T12:00'))).toBe(false);
    expect(local(nextOpening([week], NY, at('2026-11-20T17:00')))).toBe('2026-11-23T09:00');
    expect(local(nextOpening([week], NY, at('2026-11-23T09:00')))).toBe('2026-11-24T09:00');
    expect(local(openUntil([week], NY, at('2026-11-23T10:00')))).toBe('2026-11-23T17:00');
  });

  it('are read in the zone of the place, not of the reader', () => {
    const noonInNewYork = at('2026-11-23T12:00');
    expect(isOpenAt([week], NY, noonInNewYork)).toBe(true);
    expect(isOpenAt([week], 'Pacific/Honolulu', noonInNewYork)).toBe(false);
    expect(() => isOpenAt([week], 'Nowhere/Land', noonInNewYork)).toThrow('"Nowhere/Land" is not a time zone');
  });

  it('past midnight belong to the day they begin on', () => {
    const shelter: ScheduleRow = { freq: 'WEEKLY', byday: 'SA', opensAt: '19:00', closesAt: '07:00' };
    expect(times([shelter], '2026-11-21')).toEqual(['19:00–07:00']);
    expect(times([shelter], '2026-11-22')).toEqual([]);
    expect(isOpenAt([shelter], NY, at('2026-11-22T06:59'))).toBe(true);
    expect(isOpenAt([shelter], NY, at('2026-11-22T07:00'))).toBe(false);
    expect(local(openUntil([shelter], NY, at('2026-11-21T23:00')))).toBe('2026-11-22T07:00');
  });

  it('of 24 hours have no gap at midnight and never close', () => {
    const always: ScheduleRow = { freq: 'WEEKLY', byday: WEEKDAYS.join(','), opensAt: '00:00', closesAt: '23:59' };
    expect(isOpenAt([always], NY, at('2026-11-22T23:59:30'))).toBe(true);
    expect(openUntil([always], NY, at('2026-11-22T12:00'))).toBeNull();
    expect(nextOpening([always], NY, at('2026-11-22T12:00'))).toBeNull();
    expect(openNow([always], NY, at('2026-11-22T12:00'))).toMatchObject({ state: 'OPEN', closesAt: null });
  });

  it('of several rows come together', () => {
    const rows: ScheduleRow[] = [
      { freq: 'WEEKLY', byday: 'MO', opensAt: '13:00', closesAt: '17:00' },
      { freq: 'WEEKLY', byday: 'MO', opensAt: '08:00', closesAt: '12:00' },
      { freq: 'WEEKLY', byday: 'MO', opensAt: '11:30', closesAt: '12:30' },
    ];
    expect(times(rows, '2026-11-23')).toEqual(['08:00–12:30', '13:00–17:00']);
    expect(local(nextOpening(rows, NY, at('2026-11-23T12:45')))).toBe('2026-11-23T13:00');
  });

  it('on a holiday follow the holiday row, closed or shorter, and only then', () => {
    const rows: ScheduleRow[] = [
      week,
      { validFrom: '2026-11-26', validTo: '2026-11-26' },
      { validFrom: '2026-11-27', validTo: '2026-11-27', opensAt: '09:00', closesAt: '12:00' },
    ];
    expect(times(rows, '2026-11-25')).toEqual(['09:00–17:00']);
    expect(times(rows, '2026-11-26')).toEqual([]);
    expect(times(rows, '2026-11-27')).toEqual(['09:00–12:00']);
    expect(times(rows, '2026-11-30')).toEqual(['09:00–17:00']);
  });

  it('within a holiday period are the period’s alone, and a day inside it may differ again', () => {
    const rows: ScheduleRow[] = [
      week,
      { validFrom: '2026-12-21', validTo: '2027-01-03', byday: 'MO,TU', opensAt: '10:00', closesAt: '14:00' },
      { validFrom: '2026-12-29', validTo: '2026-12-29' },
    ];
    expect(times(rows, '2026-12-22')).toEqual(['10:00–14:00']);
    expect(times(rows, '2026-12-23')).toEqual([]);
    expect(times(rows, '2026-12-29')).toEqual([]);
    expect(times(rows, '2027-01-04')).toEqual(['09:00–17:00']);
  });

  it('in a long season rule the days the season names and leave the others', () => {
    const rows: ScheduleRow[] = [
      week,
      { validFrom: '2026-01-15', validTo: '2026-04-15', byday: 'SA', opensAt: '09:00', closesAt: '13:00' },
      { validFrom: '2026-06-01', validTo: '2026-08-31' },
    ];
    expect(times(rows, '2026-02-07')).toEqual(['09:00–13:00']);
    expect(times(rows, '2026-02-09')).toEqual(['09:00–17:00']);
    expect(times(rows, '2026-07-08')).toEqual([]);
    expect(times(rows, '2026-09-02')).toEqual(['09:00–17:00']);
  });

  it('that ended or have not begun do not hold', () => {
    expect(times([{ ...week, validTo: '2026-11-20' }], '2026-11-23')).toEqual([]);
    expect(times([{ ...week, validFrom: '2026-11-24' }], '2026-11-23')).toEqual([]);
    expect(times([{ ...week, until: '2026-11-20' }], '2026-11-23')).toEqual([]);
  });

  it('of the second Monday, the last Friday and the 15th fall on those days', () => {
    const row = (over: ScheduleRow): ScheduleRow => ({ freq: 'MONTHLY', opensAt: '09:00', closesAt: '10:00', ...over });
    const days = (rows: ScheduleRow[]) =>
      Array.from({ length: 30 }, (_, i) => i + 1).filter(
        (d) => times(rows, `2026-11-${String(d).padStart(2, '0')}`).length > 0,
      );
    expect(days([row({ byday: '2MO' })])).toEqual([9]);
    expect(days([row({ byday: '-1FR' })])).toEqual([27]);
    expect(days([row({ bymonthday: '15,-1' })])).toEqual([15, 30]);
    expect(days([row({ freq: 'WEEKLY', byday: '1SA,3SA' })])).toEqual([7, 21]);
    expect(days([row({ freq: 'WEEKLY', byday: 'TH', interval: 2, dtstart: '2026-11-05' })])).toEqual([5, 19]);
  });

  it('that cannot be read are not guessed', () => {
    expect(rowProblem({ ...week, interval: 2 })).toBe('interval 2 needs dtstart');
    expect(rowProblem({ ...week, byday: 'Monday' })).toBe('byday "Monday" is not a list such as MO,TU or 2MO');
    expect(rowProblem({ ...week, closesAt: 'dusk' })).toBe(
      'opens_at and closes_at are not two times such as 09:00 and 17:00',
    );
    expect(rowProblem({ byday: 'MO' })).toBe('it names no times');
    expect(rowProblem(week)).toBeNull();
    expect(openNow([{ byday: 'MO' }], NY, at('2026-11-23T12:00')).state).toBe('UNKNOWN');
    expect(openNow([], NY, at('2026-11-23T12:00')).state).toBe('UNKNOWN');
    expect(times([{ ...week, opensAt: '9:00:00-05:00', closesAt: '17:00Z' }], '2026-11-23')).toEqual(['09:00–17:00']);
    expect(() => hoursOn([week], NY, '23 Nov')).toThrow('is not a date');
  });
});

describe('when the clocks change', () => {
  it('an opening inside the skipped hour begins when the hour is skipped', () => {
    const early: ScheduleRow = { byday: 'SU', opensAt: '02:30', closesAt: '04:00' };
    const [day] = hoursOn([early], NY, '2026-03-08');
    expect(day?.opens.toISOString()).toBe('2026-03-08T07:00:00.000Z');
    expect(day?.closes.toISOString()).toBe('2026-03-08T08:00:00.000Z');
  });

  it('a night lasts an hour less in spring and an hour more in autumn', () => {
    const night: ScheduleRow = { byday: 'SA', opensAt: '20:00', closesAt: '08:00' };
    const hours = (date: string) =>
      hoursOn([night], NY, date).map((one) => (one.closes.getTime() - one.opens.getTime()) / 3_600_000);
    expect(hours('2026-03-07')).toEqual([11]);
    expect(hours('2026-10-31')).toEqual([13]);
    expect(hours('2026-11-07')).toEqual([12]);
  });

  it('the reading of the wall clock decides: inside the hours it is open, on any day in any zone', () => {
    const zones = [
      NY,
      'America/Los_Angeles',
      'America/Phoenix',
      'Australia/Lord_Howe',
      'Europe/Dublin',
      'UTC',
      'America/St_Johns',
    ];
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        minute,
        minute,
        fc.integer({ min: 0, max: 366 * 1440 }),
        (zone, opens, closes, offset) => {
          const clock = (m: number) =>
            `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
          const rows: ScheduleRow[] = [{ opensAt: clock(opens), closesAt: clock(closes) }];
          const instant = new Date(Date.UTC(2026, 0, 1) + offset * 60_000);
          const wall = DateTime.fromJSDate(instant, { zone });
          const now = wall.hour * 60 + wall.minute;
          const end = closes === 1439 ? 1440 : closes;
          const inside = end > opens ? now >= opens && now < end : now >= opens || now < end;
          const open = isOpenAt(rows, zone, instant);
          if (inside) expect(open).toBe(true);
          else if (wall.getPossibleOffsets().length === 1) expect(open).toBe(false);
        },
      ),
      { numRuns: 1500 },
    );
  });
});

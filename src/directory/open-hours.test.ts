import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { RRule } from 'rrule';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS, dayIn, isoDate, parseDay, wallClockIn } from './calendar-day.js';
import {
  type ScheduleRow,
  hoursOn,
  isOpenAt,
  isOpenBy,
  minutesOf,
  nextOpening,
  openNow,
  openUntil,
  readHours,
  rowProblem,
} from './open-hours.js';
import { recurrenceOf } from './recurrence.js';

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

// rrule is the oracle of recurrence: the same row must give the same days.
const names = { MO: RRule.MO, TU: RRule.TU, WE: RRule.WE, TH: RRule.TH, FR: RRule.FR, SA: RRule.SA, SU: RRule.SU };
const startDay = parseDay('2026-01-01') ?? 0;
const date = fc.integer({ min: 0, max: 200 }).map((n) => isoDate(startDay + n));
const weekdays = fc.subarray([...WEEKDAYS], { minLength: 1 });
const shared = {
  dtstart: date,
  interval: fc.integer({ min: 1, max: 4 }),
  wkst: fc.constantFrom('MO', 'SU', 'TH', null),
  end: fc.oneof(
    fc.constant({}),
    fc.record({ until: fc.integer({ min: 100, max: 500 }).map((n) => isoDate(startDay + n)) }),
    fc.record({ count: fc.integer({ min: 1, max: 30 }) }),
  ),
};
const weekly = fc.record({
  ...shared,
  freq: fc.constant('WEEKLY'),
  byday: fc.option(
    weekdays.map((list) => list.join(',')),
    { nil: null },
  ),
});
// Not mixed in one row: rrule drops the plain weekdays beside an ordinal one, where RFC 5545 joins them.
const ordinal = fc.tuple(fc.constantFrom('1', '2', '3', '4', '5', '-1', '-2'), fc.constantFrom(...WEEKDAYS));
const ordinals = fc.oneof(
  fc
    .uniqueArray(
      ordinal.map((pair) => pair.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((list) => list.join(',')),
  weekdays.map((list) => list.join(',')),
);
const monthDays = fc
  .uniqueArray(fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -3, max: -1 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list) => list.join(','));
const monthly = fc.record({
  ...shared,
  freq: fc.constant('MONTHLY'),
  byday: fc.option(ordinals, { nil: null }),
  bymonthday: fc.option(monthDays, { nil: null }),
});

function oracle(row: ScheduleRow, from = '2026-01-01', to = '2028-01-01'): string[] {
  const utc = (iso: string) => new Date(`${iso}T00:00:00Z`);
  const rule = new RRule({
    freq: row.freq === 'WEEKLY' ? RRule.WEEKLY : RRule.MONTHLY,
    dtstart: utc(row.dtstart ?? ''),
    interval: row.interval ?? 1,
    wkst: row.wkst ? names[row.wkst as keyof typeof names] : null,
    // rrule looks for a day that never comes until the year 9999.
    until: utc(row.until ?? '2028-02-01'),
    count: row.count ?? null,
    byweekday:
      row.byday?.split(',').map((part) => {
        const weekday = names[part.slice(-2) as keyof typeof names];
        return part.length > 2 ? weekday.nth(Number(part.slice(0, -2))) : weekday;
      }) ?? null,
    bymonthday: row.bymonthday?.split(',').map(Number) ?? null,
  });
  return rule.between(utc(from), utc(to), true).map((day) => day.toISOString().slice(0, 10));
}

describe('recurrence', () => {
  it('gives the same days as rrule for weekly and monthly rows', () => {
    fc.assert(
      fc.property(fc.oneof(weekly, monthly), ({ end, ...given }) => {
        const row: ScheduleRow = { ...given, ...end };
        const recurrence = recurrenceOf(row);
        if ('problem' in recurrence) throw new Error(recurrence.problem);
        const days = Array.from({ length: 731 }, (_, i) => startDay + i).filter((day) => recurrence.occursOn(day));
        expect(days.map(isoDate).filter((day) => day <= '2028-01-01')).toEqual(oracle(row));
      }),
      { numRuns: 400 },
    );
  });

  it('and opening agree: the next opening is open, and nothing opens before it', () => {
    fc.assert(
      fc.property(fc.oneof(weekly, monthly), fc.integer({ min: 0, max: 300 * 24 }), ({ end, ...given }, hour) => {
        const row: ScheduleRow = { ...given, ...end, opensAt: '22:00', closesAt: '03:00' };
        const instant = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000);
        const next = nextOpening([row], NY, instant);
        if (!next) return;
        expect(next > instant).toBe(true);
        expect(isOpenAt([row], NY, next)).toBe(true);
        expect(isOpenAt([row], NY, new Date(next.getTime() - 1))).toBe(false);
        for (let day = dayIn(NY, instant) + 1; day < dayIn(NY, next); day += 1) {
          expect(hoursOn([row], NY, isoDate(day))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});

// Several rows at once, of a service or of its place, held against rrule for the days and luxon for the clock.
const zones = [
  'America/New_York',
  'America/Los_Angeles',
  'America/Phoenix',
  'Pacific/Honolulu',
  'America/St_Johns',
  'Australia/Lord_Howe',
];
const quarter = fc.integer({ min: 0, max: 95 }).map((n) => {
  const minutes = n * 15;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
});
const hours = fc.oneof(
  fc.record({ opensAt: quarter, closesAt: quarter }),
  fc.constantFrom(
    { opensAt: '00:00', closesAt: '23:59' },
    { opensAt: '00:00', closesAt: '24:00' },
    { opensAt: '00:00', closesAt: '00:00' },
    { opensAt: '18:00', closesAt: '02:30' },
    { opensAt: '02:15', closesAt: '02:45' },
  ),
);
const validity = fc.oneof(
  fc.constant({}),
  fc.record({ validFrom: date }),
  fc.record({ validTo: fc.integer({ min: 100, max: 420 }).map((n) => isoDate(startDay + n)) }),
);
const severalRows = fc.array(
  fc
    .tuple(fc.oneof(weekly, monthly), hours, validity)
    .map(([{ end, ...given }, times, valid]): ScheduleRow => ({ ...given, ...end, ...times, ...valid })),
  { minLength: 1, maxLength: 4 },
);
// Half of the instants lie in the hours around a change of clocks.
const changes = ['2026-03-08', '2026-11-01', '2027-03-14', '2026-04-05', '2026-10-04'].map((day) =>
  Date.parse(`${day}T00:00:00Z`),
);
const instants = fc.oneof(
  fc.integer({ min: 0, max: 500 * 24 * 12 }).map((n) => new Date(Date.UTC(2026, 0, 1) + n * 300_000)),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -36 * 12, max: 48 * 12 }))
    .map(([at, n]) => new Date(at + n * 300_000)),
);

/** Whether a row is open by the wall clock: the day it began on is one of rrule's, within the row's validity. */
function openByOracle(row: ScheduleRow, wall: DateTime): boolean {
  const [from, to] = [minutesOf(row.opensAt) ?? 0, minutesOf(row.closesAt) ?? 0];
  const until = to === 1439 ? 1440 : to > from ? to : to + 1440;
  const now = wall.hour * 60 + wall.minute;
  const iso = (day: DateTime): string => day.toISODate() ?? '';
  const days = new Set(oracle(row, iso(wall.minus({ days: 1 })), iso(wall)));
  const holds = (day: DateTime): boolean => {
    const date = iso(day);
    return days.has(date) && date >= (row.validFrom ?? '') && date <= (row.validTo ?? '9999');
  };
  return (now >= from && now < until && holds(wall)) || (now + 1440 < until && holds(wall.minus({ days: 1 })));
}

describe('opening hours of several rows', () => {
  it('agree with rrule and the wall clock, overnight, around the clock and across its changes', () => {
    fc.assert(
      fc.property(severalRows, fc.constantFrom(...zones), instants, (rows, zone, instant) => {
        const wall = DateTime.fromJSDate(instant, { zone });
        const expected = rows.some((row) => openByOracle(row, wall));
        // Of an hour that comes twice an opening holds through both; rows that meet there are not told apart by the wall.
        if (wall.getPossibleOffsets().length > 1 && !expected) return;
        expect(isOpenAt(rows, zone, instant)).toBe(expected);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  it('are the same when many places are asked at one instant', () => {
    fc.assert(
      fc.property(severalRows, fc.constantFrom(...zones), instants, (rows, zone, instant) => {
        const clock = { zone, instant, ...wallClockIn(zone, instant) };
        expect(isOpenBy(readHours(rows), clock)).toBe(isOpenAt(rows, zone, instant));
      }),
      { numRuns: 1500 },
    );
  });

  it('are the same with holidays, closures and seasons among them', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 120 })).map(([from, length]) => ({
      validFrom: isoDate(startDay + from),
      validTo: isoDate(startDay + from + length),
    }));
    const special = fc.oneof(
      span,
      fc.tuple(span, hours).map(([valid, times]): ScheduleRow => ({ ...valid, ...times })),
    );
    fc.assert(
      fc.property(
        severalRows,
        fc.array(special, { maxLength: 3 }),
        fc.constantFrom(...zones),
        instants,
        (rows, more, zone, instant) => {
          const all = [...rows, ...more];
          const clock = { zone, instant, ...wallClockIn(zone, instant) };
          expect(isOpenBy(readHours(all), clock)).toBe(isOpenAt(all, zone, instant));
        },
      ),
      { numRuns: 800 },
    );
  });
});

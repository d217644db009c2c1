import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { RRule } from 'rrule';
import { describe, expect, it } from 'vitest';
import { WEEKDAYS, dayIn, isoDate, parseDay, wallClockIn } from './calendar-day.js';
import { type ScheduleRow, hoursOn, isOpenAt, isOpenBy, minutesOf, nextOpening, readHours } from './open-hours.js';
import { recurrenceOf } from './recurrence.js';

const NY = 'America/New_York';
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

/** A row with all its days by rrule, asked once: the same days serve every instant that is looked at. */
interface Known {
  row: ScheduleRow;
  days: ReadonlySet<string>;
}
const known = (row: ScheduleRow): Known => ({ row, days: new Set(oracle(row, '2025-12-30', '2027-06-30')) });
const iso = (day: DateTime): string => day.toISODate() ?? '';

/** Whether a row is open by the wall clock: the day it began on is one of rrule's, within the row's validity. */
function openByOracle({ row, days }: Known, wall: DateTime): boolean {
  const [from, to] = [minutesOf(row.opensAt) ?? 0, minutesOf(row.closesAt) ?? 0];
  const until = to === 1439 ? 1440 : to > from ? to : to + 1440;
  const now = wall.hour * 60 + wall.minute;
  const holds = (day: DateTime): boolean => {
    const date = iso(day);
    return days.has(date) && date >= (row.validFrom ?? '') && date <= (row.validTo ?? '9999');
  };
  return (now >= from && now < until && holds(wall)) || (now + 1440 < until && holds(wall.minus({ days: 1 })));
}

/** Which row, which of its days, which end of its hours, and so many minutes beside it: where an answer turns. */
const edges = fc.array(
  fc.record({
    row: fc.nat(),
    day: fc.nat(),
    end: fc.constantFrom('opensAt', 'closesAt'),
    beside: fc.integer({ min: -1, max: 1 }),
  }),
  { minLength: 4, maxLength: 4 },
);
function instantAt(
  rows: readonly Known[],
  zone: string,
  edge: { row: number; day: number; end: 'opensAt' | 'closesAt'; beside: number },
) {
  const one = rows[edge.row % rows.length];
  const day = one && [...one.days][edge.day % Math.max(1, one.days.size)];
  if (!one || !day) return [];
  const minutes = (minutesOf(one.row[edge.end]) ?? 0) + edge.beside;
  return [DateTime.fromISO(day, { zone }).plus({ minutes }).toJSDate()];
}

describe('opening hours of several rows', () => {
  it('agree with rrule and the wall clock, overnight, around the clock and across its changes', () => {
    const somewhere = fc.array(instants, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(severalRows, fc.constantFrom(...zones), somewhere, edges, (given, zone, some, turns) => {
        const rows = given.map(known);
        for (const instant of [...some, ...turns.flatMap((turn) => instantAt(rows, zone, turn))]) {
          const wall = DateTime.fromJSDate(instant, { zone });
          const expected = rows.some((row) => openByOracle(row, wall));
          // Of an hour that comes twice an opening holds through both; rows that meet there are not told apart by the wall.
          if (wall.getPossibleOffsets().length > 1 && !expected) continue;
          expect(isOpenAt(given, zone, instant)).toBe(expected);
        }
      }),
      { numRuns: 100 },
    );
  });

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

import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { answerDueAt } from './answer-due.js';

const zone = 'America/New_York';
const at = (local: string) => DateTime.fromISO(local, { zone }).toJSDate();
const shown = (date: Date) => DateTime.fromJSDate(date, { zone }).toFormat("ccc yyyy-MM-dd'T'HH:mm");

describe('when an answer is due', () => {
  it.each([
    ['a routine one, on a Monday morning', '2026-11-23T10:00', 'ROUTINE', 'Wed 2026-11-25T17:00'],
    ['a routine one, on a Thursday', '2026-11-19T16:59', 'ROUTINE', 'Mon 2026-11-23T17:00'],
    ['a routine one, on a Saturday', '2026-11-21T12:00', 'ROUTINE', 'Wed 2026-11-25T17:00'],
    ['a routine one, after closing on a Friday', '2026-11-20T18:00', 'ROUTINE', 'Wed 2026-11-25T17:00'],
    ['an urgent one, in the morning', '2026-11-23T09:30', 'URGENT', 'Mon 2026-11-23T17:00'],
    ['an urgent one, too late in the day', '2026-11-23T15:30', 'URGENT', 'Tue 2026-11-24T17:00'],
    ['an urgent one, on a Friday night', '2026-11-20T23:00', 'URGENT', 'Mon 2026-11-23T17:00'],
    ['a routine one, across the end of daylight saving', '2026-10-30T10:00', 'ROUTINE', 'Tue 2026-11-03T17:00'],
  ] as const)('%s', (_, sent, priority, due) => {
    expect(shown(answerDueAt(at(sent), zone, priority))).toBe(due);
  });

  it('is later than the sending, on a weekday at five, and never later for an urgent one', () => {
    const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    const zones = fc.constantFrom(zone, 'America/Phoenix', 'Pacific/Honolulu', 'Europe/Madrid');
    fc.assert(
      fc.property(instants, zones, (sent, where) => {
        const urgent = answerDueAt(sent, where, 'URGENT');
        const routine = answerDueAt(sent, where, 'ROUTINE');
        const day = DateTime.fromJSDate(routine, { zone: where });
        expect(urgent > sent && routine >= urgent).toBe(true);
        expect([day.hour, day.minute, day.weekday <= 5]).toEqual([17, 0, true]);
      }),
    );
  });
});

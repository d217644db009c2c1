import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { appointmentIn, waitlistIn } from './read-when.js';

const NOW = new Date('2026-11-18T15:00:00Z');
const ZONE = 'America/Chicago';
const at = (text: string) => appointmentIn(text, NOW, ZONE)?.appointmentAt.toISOString() ?? null;

describe('when and where, as people write it', () => {
  it('is read in any usual way, in the time of the agency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 300 * 24 * 60 }),
        fc.constantFrom(
          'M/d',
          'M/d/yyyy',
          'M/d/yy',
          'MM/dd/yyyy',
          'M-d-yyyy',
          'LLL d',
          'LLLL d, yyyy',
          'd LLL',
          'EEE LLL d',
        ),
        fc.constantFrom('h:mm a', 'h:mma', "h:mm 'p.m.'", 'HH:mm'),
        fc.constantFrom(', ', ' at ', ' a las ', '\n', ' - '),
        (minutes, date, time, between) => {
          const local = DateTime.fromJSDate(NOW, { zone: ZONE }).plus({ minutes }).startOf('minute');
          const half = time.includes('p.m.') ? (local.hour < 12 ? time.replace('p.m.', 'a.m.') : time) : time;
          const text = `${local.toFormat(date)}${between}${local.toFormat(half).toLowerCase()}\n12 Main Street`;
          const found = appointmentIn(text, NOW, ZONE);
          // Hours without am or pm that could be either are nobody's.
          if (time === 'HH:mm' && local.hour < 8) {
            expect(found).toBeNull();
            return;
          }
          // The hour that comes twice in autumn is the first of the two.
          const wall = DateTime.fromObject(local.toObject(), { zone: ZONE });
          expect(found?.appointmentAt.getTime()).toBe(wall.toMillis());
          expect(found?.appointmentPlace).toBe('12 Main Street');
        },
      ),
    );
  });

  it('is no appointment when it is past, in the gap of the clocks, or could be another hour or day', () => {
    for (const text of [
      '',
      'soon',
      '12/3',
      '2:30 pm',
      '12/3 2:30',
      '13/3 2:30 pm',
      '2/30 10:00',
      '12/3 14 pm',
      '12/3 25:00',
      '11/17/2026 2 pm',
      '3/14/2027 2:30 am',
      '1-2 weeks, 10:00',
      '443-555-0142 2 pm',
      '12/3 or 12/4, 2 pm',
      'Dec 3 or Dec 4, 2 pm',
      'Dec 3 or 12/4, 2 pm',
      'Feb 30, 2 pm',
      'Thursday 2 pm',
      'maybe 3, 2 pm',
      '12/3, 2 pm or 4 pm',
      '1/2 hour early, 10:00',
    ]) {
      expect([text, at(text)]).toEqual([text, null]);
    }
    expect(at('12/3 2 pm')).toBe('2026-12-03T20:00:00.000Z');
    expect(at('1/3 14:30')).toBe('2027-01-03T20:30:00.000Z');
    for (const text of [
      'Thursday, Dec 3rd at 2 pm',
      'el jueves 3 de diciembre a las 2 pm',
      'jue 3 dic. 14:00',
      'December 3, 2026 2pm',
      '3 de diciembre de 2026, 2 p.m.',
    ]) {
      expect([text, at(text)]).toEqual([text, '2026-12-03T20:00:00.000Z']);
    }
    expect(at('mar 1 dic 2 pm')).toBe('2026-12-01T20:00:00.000Z');
    expect(at('Mar 1 2 pm')).toBe('2027-03-01T20:00:00.000Z');
  });

  it('finds a place on a list and a day, and nothing where there is none', () => {
    const list = (text: string) => Object.values(waitlistIn(text, NOW, ZONE));
    expect(list('#4')).toEqual([4, null]);
    expect(list('Place 12, from 3/15')).toEqual([12, '2027-03-15']);
    expect(list('puesto: 7')).toEqual([7, null]);
    expect(list('call 443-555-0142')).toEqual([null, null]);
    expect(list('11/1/2026')).toEqual([null, null]);
  });
});

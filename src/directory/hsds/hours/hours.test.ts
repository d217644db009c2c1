import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHours } from './parse.js';
import { printHours } from './print.js';
import { type Day, type OpeningRule, type Span, toRules } from './rule.js';
import { readClock } from './times.js';
import { weekdays } from './weekdays.js';

const read = (text: string) => parseHours(text)?.rules.map((r) => `${r.byday} ${r.opensAt}-${r.closesAt}`);

describe('hours in prose', () => {
  it.each([
    ['Monday-Friday, 9am-5pm', ['MO,TU,WE,TH,FR 09:00-17:00']],
    ['M-F 8:30-4:30', ['MO,TU,WE,TH,FR 08:30-16:30']],
    ['24 hours a day, 7 days a week', ['MO,TU,WE,TH,FR,SA,SU 00:00-23:59']],
    ['24/7', ['MO,TU,WE,TH,FR,SA,SU 00:00-23:59']],
    ['2nd and 4th Tuesday 10am-12pm', ['2TU,4TU 10:00-12:00']],
    ['1st &amp; 3rd Saturday Each Month 11:00am - 2:00pm', ['1SA,3SA 11:00-14:00']],
    ['Fri2nd 1500-1700; FriLast 0900-1100', ['2FR 15:00-17:00', '-1FR 09:00-11:00']],
    ['Monday: Closed Tuesday: 12:30 PM - 02:30 PM Wednesday: Closed', ['TU 12:30-14:30']],
    ['Every Monday 9:00AM 12:00PM \\n Every Wednesday 12:00PM 5:00PM', ['MO 09:00-12:00', 'WE 12:00-17:00']],
    ['Friday: 14:00:00-17:00:00, 14:00:00-17:00:00; Saturday: 10:00:00-13:00:00', ['FR 14:00-17:00', 'SA 10:00-13:00']],
    [
      '<table><tr><td>Monday</td><td>Closed</td></tr><tr><td>Sunday</td><td><time>5:00 PM - 6:30 PM</time></td></tr></table>',
      ['SU 17:00-18:30'],
    ],
    ['Mon - Wed, Fri 9-12', ['MO,TU,WE,FR 09:00-12:00']],
    [
      'Thursdays 4:30-6:00pm, First Tuesday of the month: Tuesday 9:00am-11:00am and 4:30pm-6:00pm',
      ['1TU 09:00-11:00', '1TU 16:30-18:00', 'TH 16:30-18:00'],
    ],
    [
      'Mondays, Wednesdays, and Fridays: 8:45-11:30 am and 1:30-4:00 pm',
      ['MO,WE,FR 08:45-11:30', 'MO,WE,FR 13:30-16:00'],
    ],
    ['9am-5pm Monday-Friday', ['MO,TU,WE,TH,FR 09:00-17:00']],
    ['Friday 7 p.m. to 7 a.m.', ['FR 19:00-07:00']],
    ['M - Th: 9a-4p', ['MO,TU,WE,TH 09:00-16:00']],
    ['Monday & Friday 9:00 am-12:00 pm except holidays', ['MO,FR 09:00-12:00']],
    ['Monthly; 3rd Tuesday 11:00 AM 2:00 PM', ['3TU 11:00-14:00']],
    ['Monday - Friday 9am-5pm (closed 1-2pm)', ['MO,TU,WE,TH,FR 09:00-13:00', 'MO,TU,WE,TH,FR 14:00-17:00']],
    [
      'M-F 9-5, closed noon-1; 2nd & 4th Sat 10-12',
      ['MO,TU,WE,TH,FR 09:00-12:00', 'MO,TU,WE,TH,FR 13:00-17:00', '2SA,4SA 10:00-12:00'],
    ],
    ['Mon-Thu 8:30-4:30, closed for lunch 12-1', ['MO,TU,WE,TH 08:30-12:00', 'MO,TU,WE,TH 13:00-16:30']],
    ['Lunes a viernes de 9:00 a 17:00', ['MO,TU,WE,TH,FR 09:00-17:00']],
    ['lunes a viernes 9am-5pm', ['MO,TU,WE,TH,FR 09:00-17:00']],
    ['Martes y jueves de 9 a.m. a 5 p.m.', ['TU,TH 09:00-17:00']],
    ['lun-vie 8:00-16:00; sáb 9-12', ['MO,TU,WE,TH,FR 08:00-16:00', 'SA 09:00-12:00']],
    ['Lun, Mar, Mié: 10am a 2pm', ['MO,TU,WE 10:00-14:00']],
    ['Sábados 9:00-13:00. Domingos cerrado', ['SA 09:00-13:00']],
    ['Primer y tercer sábado del mes, de 9am a mediodía', ['1SA,3SA 09:00-12:00']],
    ['Todos los días, 24 horas', ['MO,TU,WE,TH,FR,SA,SU 00:00-23:59']],
    ['Weekdays noon to 4', ['MO,TU,WE,TH,FR 12:00-16:00']],
  ])('%s', (text, rules) => expect(read(text)).toEqual(rules));

  it.each([
    'Call for hours',
    'Tuesday 1-3',
    'M-S 9-12pm',
    'Every other Tuesday 9am-11am',
    'Every 2nd Friday 10:30am-11:30am',
    'Twice per Month Saturday 8:30AM 9:30AM',
    'Saturday: 10:00 PM - 02:00 AM except in July',
    'Saturday: 10:00 PM - 02:00 PM',
    'Thursday 5:00 PM 1:00 PM',
    'Sunday: 7:00:00-14:00:00, 10:00:00-20:00:00',
    'Monday - Friday 9am-5pm, closed 7-4',
    'Monday - Friday 9am-5pm, closed 6pm-7pm',
    'Monday - Friday 9am-5pm, closed noon-1 Wednesday',
    'Lunes a viernes, llame antes de las 9',
    'Mar-Oct 9am-5pm',
    'Third Week of Month Saturday 9:00 AM 12:00 PM',
    '8:30 am - 10:30 am',
    '1st Monday and Tuesday 9am-10am',
    'Pantry is open on the second-to-last Wednesday of every month from 8 a.m. – 12 p.m.',
    'monthly Sunday 2pm 4pm',
    'Saturday: 4:00:00-6:00:00',
    '(610) 933-1105',
    'Monday',
    'Monday - Friday 9am - 5pm, Saturday by appointment',
  ])('leaves as text what is not certain: %s', (text) => expect(parseHours(text)).toBeUndefined());

  it('keeps a remark that says no hours', () => {
    expect(parseHours('Tuesdays: 9:00 a.m. - 11:00 a.m.\n\nPlease call for an appointment.')).toMatchObject({
      rules: [{ byday: 'TU', opensAt: '09:00', closesAt: '11:00' }],
      notes: 'Please call for an appointment.',
    });
    expect(parseHours('Tuesdays 2:30pm to 4pm (Behind the church hall)')?.notes).toBe('Behind the church hall');
  });

  it.each([
    ['8:30AM', '08:30'],
    ['9:00', '09:00'],
    ['17:00:00', '17:00'],
    ['1 p.m.', '13:00'],
    ['1500', '15:00'],
    ['12:00am', '00:00'],
    ['noon', '12:00'],
    ['25:00', undefined],
    ['Nights', undefined],
  ])('reads the single time %s', (text, clock) => expect(readClock(text)).toBe(clock));

  const day = fc.record({ ordinal: fc.constantFrom(0, 1, 2, 3, 4, 5, -1), weekday: fc.constantFrom(...weekdays) });
  const span = fc.oneof(
    fc.tuple(fc.integer({ min: 0, max: 1438 }), fc.integer({ min: 1, max: 1439 })).filter(([a, b]) => a < b),
    fc
      .tuple(fc.integer({ min: 720, max: 1439 }), fc.integer({ min: 1440, max: 2160 }))
      .filter(([a, b]) => b - a <= 960),
  );
  const rules: fc.Arbitrary<OpeningRule[]> = fc
    .array(fc.record({ day, span: span.map(([opens, closes]): Span => ({ opens, closes })) }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((openings: { day: Day; span: Span }[]) => toRules(openings))
    .filter((r): r is OpeningRule[] => r !== undefined);

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(rules, (r) => {
        expect(parseHours(printHours(r))?.rules).toEqual(r);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws, whatever is written', () => {
    const words = fc.constantFrom(
      'Mon',
      'to',
      '-',
      '9',
      '9am',
      '5 pm',
      ',',
      ';',
      '2nd',
      'closed',
      '24/7',
      'and',
      '(x)',
      '\n',
      'daily',
      '&amp;',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((w) => w.join(' ')),
        ),
        (text) => void parseHours(text),
      ),
    );
  });
});

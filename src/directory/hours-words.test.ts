import { expect, it } from 'vitest';
import { daysInWords, irregularInWords, spanInWords } from './hours-words.js';

const month = { count: 1, unit: 'MONTH' } as const;

it.each([
  [month, [['MO', 2]], [], 'second Monday of the month', 'segundo lunes de cada mes'],
  [
    month,
    [
      ['WE', 2],
      ['WE', 4],
    ],
    [],
    'second and fourth Wednesday of the month',
    'segundo y cuarto miércoles de cada mes',
  ],
  [
    month,
    [
      ['TU', 1],
      ['FR', -1],
    ],
    [],
    'first Tuesday and last Friday of the month',
    'primer martes y último viernes de cada mes',
  ],
  [month, [['SA', null]], [], 'every Saturday of the month', 'cada sábado de cada mes'],
  [month, [], [1, 15], 'day 1 and 15 of the month', 'día 1 y 15 de cada mes'],
  [
    { count: 2, unit: 'MONTH' } as const,
    [['SU', 3]],
    [],
    'third Sunday of every 2 months',
    'tercer domingo cada 2 meses',
  ],
  [
    { count: 2, unit: 'WEEK' } as const,
    [
      ['MO', null],
      ['TH', null],
    ],
    [],
    'Monday and Thursday, every 2 weeks',
    'lunes y jueves, cada 2 semanas',
  ],
] as const)('%o %o %o is said in words', (every, days, monthDays, en, es) => {
  const part = { every, days: days.map(([day, ordinal]) => ({ day, ordinal })), monthDays: [...monthDays] };
  expect(irregularInWords(part)).toEqual({ en, es });
});

it('days and hours are said as people say them', () => {
  expect(daysInWords(['MO', 'TU', 'WE'], [{ from: 'MO', to: 'WE' }])).toEqual({
    en: 'Monday to Wednesday',
    es: 'lunes a miércoles',
  });
  expect(daysInWords(['MO', 'WE', 'FR'], [])).toEqual({
    en: 'Monday, Wednesday and Friday',
    es: 'lunes, miércoles y viernes',
  });
  const hours = { opensAt: '09:00', closesAt: '24:00', allDay: false, overnight: false };
  expect(spanInWords(hours, 'en')).toBe('9:00 am to 12:00 am');
  expect(spanInWords(hours, 'es')).toBe('9:00 a.m. a 12:00 a.m.');
  expect(spanInWords({ ...hours, allDay: true }, 'en')).toBe('all day');
});

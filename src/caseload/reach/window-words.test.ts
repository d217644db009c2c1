import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAYS } from './contact-windows.js';
import { windowsIn, windowsWords } from './window-words.js';

it('Safe hours are said as people say them, and what was written in English reads as if it had been in Spanish', () => {
  const time = fc
    .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom('00', '30') })
    .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${minute}`);
  const window = fc.record({ days: fc.subarray([...DAYS], { minLength: 1 }), from: time, to: time });
  fc.assert(
    fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), (windows) => {
      const { en, es } = windowsWords(windows);
      expect([windowsIn(en, 'es'), windowsIn(en, 'en')]).toEqual([es, en]);
    }),
  );
  expect(windowsWords([{ days: ['MO', 'SA'], from: '09:00', to: '24:00' }])).toEqual({
    en: 'Mon, Sat 9:00 am–12:00 am',
    es: 'lun, sáb 9:00 a.m.–12:00 a.m.',
  });
});

it('Copies that were written by 24 hours are read as the others, and what people wrote stays', () => {
  expect(windowsIn('; Mon, Tue 17:00–21:00; after 17:00, not on Mon', 'es')).toBe(
    '; lun, mar 5:00 p.m.–9:00 p.m.; after 17:00, not on Mon',
  );
});

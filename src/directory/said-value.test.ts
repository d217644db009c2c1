import { expect, it } from 'vitest';
import { saidValue } from './said-value.js';

it('a value of a listing’s history is said in words, without any code', () => {
  const both = (field: string, value: string) => [saidValue(field, value, 'en'), saidValue(field, value, 'es')];
  expect(both('schedules', 'MO,TU,WE,TH,FR 09:00–17:00; SA 10:00–13:00')).toEqual([
    'Monday to Friday: 9:00 am to 5:00 pm; Saturday: 10:00 am to 1:00 pm',
    'lunes a viernes: 9:00 a.m. a 5:00 p.m.; sábado: 10:00 a.m. a 1:00 p.m.',
  ]);
  expect(saidValue('schedules', 'MO,WE 00:00:00–23:59:00', 'en')).toBe('Monday and Wednesday: all day');
  expect(both('categories', 'food-insecurity, housing-instability')).toEqual([
    'Food, Keeping a home',
    'Alimentos, Conservar la vivienda',
  ]);
  expect(both('eligibility_rules', '[{"kind":"VETERAN"},{"min":60,"kind":"AGE"}]')[1]).toBe(
    'Veteranos; De 60 años en adelante',
  );
  for (const field of ['schedules', 'categories', 'eligibility_rules', 'name']) {
    expect(saidValue(field, '', 'en')).toBe('');
  }
  expect(saidValue('schedules', '2MO ?–?', 'en')).toBe('2MO ?–?');
  expect(saidValue('name', 'MO,TU 09:00–17:00', 'en')).toBe('MO,TU 09:00–17:00');
});

import { describe, expect, it } from 'vitest';
import { clean, line } from '../clean/text.js';
import { readZip } from '../clean/words.js';
import type { RawRow, Value } from '../rows.js';
import { finishAddress } from './address.js';
import { readyPhone } from './phone.js';
import { finishSchedule, readySchedule } from './schedule.js';

const said: string[] = [];
const complain = (_severity: string, code: string): void => void said.push(code);

function address(given: Record<string, Value>) {
  said.length = 0;
  const values = { address_2: null, country: 'US', ...given };
  finishAddress(values, complain);
  const { address_1, city, postal_code } = values as Record<string, Value>;
  return [address_1, city, postal_code, ...said];
}
const raw = (entity: RawRow['entity'], values: RawRow['values']): RawRow => ({
  entity,
  file: 'list.csv',
  line: 2,
  key: 'k',
  values,
});

describe('addresses as directories of offices have them', () => {
  it.each([
    [
      { address_1: '21950 County Road', city: '36 Summerdale', state_province: 'AL', postal_code: '36580' },
      ['21950 County Road 36', 'Summerdale', '36580', 'REPAIRED'],
    ],
    [
      { address_1: '625 Harbor Boulevard', city: 'Unit 9 Destin', state_province: 'FL', postal_code: '32541' },
      ['625 Harbor Boulevard Unit 9', 'Destin', '32541', 'REPAIRED'],
    ],
    [
      { address_1: '1014 Douglas Avenue', city: '#3 Brewton', state_province: 'AL', postal_code: '36426' },
      ['1014 Douglas Avenue #3', 'Brewton', '36426', 'REPAIRED'],
    ],
    // No city of that state, or one that is called so: nothing is proven.
    [
      { address_1: '4187 Highway', city: '90 Notown', state_province: 'FL', postal_code: '32571' },
      ['4187 Highway', '90 Notown', '32571'],
    ],
    [
      { address_1: '40 Holomua St, Hilo, HI 96720', city: 'Hilo', state_province: 'HI', postal_code: '96720' },
      ['40 Holomua St', 'Hilo', '96720', 'REPAIRED'],
    ],
    // A street that is called as its city is stays whole, and so does what says another place.
    [
      { address_1: '1228 E Baltimore St', city: 'Baltimore', state_province: 'MD', postal_code: '21202' },
      ['1228 E Baltimore St', 'Baltimore', '21202'],
    ],
    [
      { address_1: '9 Elm St, Hilo, HI 96721', city: 'Hilo', state_province: 'HI', postal_code: '96720' },
      ['9 Elm St, Hilo, HI 96721', 'Hilo', '96720'],
    ],
    [
      { address_1: 'Confidential Address', city: 'Baltimore', state_province: 'MD', postal_code: '21215' },
      ['', '', '', 'CONFIDENTIAL_PLACE'],
    ],
    [
      { address_1: '7 Undisclosed Ln', city: 'Baltimore', state_province: 'MD', postal_code: '21215' },
      ['7 Undisclosed Ln', 'Baltimore', '21215'],
    ],
  ])('%o', (given, expected) => {
    expect(address(given)).toEqual(expected);
  });
});

describe('cells of a table that slipped by one', () => {
  it('gives the number among the hours to the phones, and leaves out an address among the phones', () => {
    const hours = readySchedule(raw('schedule', { service_id: 's1', description: '(610) 555-0101' }), complain);
    expect(hours).toMatchObject([{ entity: 'phone', values: { service_id: 's1', number: '(610) 555-0101' } }]);
    const phone = 'Fictional Food Center — 9016 Gap Pike Avondale, PA 19311-1234';
    expect(readyPhone(raw('phone', { number: phone }), complain)).toEqual([]);
  });

  it.each([
    '1-800-FLOWERS',
    '(626)333-.726',
    '555-0101',
    'Office: 410-555-0101',
    '911',
    'Call Ana Notreal at 555-0101',
  ])('keeps %s as a number', (number) => {
    expect(readyPhone(raw('phone', { number }), complain)).toHaveLength(1);
  });
});

it('takes a note that stands elsewhere for nothing, and what says more for what it says', () => {
  expect(['See notes.', 'SEE NOTE', 'See notes for fees.', 'None.'].map(clean)).toEqual([
    undefined,
    undefined,
    'See notes for fees.',
    'None.',
  ]);
});

describe('what a program left in a text', () => {
  it.each([
    [String.raw`May - September\n Weekly\n Wednesday 4-6 pm`, 'May - September\n Weekly\n Wednesday 4-6 pm'],
    [String.raw`Meals\r\nClothing`, 'Meals\nClothing'],
    ['Meals\u2028Clothing', 'Meals\nClothing'],
    [String.raw`C:\new folder`, String.raw`C:\new folder`],
  ])('%j', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('is taken off a name and a ZIP code', () => {
    expect(line('"HOUSE OF HOPE, INC. (WARD 1)"')).toBe('HOUSE OF HOPE, INC. (WARD 1)');
    expect(line('"Hope" and "Faith"')).toBe('"Hope" and "Faith"');
    expect(['20010`', '20010-1234.', '2001O', '20010 USA'].map(readZip)).toEqual([
      '20010',
      '20010-1234',
      '2001O',
      '20010 USA',
    ]);
  });
});

it('points to hours through the night and most of the day, and to no night shelter', () => {
  const codes = (opens_at: string, closes_at: string) => {
    said.length = 0;
    finishSchedule({ opens_at, closes_at }, complain);
    return [...said];
  };
  expect(codes('20:00', '16:30')).toEqual(['BAD_TIME']);
  for (const [opens, closes] of [
    ['19:00', '07:00'],
    ['18:00', '08:00'],
    ['00:00', '23:59'],
    ['09:00', '17:00'],
  ] as const) {
    expect(codes(opens, closes)).toEqual([]);
  }
});

import { describe, expect, it } from 'vitest';
import { readAges, readFree } from './ages.js';
import { readArea } from './areas.js';
import { checkPoint } from './coordinates.js';
import { readDate, readMoment } from './dates.js';
import { languageCode, readLanguages } from './languages.js';
import { readPhones } from './phone.js';
import { clean, decodeEntities, line, prose } from './text.js';
import { readEmails, readUrls } from './url.js';
import { readByday, readState, readZip } from './words.js';

describe('phones', () => {
  const numbers = (text: string) =>
    readPhones(text).map(({ number, e164, extension }) => [number, e164, extension].filter(Boolean).join(' '));

  it.each([
    ['(410) 555-0101', ['(410) 555-0101 +14105550101']],
    ['Phone No: (202) 555-0102 Ext: 1041', ['(202) 555-0102 +12025550102 1041']],
    ['213.555.0103 x 309', ['213.555.0103 +12135550103 309']],
    ['323.555.0104 / 323.555.0105', ['323.555.0104 +13235550104', '323.555.0105 +13235550105']],
    ['1-800-555-HELP', ['1-800-555-HELP +18005554357']],
    ['(311) -', ['311']],
    ['909-555-0106\u200b', ['909-555-0106\u200b +19095550106']],
    ['ask at the door', ['ask at the door']],
    ['555-0100 / 555-0101 ext 3', ['555-0100', '555-0101 3']],
    ['555-0100', ['555-0100']],
    ['18-0100 and more', ['18-0100 and more']],
  ])('%s', (text, expected) => expect(numbers(text)).toEqual(expected));

  it.each([
    ['410.555.0103 (office), 410-555-0104 (fax)', ['office', 'fax']],
    ['Office: 410-555-0103; Fax: 410-555-0104', ['Office', 'Fax']],
    ['410-555-0103 or 410-555-0104', [undefined, undefined]],
    ['410-555-0103 / 410-555-0104, ask for Ana', ['ask for Ana', 'ask for Ana']],
  ])('says of each number in %s what stands beside it', (text, remarks) =>
    expect(readPhones(text).map(({ remark }) => remark)).toEqual(remarks),
  );

  it('keeps who answers as a remark', () => {
    expect(readPhones('Front desk / 818.555.0107')[0]).toMatchObject({ e164: '+18185550107', remark: 'Front desk' });
  });
});

describe('web and mail addresses', () => {
  it.each([
    ['https//a.example.org/x', 'https://a.example.org/x'],
    ['http//www.a.example.org', 'http://www.a.example.org'],
    ['HTTP://A.example.org', 'http://A.example.org'],
    ['www.a.example.org', 'http://www.a.example.org'],
    ['http://http://a.example.org', 'http://a.example.org'],
    ['http://www.a.example.org.', 'http://www.a.example.org'],
  ])('repairs %s', (text, url) => expect(readUrls(text)[0]?.url).toBe(url));

  it.each(['javascript:alert(1)', 'for residents', 'mailto:a@b.example.org', 'https://nowhere'])('refuses %s', (text) =>
    expect(readUrls(text)).toEqual([]),
  );

  it('finds the addresses of a cell', () => {
    expect(readEmails('Ann <ann@a.example.org>; bob@b.example.org.')).toEqual([
      'ann@a.example.org',
      'bob@b.example.org',
    ]);
    expect(readEmails('ann@a.example.org; Ann@A.example.org')).toEqual(['ann@a.example.org']);
    expect(readUrls('https://a.example.org, https://b.example.org').map((u) => u.url)).toHaveLength(2);
    expect(readUrls('https://a.example.org https://a.example.org')).toHaveLength(1);
  });
});

describe('texts', () => {
  it('decodes names, and leaves HTML of descriptions alone', () => {
    expect(line('Maple &amp; Oak&rsquo;s  <b>House</b>')).toBe('Maple & Oak’s House');
    expect(prose('<p>a &lt; b</p>')).toBe('<p>a &lt; b</p>');
    expect(prose('it&#8217;s\r\n\r\n\r\n\r\nhere')).toBe('it’s\n\nhere');
    expect(decodeEntities('&unknown; &#xD800; &#x41;')).toBe('&unknown; &#xD800; A');
  });

  it.each(['', '  ', 'null', 'N/A', '>-', '\u200b', undefined])('finds nothing in %j', (text) =>
    expect(clean(text)).toBeUndefined(),
  );
});

describe('dates', () => {
  it.each([
    ['2026-01-31', '2026-01-31'],
    ['1/31/2026', '2026-01-31'],
    ['1/31/26', '2026-01-31'],
    ['01-31-2026', '2026-01-31'],
    ['Jan 31, 2026', '2026-01-31'],
    ['2026-02-30', undefined],
    ['31/1/2026', undefined],
    ['soon', undefined],
  ])('%s is %s', (text, date) => expect(readDate(text)).toBe(date));

  it('reads moments in UTC', () => {
    expect(readMoment('2024-09-25T14:23:06.5+01:00')).toBe('2024-09-25T13:23:06.500Z');
    expect(readMoment('2026-03-01 10:00')).toBe('2026-03-01T10:00:00.000Z');
    expect(readMoment('3/1/2026')).toBe('2026-03-01T00:00:00.000Z');
  });
});

describe('languages', () => {
  it('parts languages from the rest, and keeps what is said of one as its note', () => {
    expect(readLanguages('Spanish, ASL. Accommodations possible.')).toEqual({
      languages: [
        { name: 'Spanish', code: 'es', note: undefined },
        { name: 'ASL', code: 'ase', note: undefined },
      ],
      rest: 'Accommodations possible.',
    });
    expect(readLanguages('Spanish (call ahead).').languages).toEqual([
      { name: 'Spanish', code: 'es', note: 'Spanish (call ahead)' },
    ]);
    expect(readLanguages('No Spanish').languages).toEqual([]);
    expect(readLanguages('None.')).toEqual({ languages: [], rest: undefined });
  });

  it.each([
    ['es', 'es'],
    ['Yiddish', 'yi'],
    ['Hebrew', 'he'],
    ['Haitian Creole', 'ht'],
    ['Mandarin', 'cmn'],
    ['Klingonese', undefined],
  ])('%s has the code %s', (name, code) => expect(languageCode(name)).toBe(code));
});

describe('places', () => {
  const baltimore = { latitude: 39.29, longitude: -76.62 };

  it.each([
    [39.3, -76.6, undefined],
    [39.3, 76.6, 'sign'],
    [-76.6, 39.3, 'swapped'],
    [76.6, 39.3, 'swapped and sign'],
    [4766000, -8527000, 'metres'],
    [-8527000, 4766000, 'metres'],
  ])('%d, %d is right, or repaired: %s', (latitude, longitude, repair) => {
    const checked = checkPoint(latitude, longitude, baltimore);
    expect(checked.point?.latitude).toBeCloseTo(39.3, 0);
    expect(checked).toHaveProperty('point.longitude', expect.closeTo(-76.6, 0));
    expect('repair' in checked ? checked.repair : undefined).toBe(repair);
  });

  it('believes no point that is far away, or in metres without an address to prove it', () => {
    expect(checkPoint(34, -118, baltimore)).toMatchObject({ point: undefined, reason: 'far' });
    expect(checkPoint(4766000, -8527000, undefined)).toMatchObject({ point: undefined, reason: 'range' });
    expect(checkPoint(0, 0, undefined)).toMatchObject({ reason: 'zero' });
  });

  it.each([
    ['Howard County, MD', ['county:MD/Howard']],
    ['Baltimore City, Maryland', ['county:MD/Baltimore City']],
    ['21201, 21202', ['zip:21201', 'zip:21202']],
    ['Statewide', []],
    ['Maryland', ['state:MD']],
    ['MD, DC and VA', ['state:MD', 'state:DC', 'state:VA']],
    ['Nationwide', ['US']],
    ['Howard County', []],
    ['Atlantis County, MD', []],
    ['Maryland except Garrett County', []],
  ])('the area %s covers %j', (text, covers) => expect(readArea(text)).toEqual(covers));

  it.each([
    ['21201', '21201'],
    ['212011234', '21201-1234'],
    ['1085', '01085'],
    ['2118-1234', '02118-1234'],
    ['21181234', '02118-1234'],
    ['2118.0', '02118'],
    ['501', '00501'],
    ['123', '123'],
    ['SW1A 1AA', 'SW1A 1AA'],
    ['21201.0', '21201'],
    ['Hilo)', 'Hilo)'],
  ])('writes the ZIP code %s as %s', (text, zip) => expect(readZip(text)).toBe(zip));
});

describe('words', () => {
  it.each([
    ['Maryland', 'MD'],
    ['Mass.', 'MA'],
    ['N.Y.', 'NY'],
    ['N. Carolina', 'N. Carolina'],
    ['Ontario', 'Ontario'],
  ])('the state %s is %s', (text, state) => expect(readState(text)).toBe(state));

  it.each([
    ['Monday - Friday', 'MO,TU,WE,TH,FR'],
    ['Mon & Wed', 'MO,WE'],
    ['monday', 'MO'],
    ['MO,-1FR', 'MO,-1FR'],
    ['7', 'SU'],
    ['Sunday - Monday', 'MO,SU'],
    ['whenever', undefined],
  ])('the days %s are %s', (text, byday) => expect(readByday(text)).toBe(byday));

  it.each([
    ['Ages 18 and older.', { minimum: 18 }],
    ['Persons ages 60 years or older.', { minimum: 60 }],
    ['Ages 5-18', { minimum: 5, maximum: 18 }],
    ['17 and under', { maximum: 17 }],
    ['0-5 yrs', { minimum: 0, maximum: 5 }],
    ['5 to 12 years', { minimum: 5, maximum: 12 }],
    ['under 18', { maximum: 17 }],
    ['18 and up', { minimum: 18 }],
    ['21+', { minimum: 21 }],
    ['Birth to 5', { minimum: 0, maximum: 5 }],
    ['13-17 años', { minimum: 13, maximum: 17 }],
    ['Mayores de 60 años', { minimum: 60 }],
    ['60 o más', { minimum: 60 }],
    ['Youth ages 12-18', { minimum: 12, maximum: 18 }],
    ['3 months - 2 years', {}],
    ['18-5', {}],
    ['grades 9-12', {}],
    ['Ages 18 and older with a referral', {}],
  ])('the ages of %s are %j', (text, ages) => expect(readAges(text)).toEqual(ages));

  it.each([
    ['None.   ', true],
    ['Free to everyone', true],
    ['Free or sliding scale', undefined],
    ['Call', undefined],
  ])('whether %s is free: %s', (text, free) => expect(readFree(text)).toBe(free));
});

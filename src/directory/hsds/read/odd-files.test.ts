import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipFolder } from '../../../../test/zip.js';
import { mappingOf } from '../columns-mapping.js';
import { peekColumns } from '../peek-columns.js';
import { problemWords } from '../problem-words.js';
import { readPackage } from '../read-package.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'odd-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Reads a file as the page does: with the columns that its headers tell. */
async function read(name: string, body: string | Buffer) {
  const path = join(folder, name);
  await writeFile(path, body);
  return readAt(path);
}

async function readAt(path: string) {
  const columns = await peekColumns(path);
  const mapping = columns && { mapping: mappingOf(columns, 'Elm') };
  const reading = await readPackage(path, { source: 'Elm', ...mapping });
  const rows: Record<string, Record<string, unknown>[]> = {};
  const said: string[] = [];
  for await (const item of reading.items) {
    if (item.kind === 'row') (rows[item.row.entity] ??= []).push(item.row.values);
    if (item.kind === 'problem') {
      said.push(`${item.problem.code} ${item.problem.line ?? ''}`.trim());
      expect(problemWords.inLanguage(item.problem.message, 'es')).not.toBe(item.problem.message);
    }
  }
  reading.close();
  const of = (entity: string, column: string) => (rows[entity] ?? []).map((row) => row[column]);
  return { rows, said, of, counts: [...reading.counts.values()], columns };
}

const rows = [
  ['Agency', 'Program', 'Description', 'City', 'State', 'ZIP'],
  ['Niños Unidos', 'Despensa', 'Food, twice a month; bring a bag', 'Towson', 'Maryland', '21204-1234'],
  ['Casa José', 'Clinic', 'Two\r\nlines and a "quote"', 'Boston', 'Mass.', '2118'],
];
const table = (delimiter: string, records = rows, end = '\r\n') =>
  records
    .map((record) =>
      record.map((cell) => (/[",;|\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter),
    )
    .join(end) + end;
const latin = (text: string) => Buffer.from(text.replaceAll('’', '\x92'), 'latin1');

describe('a table as an office saves it', () => {
  it.each([
    ['with a byte order mark', `\ufeff${table(',')}`, []],
    ['with semicolons', table(';'), []],
    ['with semicolons, said in its first line', `sep=;\r\n${table(';')}`, []],
    ['with tabs, in UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(table('\t'), 'utf16le')]), []],
    ['with bars', table('|'), []],
    [
      'with old line ends',
      table(
        ',',
        [...rows.slice(0, 2), ['Casa José', 'Clinic', 'Two\r\nlines and a "quote"', 'Boston', 'MA', '2118']],
        '\r',
      ),
      [],
    ],
    ['in Windows-1252', latin(table(';')), ['NOT_UTF8 2']],
    ['written in UTF-8 twice', Buffer.from(Buffer.from(table(',')).toString('latin1')), ['REPAIRED 2']],
    [
      'with a title and a date above',
      `Directory of Elm County\r\n"Printed 3/1/2026, by the office"\r\n${table(',')}`,
      ['HEADER_FOUND 3'],
    ],
    ['with an empty line and a title in a full row', `Directory,,,,,\r\n,,,,,\r\n${table(',')}`, ['HEADER_FOUND 3']],
    ['with a total below', `${table(',')}Total,2,,,,\r\n`, ['NOT_A_ROW 5']],
    ['with headings and notes between', `${table(',')}MORE TO COME,,,,,\r\n`, ['NOT_A_ROW 5']],
    ['with its header once more', `${table(',')}${table(',', rows.slice(0, 1))}`, ['NOT_A_ROW 5']],
    [
      'with the names that people read below those of a program',
      `agency,program,description,city,state,zip\r\n${table(',')}`,
      ['NOT_A_ROW 2'],
    ],
  ] as [string, string | Buffer, string[]][])('%s is read whole', async (_, body, expected) => {
    const { of, said, counts } = await read('table.csv', body);
    expect(of('organization', 'name')).toEqual(['Niños Unidos', 'Casa José']);
    expect(of('service', 'name')).toEqual(['Despensa', 'Clinic']);
    expect(of('service', 'description')).toEqual(['Food, twice a month; bring a bag', 'Two\nlines and a "quote"']);
    expect(of('address', 'state_province')).toEqual(['MD', 'MA']);
    expect(of('address', 'postal_code')).toEqual(['21204-1234', '02118']);
    expect(said.filter((one) => !one.startsWith('EMPTY_REQUIRED'))).toEqual(expected);
    expect(counts[0]).toMatchObject({ imported: 2, rejected: 0 });
  });

  it('has a line of headings over its columns: names that stand twice are told apart by it', async () => {
    const { columns } = await read(
      'twice.csv',
      'Agency,,Program,,\r\nName,Phone,Name,Hours,Notes\r\nElm,410-555-0100,Food,M-F 9-5,ring\r\nOak,410-555-0101,Rides,M-F 9-5,knock\r\n',
    );
    expect(columns?.map(({ column, target }) => [column, target])).toEqual([
      ['agency name', 'organization.name'],
      ['phone', 'phone.number'],
      ['program name', 'service.name'],
      ['hours', 'schedule.description'],
      ['notes', null],
    ]);
  });

  it('has two columns of one name: neither is lost', async () => {
    const { of } = await read('phones.csv', 'Name,Phone,Phone,City\r\nFood,410-555-0100,410-555-0101,Towson\r\n');
    expect(of('phone', 'number')).toEqual(['410-555-0100', '410-555-0101']);
  });

  it('has ages and hours in words', async () => {
    const { rows: read1 } = await read(
      'words.csv',
      'Program,Agency,Ages,Eligibility,Hours\r\nA,Elm,0-5 yrs,Parents,"Lunes a viernes 9am-5pm"\r\nB,Elm,all who ask,,"M-F 9-5, closed noon-1"\r\n',
    );
    expect(read1.service).toMatchObject([
      { minimum_age: 0, maximum_age: 5, eligibility_description: 'Parents' },
      { minimum_age: null, eligibility_description: 'all who ask' },
    ]);
    expect(read1.schedule?.map(({ byday, opens_at, closes_at }) => [byday, opens_at, closes_at])).toEqual([
      ['MO,TU,WE,TH,FR', '09:00', '17:00'],
      ['MO,TU,WE,TH,FR', '09:00', '12:00'],
      ['MO,TU,WE,TH,FR', '13:00', '17:00'],
    ]);
  });

  it('has an id twice: the second line is said, and nothing of it hangs on the first', async () => {
    const { of, said, counts } = await read(
      'ids.csv',
      'ID,Program,Agency,Phone\r\n1,Food,Elm,410-555-0100\r\n1,Rides,Oak,410-555-0101\r\n',
    );
    expect(of('service', 'name')).toEqual(['Food']);
    expect(of('phone', 'number')).toEqual(['410-555-0100']);
    expect(said).toEqual(['DUPLICATE_ID 3']);
    expect(counts).toEqual([{ read: 2, imported: 1, rejected: 0, duplicate: 1, skipped: 0 }]);
  });

  it('has one web page for the agency and its service: what is wrong with it is said once', async () => {
    const { said } = await read(
      'site.csv',
      'Name,City,Organization Website,Website\r\nA,Towson,http//a.example.org,http//a.example.org\r\n',
    );
    expect(said.filter((one) => one.startsWith('REPAIRED'))).toEqual(['REPAIRED 2']);
  });

  it('counts its rows from 0', async () => {
    const { rows: found, said } = await read(
      'zero.csv',
      'ID,Program,Agency,Address,City,State,Zip\r\n0,Food,Elm,1 A St,Towson,MD,21204\r\n1,Rides,Elm,2 A St,Towson,MD,21204\r\n',
    );
    expect(said).toEqual([]);
    expect(found.service_at_location?.map(({ service_id: id }) => typeof id)).toEqual(['string', 'string']);
  });

  it('has points on the map with a comma, or with the side of the world', async () => {
    const { of } = await read(
      'points.csv',
      'Name,City,State,Zip,Latitude,Longitude\r\nA,Towson,MD,21204,"39,4","-76,6"\r\nB,Towson,MD,21204,39.4° N,76.6 W\r\nC,Towson,MD,21204,-76.6,39.4\r\n',
    );
    expect(of('location', 'latitude')).toEqual([39.4, 39.4, 39.4]);
    expect(of('location', 'longitude')).toEqual([-76.6, -76.6, -76.6]);
  });

  it.each([
    ['quotes.csv', 'Name,City\r\nA,B\r\n"C,D\r\nE,F\r\n', /quotation mark opens in row 3/],
    ['book.csv', 'PK\x03\x04...', /save it as an Excel workbook/],
    ['book.xls', '\xd0\xcf\x11\xe0...', /save it as an Excel workbook/],
    ['book.xlsx', 'PK\x03\x04...', /is damaged/],
    ['empty.csv', '', /is empty/],
  ])('%s that cannot be read says what to do', async (name, body, message) => {
    const error: unknown = await read(name, body).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    const words = String((error as Error).message);
    expect(problemWords.inLanguage(words, 'es')).not.toBe(words);
  });
});

describe('a package as somebody packs it', () => {
  const pack = async (files: Record<string, string>, name: string) => {
    const inside = await mkdtemp(join(folder, 'pack-'));
    for (const [file, body] of Object.entries(files)) {
      const path = join(inside, file);
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, body);
    }
    const path = join(folder, name);
    await zipFolder(inside, path);
    return path;
  };

  it('may not have names that lead out of it', async () => {
    const path = await pack({ 'aa/bb/table.csv': table(',') }, 'slip.zip');
    await writeFile(path, (await readFile(path)).toString('latin1').replaceAll('aa/bb/', '../../'), 'latin1');
    await expect(readAt(path)).rejects.toThrow('slip.zip is not a zip file that can be read.');
  });

  it('may be a zip in a folder in a zip', async () => {
    const inner = await pack({ 'export/directory.csv': table(',') }, 'inner.zip');
    const outside = await mkdtemp(join(folder, 'outer-'));
    await mkdir(join(outside, '2026'));
    await writeFile(join(outside, '2026', 'inner.zip'), await readFile(inner));
    await zipFolder(outside, join(folder, 'outer.zip'));
    expect((await readAt(join(folder, 'outer.zip'))).of('service', 'name')).toEqual(['Despensa', 'Clinic']);
  });

  it('may name its tables in the singular, as the database of HSDS does', async () => {
    const path = await pack(
      {
        'organization.csv': 'id,name,description,url\n1,Elm,Helps,example.org\n',
        'service.csv': 'id,organization_id,name,status\n1,1,Food,active\n',
        'location.csv': 'id,organization_id,name\n1,1,Main\n',
        'services_at_location.csv': 'id,service_id,location_id\n1,1,1\n',
        'physical_address.csv':
          'id,location_id,address_1,city,state_province,postal_code,country\n1,1,1 A St,Towson,Maryland,21204,US\n',
        'regular_schedule.csv': 'id,service_id,weekday,opens_at,closes_at\n1,1,2,09:00,17:00\n',
      },
      'singular.zip',
    );
    const { rows: found, said } = await readAt(path);
    expect(said).toEqual([]);
    expect(found.address).toMatchObject([{ state_province: 'MD' }]);
    expect(found.schedule).toMatchObject([{ freq: 'WEEKLY', byday: 'TU' }]);
    expect(found.service_at_location).toHaveLength(1);
  });

  it('may describe itself elsewhere, with schemas beside', async () => {
    const resources = [
      { name: 'services', path: '../data/tbl_services.csv' },
      { name: 'organizations', path: '../data/tbl_orgs.csv' },
    ];
    const path = await pack(
      {
        'schema/datapackage.json': JSON.stringify({ name: 'elm', resources }),
        'schema/service.json': JSON.stringify({ name: 'service', type: 'object', properties: {} }),
        'data/tbl_services.csv': 'id,organization_id,name,status\ns1,o1,Food,active\n',
        'data/tbl_orgs.csv': 'id,name,description\no1,Elm,Helps\n',
      },
      'elsewhere.zip',
    );
    const { of, said } = await readAt(path);
    expect(of('service', 'name')).toEqual(['Food']);
    expect(said).toEqual(['FILE_NOT_READ']);
  });
});

describe('JSON as an API or a map gives it', () => {
  it.each([
    ['breaks off', '{"services": [\n {"id": "a", "na', 2],
    ['breaks off in its first word', '[\n\n{', 3],
    ['is none', '{ services: 12 }', 1],
  ])('that %s is said to be damaged, not empty', async (_, body, line) => {
    const why = `damaged.json is no JSON that can be read, from line ${line} on: it is damaged, or only its beginning arrived.`;
    await expect(read('damaged.json', body)).rejects.toThrow(why);
    expect(problemWords.inLanguage(why, 'es')).toContain(`desde la línea ${line}`);
  });

  it('with one broken object is read for the others', async () => {
    const service = {
      id: 's1',
      name: 'Lunch',
      status: 'active',
      organization: { id: 'o1', name: 'Elm', description: '' },
    };
    const { of, said } = await read('services.ndjson', `{"id": "s0", "na\n${JSON.stringify(service)}\n`);
    expect(of('service', 'name')).toEqual(['Lunch']);
    expect(said).toContain('UNREADABLE_ROW 1');
  });

  const service = {
    id: 'ac148810-d857-441c-9679-408f346de14b',
    name: 'Counselling',
    organization: { id: 'o1', name: 'Elm', description: '' },
    eligibilitys: [{ id: 'e1', eligibility: 'Adults', minimum_age: 18 }],
    regular_schedules: [{ id: 'r1', weekday: 'MO', opens_at: '09:00', closes_at: '17:00' }],
    service_taxonomys: [{ id: 't1', taxonomy: { id: 'esd:1', name: 'Talking', vocabulary: 'esd' } }],
    service_at_locations: [
      {
        id: 'l1',
        location: {
          id: 'p1',
          name: 'Hall',
          physical_addresses: [
            {
              id: 'a1',
              address_1: '1 High St',
              city: 'Hull',
              state_province: 'E',
              postal_code: 'HU1 1AA',
              country: 'GB',
            },
          ],
        },
      },
    ],
    reviews: [{ id: 'x' }],
  };

  it('is read from a page of Open Referral UK, under the names it had there; what has no place is said', async () => {
    const page = { totalElements: 1, totalPages: 1, number: 1, first: true, last: true, content: [service] };
    const { rows: found, said } = await read('page.json', JSON.stringify(page));
    expect(found.service).toMatchObject([{ eligibility_description: 'Adults', minimum_age: 18 }]);
    expect(found.schedule).toMatchObject([{ byday: 'MO' }]);
    expect(found.address).toMatchObject([{ address_1: '1 High St', address_type: 'physical' }]);
    expect(found.taxonomy_term).toMatchObject([{ name: 'Talking', taxonomy: 'esd' }]);
    expect(found.attribute).toHaveLength(1);
    expect(said).toEqual(['COLUMN_NOT_READ']);
  });

  it('is read from an object with services inside, each with all that it holds', async () => {
    const { of } = await read('all.json', JSON.stringify({ services: [service] }));
    expect(of('organization', 'name')).toEqual(['Elm']);
    expect(of('service', 'name')).toEqual(['Counselling']);
  });

  it.each([
    [
      'GeoJSON',
      {
        type: 'FeatureCollection',
        crs: { type: 'name', properties: { name: 'x' } },
        features: [
          {
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [-76.6, 39.4] },
            properties: { name: 'Pantry', city: 'Towson', zip: '21204' },
          },
        ],
      },
    ],
    [
      'a layer of ArcGIS',
      {
        displayFieldName: 'name',
        spatialReference: { wkid: 4326 },
        features: [{ attributes: { name: 'Pantry', city: 'Towson', zip: '21204' }, geometry: { x: -76.6, y: 39.4 } }],
      },
    ],
  ])('is read from %s, with its points', async (_, layer) => {
    const { rows: found } = await read('layer.geojson', JSON.stringify(layer));
    expect(found.service).toMatchObject([{ name: 'Pantry' }]);
    expect(found.location).toMatchObject([{ latitude: 39.4, longitude: -76.6 }]);
  });

  it('is a plain list of listings with points, and no list of places', async () => {
    const { rows: found } = await read(
      'flat.json',
      JSON.stringify([{ name: 'Food', agency: 'Elm', latitude: 39.4, longitude: -76.6 }]),
    );
    expect(found.service).toMatchObject([{ name: 'Food' }]);
    expect(found.organization).toMatchObject([{ name: 'Elm' }]);
  });
});

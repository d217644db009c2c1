import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import type { Entry } from 'yauzl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipFolder } from '../../../../test/zip.js';
import { proposeColumns } from '../column-names.js';
import { mappingOf } from '../columns-mapping.js';
import { readPackage } from '../read-package.js';
import type { HsdsRow } from '../rows.js';
import { openInput } from './input.js';
import { ZipGuard, zipLimits } from './zip-guard.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hsds-others-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function rowsOf(path: string, options = {}): Promise<HsdsRow[]> {
  const reading = await readPackage(path, { source: 'test', ...options });
  const rows: HsdsRow[] = [];
  for await (const item of reading.items) if (item.kind === 'row') rows.push(item.row);
  reading.close();
  return rows;
}

const taxonomy = `<?xml version="2.0" encoding="UTF-8"?>
<taxonomy>
  <version>2.0</version>
  <services>
    <descriptions>
      <category id="1102" title="food">Free meals &amp; more.
      </category>
    </descriptions>
    <top_level id='1102' title="Food">
      <second_level id='1' title="Help Pay for Food">
        <third_level id="2" title="Government Food Benefits"></third_level>
      </second_level>
      <second_level id='3' title="Food Pantry"/>
    </top_level>
  </services>
  <situations>
    <top_level id='20087' title="Urgency"><second_level id='20088' title="In Crisis"></second_level></top_level>
  </situations>
</taxonomy>`;

describe('a zip', () => {
  it('has its files read side by side, and let go in the middle', async () => {
    const within = await mkdtemp(join(folder, 'zip-'));
    const text = `id,name\n${Array.from({ length: 60_000 }, (_, n) => `${n},${randomUUID()}\n`).join('')}`;
    for (const name of ['a.csv', 'b.csv', 'c.csv', 'd.csv']) await writeFile(join(within, name), text);
    const path = join(folder, 'side-by-side.zip');
    await zipFolder(within, path);
    for (let round = 0; round < 5; round += 1) {
      const { files, close } = await openInput(path);
      const streams = await Promise.all(files.map((file) => file.open()));
      await Promise.all(streams.map((stream) => once(stream, 'readable')));
      for (const stream of streams) stream.read(10);
      for (const stream of streams) stream.destroy();
      close();
    }
    const { files } = await openInput(path);
    const read = await Promise.all(files.map(async (file) => (await buffer(await file.open())).toString()));
    expect(read.every((one) => one === text)).toBe(true);
  });
});

describe('the Open Eligibility taxonomy as it is published', () => {
  it('is found in a folder too', async () => {
    const within = await mkdtemp(join(folder, 'oe-'));
    await writeFile(join(within, 'taxonomy'), taxonomy);
    await writeFile(join(within, 'README'), 'Not a table.');
    expect((await rowsOf(within)).filter(({ entity }) => entity === 'taxonomy_term')).toHaveLength(6);
  });

  it.each(['taxonomy', 'taxonomy.xml'])('comes in from a file called %s, terms below their parents', async (name) => {
    const path = join(folder, name);
    await writeFile(path, taxonomy);
    const rows = await rowsOf(path);
    const terms = rows.filter((row) => row.entity === 'taxonomy_term');
    const named = new Map(terms.map((row) => [row.id, row.values['name']]));
    expect(terms.map(({ values }) => [values['code'], values['name'], named.get(String(values['parent_id']))])).toEqual(
      [
        ['1102', 'Food', undefined],
        ['1', 'Help Pay for Food', 'Food'],
        ['2', 'Government Food Benefits', 'Help Pay for Food'],
        ['3', 'Food Pantry', 'Food'],
        ['20087', 'Urgency', undefined],
        ['20088', 'In Crisis', 'Urgency'],
      ],
    );
    expect(terms[0]?.values['description']).toBe('Free meals & more.');
    const [first, second] = rows.filter((row) => row.entity === 'taxonomy');
    expect(first?.values).toMatchObject({ name: 'Open Eligibility: services', version: '2.0' });
    expect(second?.values).toMatchObject({ name: 'Open Eligibility: situations' });
    expect(first?.values['description']).toContain('CC BY-SA 3.0');
  });

  const published = process.env['HUB_TEST_DATA'];
  it.skipIf(!published)(`comes in whole${published ? '' : ' (skipped: HUB_TEST_DATA is not set)'}`, async () => {
    const path = join(published ?? '', 'open-eligibility-2.0/taxonomy');
    const text = await readFile(path, 'utf8');
    const ids = new Set([...text.matchAll(/<(?:top|second|third|fourth)_level\s+id=["'](\d+)/g)].map(([, id]) => id));
    expect(ids.size).toBeGreaterThan(380); // The file gives one id to two terms; the second is reported.
    expect((await rowsOf(path)).filter((row) => row.entity === 'taxonomy_term')).toHaveLength(ids.size);
  });
});

describe('a zip', () => {
  const entry = (compressedSize: number, uncompressedSize: number, generalPurposeBitFlag = 0) =>
    ({ fileName: 'services.csv', compressedSize, uncompressedSize, generalPurposeBitFlag }) as Entry;

  it.each([
    ['one file that grows too much', [entry(100_000, 500_000_000)], /grows too much/],
    [
      'many files that grow too much together',
      Array.from({ length: 10 }, () => entry(50_000, 15_000_000)),
      /grows too much/,
    ],
    ['a file that is too large', [entry(7e9, 9e9)], /too large/],
    ['too many files', Array.from({ length: zipLimits.entries + 1 }, () => entry(1, 1)), /more than 2000 files/],
    ['a password', [entry(1, 1, 1)], /password/],
  ])('with %s is refused before it is unpacked', (_, entries, message) => {
    const guard = new ZipGuard();
    expect(() => entries.forEach((one) => guard.see(one))).toThrow(message);
  });

  it('that lies about its size is not read on', async () => {
    const data = deflateRawSync(Buffer.alloc(1_000_000, 'a'));
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(100, 18); // It says 100 bytes, and unpacks to a million.
    const name = Buffer.from('services.csv');
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, data]);
    const central = Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), common, Buffer.alloc(14), name]);
    const end = Buffer.alloc(18);
    end.writeUInt16LE(1, 4);
    end.writeUInt16LE(1, 6);
    end.writeUInt32LE(central.length, 8);
    end.writeUInt32LE(local.length, 12);
    const path = join(folder, 'lies.zip');
    await writeFile(path, Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end]));
    const read = async () => {
      const input = await openInput(path);
      for await (const chunk of (await input.files[0]?.open()) ?? []) void chunk;
    };
    await expect(read()).rejects.toThrow('services.csv in the zip is damaged');
  });
});

describe('a plain table', () => {
  it('is understood by the headers that directories use', () => {
    const headers = [
      'Agency Name',
      'Program Name',
      'Street Address',
      'Zip Code',
      'Lat',
      'Lng',
      'Hours of Operation',
      'Our own',
    ];
    expect(proposeColumns(headers).map(({ target }) => target)).toEqual([
      'organization.name',
      'service.name',
      'address.address_1',
      'address.postal_code',
      'location.latitude',
      'location.longitude',
      'schedule.description',
      null,
    ]);
  });

  it('gives a service with all that its columns say; without a number of its own a row is known by its names and address', async () => {
    const path = join(folder, 'list.csv');
    const header = 'agency,program,address,city,state,zip,lat,lng,phone,hours,languages,category\n';
    await writeFile(
      path,
      `${header}Org,Meals,1 Elm St,Columbia,MD,21044,-76.86,39.2,410-555-0101,Mon 9am-5pm,Spanish,"Food, Meals"\n`,
    );
    const choices = proposeColumns(header.trim().split(','));
    const rows = await rowsOf(path, { mapping: mappingOf(choices, 'List') });
    const of = (entity: string) => rows.filter((row) => row.entity === entity).map((row) => row.values);
    const [service] = rows.filter((row) => row.entity === 'service');
    expect(service?.sourceKey).toBe('Org|Meals|1 Elm St|21044|Columbia');
    expect(of('location')).toMatchObject([{ latitude: 39.2, longitude: -76.86 }]);
    expect(of('phone')).toMatchObject([{ service_id: service?.id, e164: '+14105550101' }]);
    expect(of('schedule')).toMatchObject([{ byday: 'MO', opens_at: '09:00', closes_at: '17:00' }]);
    expect(of('language')).toMatchObject([{ code: 'es' }]);
    expect(of('taxonomy_term').map(({ name }) => name)).toEqual(['Food', 'Meals']);
    expect(of('attribute')).toHaveLength(2);
    expect(of('service_at_location')).toHaveLength(1);
  });
});

describe('a package that says it is a hub’s own export', () => {
  it('may not bring what cannot stand in the directory', async () => {
    const path = join(folder, 'forged');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(path);
    await writeFile(join(path, 'datapackage.json'), JSON.stringify({ name: 'forged', hub_exact: true }));
    const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
    await writeFile(
      join(path, 'organizations.csv'),
      `id,name,website,hub_listed\n${id(1)},Good,https://example.org,false\n${id(2)},Bad,javascript:alert(1),\n${id(3)},"",,\n`,
    );
    await writeFile(
      join(path, 'services.csv'),
      `id,organization_id,name,status,minimum_age,assured_date\n${id(4)},${id(1)},A,active,-1,\n${id(5)},${id(1)},B,open,,\n${id(6)},${id(1)},C,active,,2026-02-30\n${id(7)},${id(2)},D,active,,\n`,
    );
    const rows = await rowsOf(path);
    expect(rows.map((row) => row.values['name'])).toEqual(['Good']);
  });
});

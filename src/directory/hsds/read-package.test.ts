import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from 'uuid';
import { describe, expect, it } from 'vitest';
import { zipFolder } from '../../../test/zip.js';
import { readMapping } from './mapping.js';
import type { EntityName } from './model.js';
import type { Problem } from './problems.js';
import { type ReadOptions, readPackage } from './read-package.js';
import type { HsdsRow } from './rows.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../test/fixtures/hsds/${name}`, import.meta.url));

async function read(path: string, options: ReadOptions = {}) {
  const reading = await readPackage(path, options);
  const rows: HsdsRow[] = [];
  const problems: Problem[] = [];
  const unlinked: string[] = [];
  for await (const item of reading.items) {
    if (item.kind === 'row') rows.push(item.row);
    else if (item.kind === 'problem') problems.push(item.problem);
    else if (item.kind === 'unlink') unlinked.push(`${item.entity}.${item.column}`);
  }
  reading.close();
  for (const [file, { read: all, imported, rejected, duplicate, skipped }] of reading.counts) {
    expect([file, imported + rejected + duplicate + skipped]).toEqual([file, all]);
  }
  const of = (entity: EntityName) => rows.filter((row) => row.entity === entity);
  const one = (entity: EntityName, key: string) => of(entity).find((row) => row.sourceKey === key);
  const at = (file: string, line: number) =>
    problems
      .filter((p) => p.file === file && p.line === line)
      .map((p) => `${p.severity} ${p.code} ${p.field ?? ''}`.trim());
  return { ...reading, rows, problems, unlinked, of, one, at };
}

describe('a tabular HSDS 3 package with all kinds of dirt', () => {
  it('keeps the good rows and drops only the bad ones, each said with file and line', async () => {
    const { format, counts, at, of } = await read(fixture('three'));
    expect(format).toBe('hsds-3');
    expect(counts.get('organizations.csv')).toEqual({ read: 6, imported: 3, rejected: 2, duplicate: 1, skipped: 0 });
    expect(of('organization').map((o) => o.values.name)).toEqual(['Maple Street & Friends', 'Harbor Aid', 'Short']);
    expect(at('organizations.csv', 5)).toContain('ERROR EMPTY_REQUIRED');
    expect(at('organizations.csv', 6)).toEqual(['ERROR DUPLICATE_ID id']);
    expect(at('organizations.csv', 7)).toEqual(['ERROR EXTRA_CELLS']);
    expect(at('organizations.csv', 8)).toEqual(['WARNING MISSING_CELLS']);
    expect(counts.get('services.csv')).toMatchObject({ imported: 3, rejected: 2 });
  });

  it('says which rows went with a row that was left out', async () => {
    const { at, problems } = await read(fixture('three'));
    expect(at('services.csv', 4)).toEqual(['ERROR PARENT_REJECTED organization_id', 'WARNING DEPENDANTS_LOST']);
    expect(at('services.csv', 5)).toContain('ERROR MISSING_PARENT organization_id');
    const lost = problems.filter((p) => p.code === 'DEPENDANTS_LOST').map((p) => p.message);
    expect(lost).toContain('The service "s3" was left out and took with it: 1 phone.');
    expect(lost).toContain('The organization "o9" is not in the package and took with it: 1 service.');
  });

  it('keeps UUIDs and makes the same ones for other ids every time', async () => {
    const first = await read(fixture('three'));
    const again = await read(fixture('three'));
    const elsewhere = await read(fixture('three'), { source: 'another' });
    expect(first.one('organization', '7d0b7a7e-1111-4111-8111-000000000001')?.id).toBe(
      '7d0b7a7e-1111-4111-8111-000000000001',
    );
    expect(first.rows.every((row) => validate(row.id))).toBe(true);
    expect(again.rows.map((row) => row.id)).toEqual(first.rows.map((row) => row.id));
    expect(elsewhere.one('service', 's1')?.id).not.toBe(first.one('service', 's1')?.id);
  });

  it('repairs what is provable and leaves out what is not', async () => {
    const { one, at } = await read(fixture('three'));
    expect(one('organization', '7d0b7a7e-1111-4111-8111-000000000001')?.values.website).toBe(
      'https://maple.example.org',
    );
    expect(one('organization', 'o2')?.values).toMatchObject({
      email: 'office@harbor.example.org',
      website: 'http://www.harbor.example.org',
    });
    expect(one('location', 'l1')?.values).toMatchObject({ latitude: 39.2904, longitude: -76.6122 });
    expect(at('locations.csv', 2)).toEqual(['WARNING COORDINATES_REPAIRED latitude']);
    expect(one('location', 'l2')?.values.longitude).toBeCloseTo(-76.617, 2);
    expect(one('location', 'l3')?.values).toMatchObject({
      latitude: 39.2904,
      longitude: -76.6122,
      location_type: 'postal',
    });
    expect(one('location', 'l4')?.values).toMatchObject({ latitude: null, longitude: null });
    expect(at('locations.csv', 5)).toContain('WARNING COORDINATES_FAR latitude');
    expect(at('locations.csv', 6)).toEqual(['WARNING UNKNOWN_VALUE location_type', 'WARNING BAD_COORDINATES latitude']);
    expect(at('locations.csv', 7)).toEqual(['WARNING BAD_COORDINATES latitude']);
    expect(one('address', 'a1')?.values).toMatchObject({
      state_province: 'MD',
      postal_code: '21201-1234',
      country: 'US',
    });
    expect(one('address', 'a2')?.values).toMatchObject({ city: 'Baltimore', country: 'US' });
    expect(at('addresses.csv', 6)).toContain('ERROR EMPTY_REQUIRED');
    expect(at('addresses.csv', 7)).toContain('ERROR MISSING_PARENT location_id');
  });

  it('reads words, dates, ages and fees of services', async () => {
    const { one, at } = await read(fixture('three'));
    expect(one('service', 's1')?.values).toMatchObject({
      status: 'active',
      is_free: true,
      minimum_age: 18,
      assured_date: '2026-03-01',
      last_modified: '2026-03-01T10:00:00.000Z',
    });
    expect(one('service', 's2')?.values).toMatchObject({
      status: 'temporarily closed',
      url: null,
      email: null,
      is_free: null,
    });
    expect(at('services.csv', 3).toSorted()).toEqual(
      ['BAD_DATE assured_date', 'BAD_EMAIL email', 'BAD_NUMBER minimum_age', 'BAD_URL url'].map((p) => `WARNING ${p}`),
    );
    expect(at('services.csv', 6)).toEqual(['WARNING UNKNOWN_VALUE status']);
  });

  it('links a repeated service at location to its first, and what hung on the repetition to its service', async () => {
    const { of, one, at } = await read(fixture('three'));
    expect(of('service_at_location').map((l) => l.sourceKey)).toEqual(['sl1', 'sl2']);
    expect(at('service_at_location.csv', 4)).toEqual(['WARNING REPEATED']);
    expect(one('phone', 'ph6')?.values.service_id).toBe(one('service', 's2')?.id);
  });

  it('parts numbers, extensions and remarks of phones', async () => {
    const { one, of, at } = await read(fixture('three'));
    expect(one('phone', 'ph1')?.values).toMatchObject({
      number: '(410) 555-0134',
      e164: '+14105550134',
      extension: '12',
      type: 'voice',
    });
    expect(
      of('phone')
        .filter((p) => p.sourceKey.startsWith('ph2'))
        .map((p) => p.values.e164),
    ).toEqual(['+14105550135', '+14105550136']);
    expect(one('phone', 'ph2')?.values.type).toBe('textphone');
    expect(one('phone', 'ph3')?.values).toMatchObject({
      extension: '7',
      type: 'fax',
      location_id: one('location', 'l1')?.id,
    });
    expect(at('phones.csv', 4)).toEqual(['WARNING MISSING_PARENT service_id']);
    expect(at('phones.csv', 5)).toEqual(['ERROR ORPHAN']);
    expect(at('phones.csv', 6)).toEqual(['WARNING BAD_PHONE number', 'WARNING UNKNOWN_VALUE type']);
    expect(at('phones.csv', 8)).toEqual(['ERROR PARENT_REJECTED service_id']);
  });

  it('reads hours where they are certain and keeps them as text where not', async () => {
    const { one, at } = await read(fixture('three'));
    expect(one('schedule', 'sc1')?.values).toMatchObject({
      freq: 'WEEKLY',
      byday: 'MO,WE',
      opens_at: '08:30',
      closes_at: '17:00',
    });
    expect(one('schedule', 'sc2')?.values).toMatchObject({
      freq: 'WEEKLY',
      byday: 'MO,TU,WE,TH,FR',
      opens_at: '09:00',
      closes_at: '17:00',
    });
    expect(one('schedule', 'sc3')?.values).toMatchObject({
      freq: 'MONTHLY',
      byday: '2TU,4TU',
      opens_at: '10:00',
      description: null,
    });
    expect(one('schedule', 'sc4')?.values).toMatchObject({ freq: null, description: 'By appointment, call first' });
    expect(one('schedule', 'sc5')?.values).toMatchObject({ byday: 'FR', opens_at: '00:00', closes_at: '23:59' });
    expect(one('schedule', 'sc6')).toBeUndefined();
    expect(at('schedules.csv', 7)).toEqual(['WARNING NO_HOURS opens_at']);
    expect(at('schedules.csv', 8)).toContain('WARNING BAD_DATE valid_to');
  });

  it('empties links within a table that lead nowhere, and names what it did not read', async () => {
    const { unlinked, of, problems } = await read(fixture('three'));
    expect(unlinked.toSorted()).toEqual(['organization.parent_organization_id', 'taxonomy_term.parent_id']);
    expect(of('attribute').map((a) => a.sourceKey)).toEqual(['at1', 'at2']);
    expect(problems.find((p) => p.code === 'FILE_NOT_READ')?.file).toBe('notes.csv');
  });

  it('gives languages their codes and areas their short form', async () => {
    const { one } = await read(fixture('three'));
    expect(one('language', 'la1')?.values).toMatchObject({ name: 'Spanish', code: 'es' });
    expect(one('language', 'la2')?.values).toMatchObject({ code: 'ht' });
    expect(one('service_area', 'sa1')?.values.covers).toEqual(['county:MD/Howard']);
    expect(one('service_area', 'sa2')?.values.covers).toEqual(['zip:21201', 'zip:21202']);
    expect(one('service_area', 'sa3')?.values.covers).toEqual([]);
  });

  it('reads the same from a zip', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hsds-'));
    try {
      const zip = join(folder, 'three.zip');
      await zipFolder(fixture('three'), zip);
      const [packed, plain] = [await read(zip), await read(fixture('three'))];
      expect(packed.rows).toEqual(plain.rows);
      expect(packed.problems).toEqual(plain.problems);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('older and other shapes', () => {
  it('maps HSDS 1.1 to 3.1', async () => {
    const { format, one, of, counts, problems } = await read(fixture('one'));
    expect(format).toBe('hsds-1');
    expect(one('organization', '1')?.values.website).toBe('http://river.example.org');
    expect(one('service', '21')?.values).toMatchObject({
      status: 'active',
      fees_description: 'Free to everyone',
      is_free: true,
      eligibility_description: 'Adults; Ages 18 and older',
    });
    expect(of('schedule').map((s) => s.values.byday ?? s.values.description)).toEqual(['Closed', 'MO', 'TU']);
    expect(counts.get('regular_schedules.csv')).toMatchObject({ imported: 2, skipped: 1 });
    expect(counts.get('eligibility.csv')).toMatchObject({ imported: 2, rejected: 1 });
    expect(of('address').map((a) => a.values.address_type)).toEqual(['physical', 'postal']);
    expect(of('location').map((l) => l.values.location_type)).toEqual(['physical', 'postal']);
    expect(of('attribute')[0]?.values).toMatchObject({ link_entity: 'service', link_id: one('service', '21')?.id });
    expect(of('accessibility')[0]?.values).toMatchObject({ description: 'Ramp', details: 'At the side door' });
    expect(of('language').map((l) => l.values.code)).toEqual(['en', 'es']);
    expect(problems.filter((p) => p.severity === 'ERROR').map((p) => [p.code, p.file])).toEqual([
      ['ORPHAN', 'eligibility.csv'],
    ]);
  });

  it('reads Ohana files: the organization through the location, lists in one cell', async () => {
    const { format, one, of, at } = await read(fixture('ohana'));
    expect(format).toBe('ohana');
    const organization = one('organization', '1')?.id;
    expect(one('service', '7')?.values).toMatchObject({
      organization_id: organization,
      interpretation_services: 'Accommodations possible.',
      minimum_age: 60,
    });
    expect(one('service', '8')?.values.organization_id).toBe(organization);
    expect(at('services.csv', 4)).toEqual(['ERROR EMPTY_REQUIRED organization_id']);
    expect(of('funding').map((f) => f.values.source)).toEqual(['County', 'Donations']);
    expect(of('service_area').map((a) => a.values.covers)).toEqual([['state:MD'], []]);
    expect(of('language').map((l) => l.values.code)).toEqual(['es', 'ase', 'es']);
    expect(of('phone').map((p) => [p.values.type, p.values.description])).toEqual([
      ['voice', null],
      ['textphone', 'TTY'],
    ]);
    expect(of('address')[0]?.values.country).toBe('US');
  });

  it('reads record ids and lists of ids in one cell', async () => {
    const { format, one, of, counts, at } = await read(fixture('record-ids'));
    expect(format).toBe('orservices');
    expect(one('service', '9201')?.values).toMatchObject({
      name: 'Clothes',
      status: 'active',
      organization_id: one('organization', '9001')?.id,
    });
    expect(at('services.csv', 2)).toEqual(['WARNING SEVERAL_VALUES organization_id']);
    expect(of('service_at_location')).toHaveLength(2);
    expect(of('phone')).toHaveLength(3);
    expect(
      of('schedule').map((s) => `${String(s.values.byday)} ${String(s.values.opens_at)}-${String(s.values.closes_at)}`),
    ).toEqual(['MO,TU,TH,FR 09:00-17:00', 'MO,TU,WE,TH,FR,SA,SU 00:00-23:59']);
    expect(counts.get('physical_addresses.csv')).toMatchObject({ imported: 2, duplicate: 1 });
    expect(one('location', '9102')?.values.organization_id).toBeUndefined();
  });

  it('reads plain tables by a saved column mapping', async () => {
    const mapping = readMapping(JSON.parse(await readFile(fixture('plain/mapping.json'), 'utf8')));
    const { one, of } = await read(fixture('plain/clinics.csv'), { mapping });
    expect(one('service', 'Birch Clinic')?.values.name).toBe('Clinic: Birch Clinic');
    expect(of('schedule').map((s) => s.values.byday ?? s.values.description)).toEqual([
      'MO,TU,WE,TH,FR',
      'ask at the door',
    ]);
  });

  it('reads HSDS JSON with everything nested, as a page and line by line', async () => {
    const page = await read(fixture('json/services.json'));
    const lines = await read(fixture('json/services.ndjson'));
    expect(page.format).toBe('hsds-json');
    expect(page.problems).toEqual([]);
    expect(page.of('organization')).toHaveLength(1);
    expect(page.of('service')).toHaveLength(2);
    expect(page.of('program')[0]?.values.organization_id).toBe(page.of('organization')[0]?.id);
    for (const entity of ['phone', 'language', 'service_at_location', 'attribute', 'service_capacity'] as const) {
      expect(page.of(entity)).toHaveLength(2);
    }
    expect(page.of('language')[0]?.values.phone_id).toBe(page.of('phone')[0]?.id);
    expect(page.of('attribute')[0]?.values).toMatchObject({
      link_entity: 'service',
      link_id: page.of('service')[0]?.id,
    });
    const bare = ({ entity, id, values }: HsdsRow) => ({ entity, id, values });
    expect(lines.rows.map(bare)).toEqual(page.rows.map(bare));
    expect(lines.at('services.ndjson', 3)).toEqual(['ERROR UNREADABLE_ROW']);
  });

  it('refuses what is no package with one clear sentence', async () => {
    await expect(read(fixture('no-services'))).rejects.toThrow(
      /^no-services has no services: .* \(found: organizations\)/,
    );
    await expect(read(fixture('nowhere'))).rejects.toThrow(/^There is no file or folder at /);
    await expect(read(fileURLToPath(import.meta.url))).rejects.toThrow(/neither a folder, a zip, a CSV/);
  });

  it('refuses the schema of a package, which only describes data', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hsds-'));
    try {
      const schema = { name: 'service', type: 'object', properties: { id: { type: 'string' } } };
      await writeFile(join(folder, 'service.json'), JSON.stringify(schema));
      await expect(read(folder)).rejects.toThrow(/no table and no listing/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('refuses a column mapping that names no HSDS table or column', () => {
    const tables = { '*': [{ entity: 'service', columns: { nam: 'x' } }] };
    expect(() => readMapping({ name: 'x', tables })).toThrow('service has no column "nam"');
    expect(() => readMapping({ name: 'x', tables: { a: [{ entity: 'thing' }] } })).toThrow(
      '"thing", which is no HSDS table',
    );
  });
});

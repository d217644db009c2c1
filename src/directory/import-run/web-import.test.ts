import { gql } from 'graphql-request';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, careManager, operator } from '../../../test/actors.js';
import { confirmIt, importDesk, readIt, tryIt } from '../../../test/import-desk.js';
import { inline, sheetOf, writeWorkbook } from '../../../test/workbook.js';
import { zipFolder } from '../../../test/zip.js';
import { newId } from '../../platform/id.js';

let desk: Awaited<ReturnType<typeof importDesk>>;
beforeAll(async () => {
  desk = await importDesk();
});
afterAll(() => desk.stop());

const pantries = `Pantry,Street Address,City,State,Zip,Phone,Hours,Category,Internal no.
Lantern Pantry,1 Elm St,Columbia,MD,21044,410-555-0101,Mon-Fri 9am-5pm,Food Pantry,7
"Harbor, Kitchen",2 Oak St,Baltimore,MD,21201,410-555-0102,call first,"Meals, Food Pantry",8
`;

describe('a file that a curator sends', () => {
  it('arrives in parts, is tried without changing anything, and imported when confirmed', async () => {
    const folder = fileURLToPath(new URL('../../../test/fixtures/hsds/three', import.meta.url));
    const zip = join(desk.dataDir, 'package.zip');
    await zipFolder(folder, zip);
    const bytes = await readFile(zip);
    const half = Math.floor(bytes.length / 2);
    const first = await desk.send(bytes.subarray(0, half), { name: 'package.zip', total: bytes.length });
    expect(first).toMatchObject({ status: 200, received: half, complete: false });
    const again = await desk.send(bytes.subarray(0, half), { id: first.id, name: 'package.zip', total: bytes.length });
    expect(again).toMatchObject({ received: half });
    const rest = await desk.send(bytes.subarray(half), {
      id: first.id,
      name: 'package.zip',
      at: half,
      total: bytes.length,
    });
    expect(rest).toMatchObject({ status: 200, received: bytes.length, complete: true });

    const trial = await desk.tried(first.id, 'Zip county');
    expect(trial).toMatchObject({
      status: 'DONE',
      dryRun: true,
      canBeConfirmed: true,
      format: 'hsds-3',
      columns: null,
    });
    expect(trial.problemKinds.length).toBeGreaterThan(3);
    expect(await desk.services('Zip county')).toEqual([]);

    const done = await desk.confirmed(trial.id);
    expect(done).toMatchObject({ status: 'DONE', dryRun: false });
    expect((await desk.services('Zip county')).length).toBeGreaterThan(0);
    expect((await desk.actor.gql(readIt, { id: trial.id })).importRun).toMatchObject({
      canBeConfirmed: false,
      importedAs: done.id,
    });
    const twice = await desk.actor.gql(confirmIt, { input: { runId: trial.id } });
    expect(twice.confirmImport).toMatchObject({ importRun: null, userErrors: [{ code: 'ALREADY_DECIDED' }] });
  });

  it('may be a plain table: its columns are proposed from the headers, corrected, and kept for the next time', async () => {
    const { id } = await desk.send(pantries, { name: 'pantries.csv' });
    const trial = await desk.tried(id, 'Pantry list');
    expect(
      Object.fromEntries(trial.columns.map((one: { column: string; target: string }) => [one.column, one.target])),
    ).toEqual({
      pantry: null,
      'street address': 'address.address_1',
      city: 'address.city',
      state: 'address.state_province',
      zip: 'address.postal_code',
      phone: 'phone.number',
      hours: 'schedule.description',
      category: 'taxonomy_term.name',
      'internal no.': null,
    });
    const columns = trial.columns.map((one: { column: string; target: string | null }) =>
      one.column === 'pantry' ? { ...one, target: 'service.name' } : one,
    );
    const second = await desk.tried(id, 'Pantry list', columns);
    expect(second.status).toBe('DONE');
    await desk.confirmed(second.id);
    expect((await desk.services('Pantry list')).map(({ name }) => name)).toEqual(['Harbor, Kitchen', 'Lantern Pantry']);
    const hours = await desk.hub.sql(
      `select byday, opens_at, closes_at, description from hub.schedule where service_id in (select v.id from hub.service v
       join hub.import_source s on s.id = v.source_id where s.name = 'Pantry list') order by byday nulls last`,
    );
    expect(hours).toEqual([
      { byday: 'MO,TU,WE,TH,FR', opens_at: '09:00', closes_at: '17:00', description: null },
      { byday: null, opens_at: null, closes_at: null, description: 'call first' },
    ]);

    const next = await desk.send(pantries.replace('Lantern Pantry', 'Lantern Food Pantry'), {
      name: 'pantries-2027.csv',
    });
    const third = await desk.tried(next.id, 'Pantry list');
    expect(third.columns[0]).toEqual({ table: null, column: 'pantry', target: 'service.name' });
    expect(third.counts).toContainEqual(expect.objectContaining({ entity: 'service', created: 1, unchanged: 1 }));
  });

  it('may be several plain tables that name each other by numbers', async () => {
    const folder = await mkdtemp(join(desk.dataDir, 'tables-'));
    const tables = {
      'Agencies.csv':
        'Agency ID,Agency Name,Web\nA1,Fictional Lantern House,https://lantern.example.org\nA2,Fictional Harbor,\n',
      'Programs.csv': `ID,Agency ID,Program,Description,Category
P1,A1,Evening meals,Hot meals for anyone,Meals
P2,A1,Night shelter,Beds,Shelter
P3,A2,Rides,Rides to the doctor,
P4,A9,Lost,Nobody gives it,
`,
      'Sites.csv': `Site ID,Program ID,Site Name,Street,City,State,Zip
S1,P1,Main hall,1 Elm St,Columbia,MD,21044
S1,P2,Main hall,1 Elm St,Columbia,MD,21044
`,
      'Hours.csv': 'Program ID,Day,Opens,Closes\nP1,Monday,5pm,7pm\nP1,Wednesday,5:00 PM,7:00 PM\n',
      'Phone numbers.csv': 'Program ID,Number,Description\nP1,410-555-0101,Front desk\nP3,410-555-0101,Front desk\n',
    };
    for (const [name, text] of Object.entries(tables)) await writeFile(join(folder, name), text);
    const zip = join(desk.dataDir, 'tables.zip');
    await zipFolder(folder, zip);
    const sendZip = async () => desk.send(await readFile(zip), { name: 'tables.zip' });
    const trial = await desk.tried((await sendZip()).id, 'Several tables');
    expect(trial).toMatchObject({ status: 'DONE', format: 'columns', canBeConfirmed: true });
    expect(trial.columns).toContainEqual({ table: 'hours', column: 'opens', target: 'schedule.opens_at' });
    await desk.confirmed(trial.id);
    const rows = await desk.hub.sql(
      `select v.name, o.name as agency, o.website, l.name as place, a.postal_code as zip, p.number,
         (select array_agg(concat_ws(' ', h.byday, h.opens_at, h.closes_at) order by h.byday) from hub.schedule h where h.service_id = v.id) as hours
       from hub.service v join hub.import_source s on s.id = v.source_id join hub.organization o on o.id = v.organization_id
       left join hub.service_at_location x on x.service_id = v.id left join hub.location l on l.id = x.location_id
       left join hub.address a on a.location_id = l.id left join hub.phone p on p.service_id = v.id
       where s.name = 'Several tables' order by v.name`,
    );
    const site = { place: 'Main hall', zip: '21044' };
    const agency = { agency: 'Fictional Lantern House', website: 'https://lantern.example.org' };
    const phone = '410-555-0101';
    expect(rows).toEqual([
      { name: 'Evening meals', ...agency, ...site, number: phone, hours: ['MO 17:00 19:00', 'WE 17:00 19:00'] },
      { name: 'Night shelter', ...agency, ...site, number: null, hours: null },
      { name: 'Rides', agency: 'Fictional Harbor', website: null, place: null, zip: null, number: phone, hours: null },
    ]);
    expect(trial.problemKinds).toContainEqual({ code: 'MISSING_PARENT', count: 1 });

    const again = await desk.tried((await sendZip()).id, 'Several tables');
    expect(again.counts).toContainEqual(expect.objectContaining({ entity: 'service', created: 0, unchanged: 3 }));
    expect(again.counts).toContainEqual(expect.objectContaining({ entity: 'phone', created: 0, unchanged: 2 }));
  });

  it('is refused with the reason when no name can be found in a table', async () => {
    const { id } = await desk.send('a,b\n1,2\n', { name: 'nothing.csv' });
    const input = { uploadId: id, source: 'x', columns: [{ column: 'a', target: 'address.city' }] };
    const { tryImport } = await desk.actor.gql(tryIt, { input });
    expect(tryImport).toMatchObject({ importRun: null, userErrors: [{ code: 'BAD_COLUMNS', field: 'columns' }] });
  });

  it('that is no package fails with one sentence, and nothing is left', async () => {
    const { id } = await desk.send('[{"a": 1}, {"a": 2}]', { name: 'other.json' });
    const run = await desk.tried(id, 'Nobody');
    expect(run).toMatchObject({ status: 'FAILED', canBeConfirmed: false });
    expect(run.message).toBe('Say which column holds the name of the service or of the organization.');
  });
});

describe('a workbook of Excel', () => {
  it('comes in as its table would, by the names of its columns', async () => {
    const rows = [
      ['Fictional pantries, May'],
      ['No', 'Pantry', 'Street Address', 'City', 'State', 'Zip', 'Phone', 'Hours', 'Category'],
      [
        '1',
        'Fictional Moon Pantry',
        '1 Elm St',
        'Columbia',
        'MD',
        '21044',
        '410-555-0101',
        'Mon-Fri 9am-5pm',
        'Food pantry',
      ],
      ['2', 'Fictional Sun Kitchen', '2 Oak St', 'Columbia', 'MD', '21044', '410-555-0102', 'Sat 9am-1pm', 'Hot meals'],
    ].map(
      (cells, n) => `<row>${cells.map((words, i) => inline(`${'ABCDEFGHI'[i] ?? ''}${n + 1}`, words)).join('')}</row>`,
    );
    const path = await writeWorkbook(desk.dataDir, { sheets: { Sheet1: sheetOf(rows.join('')) } });
    const { id } = await desk.send(await readFile(path), { name: 'Moon list.xlsx' });
    const proposed = await desk.tried(id, 'Moon list');
    expect(proposed).toMatchObject({ fileName: 'Moon list.xlsx', canBeConfirmed: false });
    const columns = [
      ...proposed.columns.filter(({ column }: { column: string }) => !['no', 'pantry'].includes(column)),
      { column: 'no', target: 'row.id' },
      { column: 'pantry', target: 'service.name' },
    ].map(({ column, target }) => ({ column, target }));
    const run = await desk.confirmed((await desk.tried(id, 'Moon list', columns)).id);
    expect(run.counts).toContainEqual(expect.objectContaining({ entity: 'service', read: 2, created: 2, rejected: 0 }));
    expect((await desk.services('Moon list')).map(({ name }) => name)).toEqual([
      'Fictional Moon Pantry',
      'Fictional Sun Kitchen',
    ]);
  });
});

describe('what is sent', () => {
  it.each([
    ['a program', 'tool.exe', 'MZ', 400, 'UNKNOWN_KIND'],
    ['something else under the name of a zip', 'x.zip', 'not a zip at all', 400, 'WRONG_KIND'],
    ['a workbook from before 2007', 'x.xls', 'anything', 400, 'WRONG_KIND'],
    ['a workbook with a password', 'x.xlsx', Buffer.from('d0cf11e0', 'hex'), 400, 'WRONG_KIND'],
    ['a workbook under the name of a table', 'x.csv', 'PK\x03\x04rest', 400, 'WRONG_KIND'],
    ['a picture under the name of a table', 'x.csv', '\x89PNG\0\0', 400, 'WRONG_KIND'],
    ['a page under the name of a table', 'x.csv', '<html>', 400, 'WRONG_KIND'],
    ['text under the name of JSON', 'x.json', 'hello', 400, 'WRONG_KIND'],
    ['a name with a path', '../x.csv', 'a,b', 400, 'BAD_USER_INPUT'],
  ])('may not be %s', async (_, name, body, status, code) => {
    expect(await desk.send(body, { name })).toMatchObject({ status, code });
  });

  it('may not be larger than announced, nor than a gigabyte, nor out of order', async () => {
    expect(await desk.send('abcdef', { name: 'x.csv', total: 3 })).toMatchObject({ status: 413, code: 'TOO_LARGE' });
    expect(await desk.send('abc', { name: 'x.csv', total: 2 ** 31 })).toMatchObject({ status: 413, code: 'TOO_LARGE' });
    expect(await desk.send('abc', { name: 'x.csv', at: 5, total: 8 })).toMatchObject({
      status: 400,
      code: 'NOT_IN_ORDER',
    });
  });

  it('comes from a person who may import, and from our own pages', async () => {
    const stranger = await careManager(desk.hub);
    expect(await desk.send('a,b', { name: 'x.csv', token: stranger.token })).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
    expect(await desk.send('a,b', { name: 'x.csv', token: 'nobody' })).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
    const headers = { origin: 'https://evil.example' };
    expect(await desk.send('a,b', { name: 'x.csv', headers })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    const someone = await operator(desk.hub);
    const { id } = await desk.send('a,b', { name: 'x.csv', total: 6 });
    expect(await desk.send('c,d', { id, name: 'x.csv', at: 3, total: 6, token: someone.token })).toMatchObject({
      code: 'NOT_IN_ORDER',
    });
  });

  it('is taken away after two weeks', async () => {
    const { id } = await desk.send(pantries, { name: 'old.csv' });
    const lies = async () => (await readdir(join(desk.dataDir, 'imports', 'uploads'))).includes(`${id}.csv`);
    expect(await lies()).toBe(true);
    await desk.hub.sql(`update hub.import_upload set uploaded_at = uploaded_at - interval '15 days' where id = $1`, [
      id,
    ]);
    await desk.hub.sql(`select hub.enqueue('directory.clear-uploads', '{}'::json)`);
    await desk.hub.runJobs();
    expect(await lies()).toBe(false);
    expect(await desk.actor.codes(tryIt, { input: { uploadId: id, source: 'late' } })).toEqual(['NOT_FOUND']);
  });
});

it('after many services came in, words are counted anew, and what is near lies close in the search', async () => {
  // Every other one lies on the other coast.
  const where = (n: number) => (n % 2 === 0 ? 'Baltimore,MD,21201,39.29,-76.61' : 'Los Angeles,CA,90012,34.06,-118.24');
  const rows = Array.from(
    { length: 1000 },
    (_, n) => `${n},Fictional zephyrine meals ${n},Elm House ${n % 7},${n} Main St,${where(n)}`,
  );
  const header = 'id,program,agency,street,city,state,zip,latitude,longitude';
  const { id } = await desk.send(`${header}\n${rows.join('\n')}\n`, { name: 'many.csv' });
  await desk.confirmed((await desk.tried(id, 'Many')).id);
  const counted = `select documents from hub.search_word where word = 'zephyrine'`;
  await expect.poll(async () => (await desk.hub.runJobs(), desk.hub.sql(counted))).toEqual([{ documents: 1000 }]);
  const [jumps] = await desk.hub.sql<{ n: number }>(
    `select count(*)::int as n from (select longitude < -100 as west, lag(longitude < -100) over (order by ctid) as before
       from hub.search_document where name like 'Fictional zephyrine%') x where west <> before`,
  );
  expect(jumps?.n).toBeLessThan(10);
});

it('a report is downloaded as a table that no spreadsheet runs', async () => {
  const bad = 'id,organization_id,name\n=1+1,nobody,=cmd()\n';
  const { id } = await desk.send(bad, { name: 'services.csv' });
  const run = await desk.tried(id, 'Report');
  const response = await fetch(`${await addressOf(desk.hub)}/imports/${run.id}/problems.csv`, {
    headers: { authorization: `Bearer ${desk.actor.token}` },
  });
  expect(response.headers.get('content-type')).toContain('text/csv');
  const text = await response.text();
  expect(text).toContain('severity,code,file,line,table,source_id,column,message');
  expect(text).toContain('ERROR,MISSING_PARENT,services.csv');
  expect(text).toContain(`'=1+1`);
  const spanish = await fetch(`${await addressOf(desk.hub)}/imports/${run.id}/problems.csv?language=es`, {
    headers: { authorization: `Bearer ${desk.actor.token}`, 'accept-language': 'en-US' },
  });
  expect(spanish.headers.get('content-disposition')).toContain('problemas-de-importacion-');
  const words = await spanish.text();
  expect(words).toContain('gravedad,código,archivo,línea,tabla,id en la fuente,columna,mensaje');
  expect(words).toMatch(
    /se dejó fuera,MISSING_PARENT,services\.csv,2,service,'=1\+1,.*Pertenece a organización «nobody»/,
  );
  expect(words.split('\r\n')).toHaveLength(text.split('\r\n').length);
  const none = await fetch(`${await addressOf(desk.hub)}/imports/${newId()}/problems.csv`, {
    headers: { authorization: `Bearer ${desk.actor.token}` },
  });
  expect(none.status).toBe(404);
});
it('a term that a curator gave a meaning gives its services that category, now and at the next import', async () => {
  const [term] = await desk.hub.sql<{ id: string }>(
    `select t.id from hub.taxonomy_term t join hub.import_source s on s.id = t.source_id where s.name = 'Pantry list' and t.name = 'Food Pantry'`,
  );
  const map = gql`
    mutation ($input: MapTermInput!) {
      mapTerm(input: $input) {
        term {
          name
          categories
          effectiveCategories
          services
        }
        userErrors {
          code
        }
      }
    }
  `;
  const { mapTerm } = await desk.actor.gql(map, { input: { termId: term?.id, categories: ['food-insecurity'] } });
  expect(mapTerm.term).toEqual({
    name: 'Food Pantry',
    categories: ['food-insecurity'],
    effectiveCategories: ['food-insecurity'],
    services: 2,
  });
  expect((await desk.services('Pantry list')).map(({ categories }) => categories)).toEqual([
    ['food-insecurity'],
    ['food-insecurity'],
  ]);
  const more = await desk.send(`${pantries}Third,3 Elm St,Columbia,MD,21044,410-555-0103,,Food Pantry,9\n`, {
    name: 'more.csv',
  });
  await desk.confirmed((await desk.tried(more.id, 'Pantry list')).id);
  expect((await desk.services('Pantry list')).at(-1)).toMatchObject({ name: 'Third', categories: ['food-insecurity'] });
});

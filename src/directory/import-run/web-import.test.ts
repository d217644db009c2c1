import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gql } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, careManager, curator, operator, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { zipFolder } from '../../../test/zip.js';
import { newId } from '../../platform/id.js';
import { readFile } from 'node:fs/promises';

let hub: TestHub;
let actor: Actor;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'hub-imports-'));
  hub = await testHub({ now: new Date(), env: { HUB_DATA_DIR: dataDir } });
  actor = await curator(hub);
});
afterAll(async () => {
  await hub.stop();
  await rm(dataDir, { recursive: true });
});

interface Sent {
  id?: string;
  name: string;
  at?: number;
  total?: number;
  token?: string;
  headers?: Record<string, string>;
}

async function send(body: Buffer | string, { id = newId(), name, at = 0, total, token = actor.token, headers }: Sent) {
  const bytes = Buffer.from(body);
  const query = new URLSearchParams({ name, at: String(at), total: String(total ?? bytes.length) });
  const response = await fetch(`${await addressOf(hub)}/imports/files/${id}?${query.toString()}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream', ...headers },
    body: new Uint8Array(bytes),
  });
  const answer = (await response.json()) as {
    received?: number;
    complete?: boolean;
    errors?: { extensions: { code: string } }[];
  };
  return { id, status: response.status, ...answer, code: answer.errors?.[0]?.extensions.code };
}

const fields = `id status dryRun canBeConfirmed importedAs message fileName format columns { column target }
  counts { entity read created updated unchanged rejected } problemKinds { code count }`;
const tryIt = gql`mutation ($input: TryImportInput!) { tryImport(input: $input) { importRun { ${fields} } userErrors { code field } } }`;
const confirmIt = gql`mutation ($input: ConfirmImportInput!) { confirmImport(input: $input) { importRun { ${fields} } userErrors { code } } }`;
const readIt = gql`query ($id: ID!) { importRun(id: $id) { ${fields} } }`;

async function tried(uploadId: string, source: string, columns?: { column: string; target: string | null }[]) {
  const { tryImport } = await actor.gql(tryIt, { input: { uploadId, source, ...(columns && { columns }) } });
  expect(tryImport.userErrors).toEqual([]);
  await hub.runJobs();
  return (await actor.gql(readIt, { id: tryImport.importRun.id })).importRun;
}

async function confirmed(runId: string) {
  const { confirmImport } = await actor.gql(confirmIt, { input: { runId } });
  expect(confirmImport.userErrors).toEqual([]);
  await hub.runJobs();
  return (await actor.gql(readIt, { id: confirmImport.importRun.id })).importRun;
}

const services = (source: string) =>
  hub.sql<{ id: string; name: string; categories: string[] }>(
    `select v.id, v.name, v.categories from hub.service v join hub.import_source s on s.id = v.source_id where s.name = $1 order by v.name`,
    [source],
  );

const pantries = `Pantry,Street Address,City,State,Zip,Phone,Hours,Category,Internal no.
Lantern Pantry,1 Elm St,Columbia,MD,21044,410-555-0101,Mon-Fri 9am-5pm,Food Pantry,7
"Harbor, Kitchen",2 Oak St,Baltimore,MD,21201,410-555-0102,call first,"Meals, Food Pantry",8
`;

describe('a file that a curator sends', () => {
  it('arrives in parts, is tried without changing anything, and imported when confirmed', async () => {
    const folder = fileURLToPath(new URL('../../../test/fixtures/hsds/three', import.meta.url));
    const zip = join(dataDir, 'package.zip');
    await zipFolder(folder, zip);
    const bytes = await readFile(zip);
    const half = Math.floor(bytes.length / 2);
    const first = await send(bytes.subarray(0, half), { name: 'package.zip', total: bytes.length });
    expect(first).toMatchObject({ status: 200, received: half, complete: false });
    const again = await send(bytes.subarray(0, half), { id: first.id, name: 'package.zip', total: bytes.length });
    expect(again).toMatchObject({ received: half });
    const rest = await send(bytes.subarray(half), { id: first.id, name: 'package.zip', at: half, total: bytes.length });
    expect(rest).toMatchObject({ status: 200, received: bytes.length, complete: true });

    const trial = await tried(first.id, 'Zip county');
    expect(trial).toMatchObject({
      status: 'DONE',
      dryRun: true,
      canBeConfirmed: true,
      format: 'hsds-3',
      columns: null,
    });
    expect(trial.problemKinds.length).toBeGreaterThan(3);
    expect(await services('Zip county')).toEqual([]);

    const done = await confirmed(trial.id);
    expect(done).toMatchObject({ status: 'DONE', dryRun: false });
    expect((await services('Zip county')).length).toBeGreaterThan(0);
    expect((await actor.gql(readIt, { id: trial.id })).importRun).toMatchObject({
      canBeConfirmed: false,
      importedAs: done.id,
    });
    const twice = await actor.gql(confirmIt, { input: { runId: trial.id } });
    expect(twice.confirmImport).toMatchObject({ importRun: null, userErrors: [{ code: 'ALREADY_DECIDED' }] });
  });

  it('may be a plain table: its columns are proposed from the headers, corrected, and kept for the next time', async () => {
    const { id } = await send(pantries, { name: 'pantries.csv' });
    const trial = await tried(id, 'Pantry list');
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
    const second = await tried(id, 'Pantry list', columns);
    expect(second.status).toBe('DONE');
    await confirmed(second.id);
    expect((await services('Pantry list')).map(({ name }) => name)).toEqual(['Harbor, Kitchen', 'Lantern Pantry']);
    const hours = await hub.sql(
      `select byday, opens_at, closes_at, description from hub.schedule where service_id in (select v.id from hub.service v
       join hub.import_source s on s.id = v.source_id where s.name = 'Pantry list') order by byday nulls last`,
    );
    expect(hours).toEqual([
      { byday: 'MO,TU,WE,TH,FR', opens_at: '09:00', closes_at: '17:00', description: null },
      { byday: null, opens_at: null, closes_at: null, description: 'call first' },
    ]);

    const next = await send(pantries.replace('Lantern Pantry', 'Lantern Food Pantry'), { name: 'pantries-2027.csv' });
    const third = await tried(next.id, 'Pantry list');
    expect(third.columns[0]).toEqual({ column: 'pantry', target: 'service.name' });
    expect(third.counts).toContainEqual(expect.objectContaining({ entity: 'service', created: 1, unchanged: 1 }));
  });

  it('is refused with the reason when no name can be found in a table', async () => {
    const { id } = await send('a,b\n1,2\n', { name: 'nothing.csv' });
    const input = { uploadId: id, source: 'x', columns: [{ column: 'a', target: 'address.city' }] };
    const { tryImport } = await actor.gql(tryIt, { input });
    expect(tryImport).toMatchObject({ importRun: null, userErrors: [{ code: 'BAD_COLUMNS', field: 'columns' }] });
  });

  it('that is no package fails with one sentence, and nothing is left', async () => {
    const { id } = await send('[{"a": 1}, {"a": 2}]', { name: 'other.json' });
    const run = await tried(id, 'Nobody');
    expect(run).toMatchObject({ status: 'FAILED', canBeConfirmed: false });
    expect(run.message).toBe('Say which column holds the name of the service or of the organization.');
  });
});

describe('what is sent', () => {
  it.each([
    ['a program', 'tool.exe', 'MZ', 400, 'UNKNOWN_KIND'],
    ['something else under the name of a zip', 'x.zip', 'not a zip at all', 400, 'WRONG_KIND'],
    ['a picture under the name of a table', 'x.csv', '\x89PNG\0\0', 400, 'WRONG_KIND'],
    ['a page under the name of a table', 'x.csv', '<html>', 400, 'WRONG_KIND'],
    ['text under the name of JSON', 'x.json', 'hello', 400, 'WRONG_KIND'],
    ['a name with a path', '../x.csv', 'a,b', 400, 'BAD_USER_INPUT'],
  ])('may not be %s', async (_, name, body, status, code) => {
    expect(await send(body, { name })).toMatchObject({ status, code });
  });

  it('may not be larger than announced, nor than a gigabyte, nor out of order', async () => {
    expect(await send('abcdef', { name: 'x.csv', total: 3 })).toMatchObject({ status: 413, code: 'TOO_LARGE' });
    expect(await send('abc', { name: 'x.csv', total: 2 ** 31 })).toMatchObject({ status: 413, code: 'TOO_LARGE' });
    expect(await send('abc', { name: 'x.csv', at: 5, total: 8 })).toMatchObject({ status: 400, code: 'NOT_IN_ORDER' });
  });

  it('comes from a person who may import, and from our own pages', async () => {
    const stranger = await careManager(hub);
    expect(await send('a,b', { name: 'x.csv', token: stranger.token })).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
    expect(await send('a,b', { name: 'x.csv', token: 'nobody' })).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
    });
    const headers = { origin: 'https://evil.example' };
    expect(await send('a,b', { name: 'x.csv', headers })).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    const someone = await operator(hub);
    const { id } = await send('a,b', { name: 'x.csv', total: 6 });
    expect(await send('c,d', { id, name: 'x.csv', at: 3, total: 6, token: someone.token })).toMatchObject({
      code: 'NOT_IN_ORDER',
    });
  });

  it('is taken away after two weeks', async () => {
    const { id } = await send(pantries, { name: 'old.csv' });
    const lies = async () => (await readdir(join(dataDir, 'imports', 'uploads'))).includes(`${id}.csv`);
    expect(await lies()).toBe(true);
    await hub.sql(`update hub.import_upload set uploaded_at = uploaded_at - interval '15 days' where id = $1`, [id]);
    await hub.sql(`select hub.enqueue('directory.clear-uploads', '{}'::json)`);
    await hub.runJobs();
    expect(await lies()).toBe(false);
    expect(await actor.codes(tryIt, { input: { uploadId: id, source: 'late' } })).toEqual(['NOT_FOUND']);
  });
});

it('a report is downloaded as a table that no spreadsheet runs', async () => {
  const bad = 'id,organization_id,name\n=1+1,nobody,=cmd()\n';
  const { id } = await send(bad, { name: 'services.csv' });
  const run = await tried(id, 'Report');
  const response = await fetch(`${await addressOf(hub)}/imports/${run.id}/problems.csv`, {
    headers: { authorization: `Bearer ${actor.token}` },
  });
  expect(response.headers.get('content-type')).toContain('text/csv');
  const text = await response.text();
  expect(text).toContain('severity,code,file,line,table,source_id,column,message');
  expect(text).toContain('ERROR,MISSING_PARENT,services.csv');
  expect(text).toContain(`'=1+1`);
  const none = await fetch(`${await addressOf(hub)}/imports/${newId()}/problems.csv`, {
    headers: { authorization: `Bearer ${actor.token}` },
  });
  expect(none.status).toBe(404);
});

describe('what an import leaves to decide', () => {
  const conflicts = gql`
    query {
      importConflicts {
        edges {
          node {
            id
            entity
            field
            ours
            theirs
            name
            service {
              id
            }
            setByAgency
          }
        }
      }
    }
  `;
  const proposals = gql`
    query {
      retireProposals {
        edges {
          node {
            id
            entity
            name
            service {
              id
            }
          }
        }
      }
    }
  `;
  const settle = gql`
    mutation ($input: SettleImportConflictInput!) {
      settleImportConflict(input: $input) {
        settled
        userErrors {
          code
        }
      }
    }
  `;
  const retire = gql`
    mutation ($input: SettleRetireProposalInput!) {
      settleRetireProposal(input: $input) {
        settled
        userErrors {
          code
        }
      }
    }
  `;
  const read = async (document: string, root: string) =>
    (await actor.gql(document))[root].edges.map(({ node }: { node: Record<string, unknown> }) => node);
  const source = 'Deciding county';
  const columns = [
    { column: 'name', target: 'service.name' },
    { column: 'id', target: 'row.id' },
    { column: 'description', target: 'service.description' },
    { column: 'phone', target: 'phone.number' },
  ];

  async function bring(text: string): Promise<void> {
    const { id } = await send(text, { name: 'list.csv' });
    await confirmed((await tried(id, source, columns)).id);
  }

  it('a correction survives; the source may be told off once, or taken over', async () => {
    await bring('id,name,description,phone\n1,One,Old words,410-555-0101\n2,Two,Words,410-555-0102\n');
    const [one, two] = await services(source);
    const owns = `insert into hub.field_owner (entity, entity_id, field, owner) values ('service', $1, $2, 'CURATOR')`;
    await hub.sql(`update hub.service set description = 'Our words' where id = any ($1::uuid[])`, [[one?.id, two?.id]]);
    await hub.sql(owns, [one?.id, 'description']);
    await hub.sql(owns, [two?.id, 'description']);
    await hub.sql(owns, [one?.id, 'phones']);
    await hub.sql(`update hub.phone set number = '410-555-0199' where service_id = $1`, [one?.id]);
    const next = 'id,name,description,phone\n1,One,New words,410-555-0111\n2,Two,Words,410-555-0102\n';
    await bring(next);
    const found = await read(conflicts, 'importConflicts');
    expect(found).toHaveLength(3);
    const of = (id: string | undefined, field: string) =>
      found.find(
        (c: Record<string, unknown>) => (c['service'] as { id: string } | null)?.id === id && c['field'] === field,
      );
    expect(of(one?.id, 'description')).toMatchObject({
      ours: 'Our words',
      theirs: 'New words',
      name: 'One',
      setByAgency: false,
    });
    expect(of(one?.id, 'phones')).toMatchObject({ ours: '410-555-0199', theirs: '410-555-0111' });
    const decide = (id: unknown, decision: string) => actor.gql(settle, { input: { id, decision } });
    await decide(of(one?.id, 'description')?.id, 'TAKE_THEIRS');
    await decide(of(one?.id, 'phones')?.id, 'TAKE_THEIRS');
    await decide(of(two?.id, 'description')?.id, 'KEEP_OURS');
    expect((await decide(of(two?.id, 'description')?.id, 'KEEP_OURS')).settleImportConflict.userErrors).toEqual([
      { code: 'ALREADY_DECIDED' },
    ]);
    expect(
      await hub.sql('select description from hub.service where id = any ($1::uuid[]) order by name', [
        [one?.id, two?.id],
      ]),
    ).toEqual([{ description: 'New words' }, { description: 'Our words' }]);
    expect(await hub.sql('select number from hub.phone where service_id = $1', [one?.id])).toEqual([
      { number: '410-555-0111' },
    ]);

    await bring(next);
    expect(await read(conflicts, 'importConflicts')).toEqual([]);
    await bring(next.replace('2,Two,Words', '2,Two,Other words'));
    expect(await read(conflicts, 'importConflicts')).toMatchObject([
      { service: { id: two?.id }, ours: 'Our words', theirs: 'Other words' },
    ]);
    await bring(next.replace('2,Two,Words', '2,Two,Our words'));
    expect(await read(conflicts, 'importConflicts')).toEqual([]);
  });

  it('what is gone from a source stays until a curator retires it, and is not asked again when kept', async () => {
    await bring('id,name,description,phone\n1,One,New words,410-555-0111\n');
    const [gone] = (await read(proposals, 'retireProposals')).filter(
      (p: Record<string, unknown>) => p['entity'] === 'service',
    );
    expect(gone).toMatchObject({ name: 'Two' });
    await actor.gql(retire, { input: { id: gone.id, decision: 'KEEP' } });
    await bring('id,name,description,phone\n1,One,New words,410-555-0111\n');
    expect(
      (await read(proposals, 'retireProposals')).filter((p: Record<string, unknown>) => p['entity'] === 'service'),
    ).toEqual([]);

    await bring('id,name,description,phone\n1,One,New words,410-555-0111\n2,Two,Our words,410-555-0102\n');
    await bring('id,name,description,phone\n1,One,New words,410-555-0111\n');
    const [again] = (await read(proposals, 'retireProposals')).filter(
      (p: Record<string, unknown>) => p['entity'] === 'service',
    );
    await actor.gql(retire, { input: { id: again.id, decision: 'RETIRE' } });
    expect(await hub.sql('select status from hub.service where id = $1', [again.service.id])).toEqual([
      { status: 'defunct' },
    ]);
  });
});

it('a term that a curator gave a meaning gives its services that category, now and at the next import', async () => {
  const [term] = await hub.sql<{ id: string }>(
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
  const { mapTerm } = await actor.gql(map, { input: { termId: term?.id, categories: ['food-insecurity'] } });
  expect(mapTerm.term).toEqual({
    name: 'Food Pantry',
    categories: ['food-insecurity'],
    effectiveCategories: ['food-insecurity'],
    services: 2,
  });
  expect((await services('Pantry list')).map(({ categories }) => categories)).toEqual([
    ['food-insecurity'],
    ['food-insecurity'],
  ]);
  const more = await send(`${pantries}Third,3 Elm St,Columbia,MD,21044,410-555-0103,,Food Pantry,9\n`, {
    name: 'more.csv',
  });
  await confirmed((await tried(more.id, 'Pantry list')).id);
  expect((await services('Pantry list')).at(-1)).toMatchObject({ name: 'Third', categories: ['food-insecurity'] });
});

import { exec, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf } from '../actors.js';
import { contents, hsds, lines, type Json } from '../hsds-client.js';
import { schemaDir, schemaProblems, unlessSchemas } from '../hsds-schemas.js';
import { testHub, type TestHub } from '../hub.js';
import { testSecret } from '../secret.js';
import { seedDemo } from '../../src/demo/seed-demo.js';
import { importPackage } from '../../src/directory/hsds/index.js';
import { rebuildSearch } from '../../src/directory/index.js';
import { asTask } from '../../src/platform/database/operation.js';
import { urlFor } from '../../src/platform/database/roles.js';

/*
 * What every endpoint answers over the demo network and over real directories, held against the API's own OpenAPI
 * document and, where they are at hand, against the published schemas.
 */
const data = process.env['HUB_TEST_DATA'];
/** Directories, and how many services each has at least. */
const realSets = [
  ['baltimore-directory', 1800],
  ['illinois-legal-aid', 80],
  ['dc-directory', 1000],
  ['dc-directory-other-columns', 1500],
  ['la-food/food-sites.csv', 500],
  ['us-pantries/pantries.ndjson', 2500],
  ['hsds-3.1/examples/csv', 1],
  ['open-eligibility-2.0/taxonomy', 0],
] as const;

const endpoints = [
  { list: 'services', item: 'service_item', one: 'service', full: true },
  { list: 'organizations', item: 'organization_item', one: 'organization', full: true },
  { list: 'service_at_locations', item: 'service_at_location_item', one: 'service_at_location', full: true },
  { list: 'taxonomies', item: 'taxonomy', one: 'taxonomy', full: false },
  { list: 'taxonomy_terms', item: 'taxonomy_term', one: 'taxonomy_term', full: false },
] as const;

/** The file of the published schema for an object of the OpenAPI document. */
const published = (name: string): string =>
  name.startsWith('taxonomy') ? `${name}.json` : `compiled/${name.replace('_item', '_list')}.json`;

let validators: Map<string, ValidateFunction>;

async function ownSchemas(hub: TestHub): Promise<void> {
  const { json } = await hsds(hub, '/openapi.json');
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(json, 'openapi');
  const names = Object.keys(json['components'].schemas);
  validators = new Map(names.map((name) => [name, ajv.compile({ $ref: `openapi#/components/schemas/${name}` })]));
}

/** Up to so many of a list, spread over it: the published schemas take some 10 ms for each. */
function sample<T>(values: readonly T[], most = 150): T[] {
  const step = Math.max(1, Math.ceil(values.length / most));
  return values.filter((_, index) => index % step === 0);
}

function check(name: string, values: readonly Json[]): void {
  const validate = validators.get(name);
  if (!validate) throw new Error(`no schema ${name}`);
  const chosen = new Set(sample(values));
  for (const value of values) {
    const own = validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    expect([value['id'], name, own]).toEqual([value['id'], name, []]);
    const problems = schemaDir && chosen.has(value) ? schemaProblems(published(name), value) : [];
    expect([value['id'], problems]).toEqual([value['id'], []]);
    expect(JSON.stringify(value)).not.toContain(':null');
  }
}

async function checkAll(hub: TestHub): Promise<Record<string, number>> {
  await ownSchemas(hub);
  const counts: Record<string, number> = {};
  for (const { list, item, one, full } of endpoints) {
    const { json: page } = await hsds(hub, `/${list}?per_page=1000`);
    expect([list, validators.get('Page')?.(page), page['error']]).toEqual([list, true, undefined]);
    counts[list] = page['total_items'] as number;
    check(item, page['contents'] as Json[]);
    const streamed = lines((await hsds(hub, `/${list}?format=ndjson${full ? '&full=true' : ''}`)).text);
    expect([list, streamed.length]).toEqual([list, page['total_items']]);
    expect(new Set(streamed.map(({ id }) => id as string)).size).toBe(streamed.length);
    check(one, streamed);
    for (const { id } of sample(streamed, 10)) {
      const { status, json } = await hsds(
        hub,
        `/${list}/${id as string}${list === 'organizations' ? '?full_service=true' : ''}`,
      );
      expect([list, id, status]).toEqual([list, id, 200]);
      check(one, [json]);
    }
    if (full) check(one, await contents(hub, `/${list}?full=true&per_page=25&page=2`));
  }
  check('organization', await contents(hub, '/organizations?full_service=true&per_page=20'));
  return counts;
}

/** A hub with the demo network, as `npm start` makes it but smaller. */
async function demoHub(): Promise<TestHub> {
  const hub = await testHub({ now: '2026-11-20T15:00:00Z' });
  const client = new Client({ connectionString: hub.app.database.ownerUrl });
  await client.connect();
  await seedDemo(client, { patients: 20, services: 120, seed: 3, now: hub.clock.now() });
  await client.end();
  await rebuildSearch(asTask(hub.orm));
  return hub;
}

describe(`over the demo network${unlessSchemas}`, () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await demoHub();
  });
  afterAll(() => hub.stop());

  // Compiling the published schemas takes a while on a busy machine.
  it('every endpoint answers in the shape that it documents', { timeout: 300_000 }, async () => {
    const counts = await checkAll(hub);
    const [{ n } = { n: 0 }] = await hub.sql<{ n: number }>(`select count(*)::int as n from hub.service s join hub.organization o on o.id = s.organization_id where s.status = 'active' and o.listed`); // prettier-ignore
    expect(counts['services']).toBe(n);
    expect(n).toBeGreaterThan(100);
  });
});

const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe.skipIf(!hasCurl)(`the documentation${hasCurl ? '' : ' (skipped: there is no curl)'}`, () => {
  it('has examples that work when they are pasted', { timeout: 120_000 }, async () => {
    const hub = await demoHub();
    const folder = await mkdtemp(join(tmpdir(), 'hsds-examples-'));
    try {
      const text = await readFile(new URL('../../docs/hsds-api.md', import.meta.url), 'utf8');
      const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
      const commands = blocks.flatMap((block) => block.trim().split('\n'));
      expect(commands.length).toBeGreaterThan(6);
      const address = await addressOf(hub);
      for (const command of commands) {
        const here = command.replaceAll('http://127.0.0.1:4000', address);
        const { stdout } = await promisify(exec)(here, { cwd: folder, maxBuffer: 1 << 26 });
        const refused = stdout.includes('"error"');
        expect([command, refused]).toEqual([command, command.includes('colour=red')]);
        // Not a page without anything on it.
        expect([command, stdout.includes('"total_items":0')]).toEqual([command, false]);
      }
      expect((await readFile(join(folder, 'services.ndjson'), 'utf8')).split('\n').length).toBeGreaterThan(100);
    } finally {
      await rm(folder, { recursive: true });
      await hub.stop();
    }
  });
});

const skipped = data && existsSync(data) ? '' : ' (skipped: HUB_TEST_DATA is not set)';
describe.skipIf(skipped !== '')(`over real directories${skipped}${unlessSchemas}`, () => {
  it.each(realSets)(
    '%s: every endpoint answers in the shape that it documents',
    { timeout: 300_000 },
    async (name, services) => {
      const hub = await testHub();
      const client = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
      try {
        await client.connect();
        await client.query('set role hub_task');
        await importPackage(client, join(data ?? '', name));
        const counts = await checkAll(hub);
        expect(counts['services']).toBeGreaterThanOrEqual(services);
        expect(counts['taxonomy_terms'] ?? 0).toBeGreaterThanOrEqual(services > 0 ? 0 : 300);
      } finally {
        await client.end();
        await hub.stop();
      }
    },
  );
});

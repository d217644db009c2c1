import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../../../test/database.js';
import { clearDirectory } from '../../../../test/hsds-network.js';
import { testSecret } from '../../../../test/secret.js';
import { urlFor } from '../../../platform/database/roles.js';
import { exportPackage } from '../export/export-package.js';
import { type ImportReport, importPackage } from './import-package.js';

const folder = process.env['HUB_TEST_DATA'];

/** Each real directory with what must come of it at least; the rest of its rows must be accounted for. */
const sets = [
  { path: 'baltimore-directory', format: 'ohana', organizations: 748, services: 1875, rejected: 1 },
  { path: 'dc-directory', format: 'orservices', organizations: 225, services: 1092, rejected: 0 },
  { path: 'dc-directory-other-columns', format: 'orservices', organizations: 399, services: 1638, rejected: 18 },
  { path: 'illinois-legal-aid', format: 'hsds-1', organizations: 33, services: 89, rejected: 341 },
  { path: 'us-pantries/pantries.ndjson', format: 'pantry-list', organizations: 2800, services: 2850, rejected: 0 },
  { path: 'la-food/food-sites.csv', format: 'food-oasis', organizations: 577, services: 580, rejected: 0 },
];

const examples = ['csv', 'tabular.json', 'service_full.json', 'service_list.json', 'organization_full.json', 'service_at_location_full.json', 'service_at_location_list.json']; // prettier-ignore

const title = `real directories${folder ? '' : ' (skipped: HUB_TEST_DATA is not set)'}`;

describe.skipIf(!folder || !existsSync(folder))(title, () => {
  const data = folder ?? '';
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let client: Client;

  beforeAll(async () => {
    database = await cloneDatabase();
    client = new Client({ connectionString: urlFor(database.url, 'hub_login', testSecret) });
    await client.connect();
    await client.query('set role hub_task');
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const sum = ({ counts }: ImportReport, name: 'created' | 'updated' | 'unchanged' | 'removed') =>
    Object.values(counts).reduce((all, count) => all + count[name], 0);

  function accountsForAll(report: ImportReport): void {
    for (const [file, { read, imported, rejected, duplicate, skipped }] of Object.entries(report.files)) {
      expect([file, imported + rejected + duplicate + skipped]).toEqual([file, read]);
    }
    for (const [entity, count] of Object.entries(report.counts)) {
      const { created, updated, unchanged, taken, rejected, duplicate, skipped } = count;
      expect([entity, created + updated + unchanged + taken + rejected + duplicate + skipped]).toEqual([
        entity,
        count.read,
      ]);
    }
  }

  it.each(sets)('$path comes in, loses nothing silently, and is unchanged the second time', async (set) => {
    const first = await importPackage(client, join(data, set.path));
    expect(first.format).toBe(set.format);
    accountsForAll(first);
    expect(first.counts.organization?.created).toBeGreaterThanOrEqual(set.organizations);
    expect(first.counts.service).toMatchObject({ created: set.services, rejected: set.rejected });
    const second = await importPackage(client, join(data, set.path));
    expect([sum(second, 'created'), sum(second, 'updated'), sum(second, 'removed')]).toEqual([0, 0, 0]);
    expect(sum(second, 'unchanged')).toBe(sum(first, 'created'));
    expect(second.problems).toEqual(first.problems);
  });

  it('repairs every coordinate of the pantries that is in metres, and finds none in the sea', async () => {
    const { rows } = await client.query<{ repaired: number; outside: number }>(
      `select (select count(*)::int from hub.import_problem where code = 'COORDINATES_REPAIRED' and message like '%metres%'
                 and run_id = (select id from hub.import_run where path like '%pantries.ndjson' order by id limit 1)) as repaired,
              (select count(*)::int from hub.location where latitude not between 18 and 72 or longitude not between -180 and -65) as outside`,
    );
    expect(rows).toEqual([{ repaired: 338, outside: 0 }]);
  });

  it.each(examples)('the HSDS 3.1 example %s comes in', async (name) => {
    const report = await importPackage(client, join(data, 'hsds-3.1/examples', name), { source: `example ${name}` });
    accountsForAll(report);
    const { created = 0, taken = 0 } = report.counts.service ?? {};
    expect(created + taken).toBe(1);
  });

  it.each(sets)(
    '$path goes out and comes back into an empty hub without loss, and again without a change',
    async (set) => {
      const folderOf = await mkdtemp(join(tmpdir(), 'hsds-real-'));
      const owner = new Client({ connectionString: database.url });
      await owner.connect();
      const quietly = { afterImport: async () => undefined };
      const form = set.path.startsWith('us-pantries')
        ? 'ndjson'
        : set.path.startsWith('baltimore')
          ? 'json'
          : 'tabular';
      const write = async (name: string): Promise<Map<string, string>> => {
        const path = join(folderOf, name);
        await exportPackage(client, path, { form, extent: 'all' });
        const names = (await readdir(path)).toSorted();
        return new Map(
          await Promise.all(names.map(async (one) => [one, await readFile(join(path, one), 'utf8')] as const)),
        );
      };
      try {
        await clearDirectory(owner);
        await importPackage(client, join(data, set.path), quietly);
        const first = await write('first');
        const same = await importPackage(client, join(folderOf, 'first'), { ...quietly, source: 'itself' });
        expect([sum(same, 'created'), sum(same, 'updated'), sum(same, 'removed')]).toEqual([0, 0, 0]);
        await clearDirectory(owner);
        const back = await importPackage(client, join(folderOf, 'first'), { ...quietly, restore: true });
        expect(back.problems.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
        const second = await write('second');
        for (const [name, text] of first) expect(second.get(name) === text, name).toBe(true);
        const again = await importPackage(client, join(folderOf, 'second'), { ...quietly, restore: true });
        expect([sum(again, 'created'), sum(again, 'updated'), sum(again, 'removed')]).toEqual([0, 0, 0]);
      } finally {
        await owner.end();
        await rm(folderOf, { recursive: true });
      }
    },
    240_000,
  );
});

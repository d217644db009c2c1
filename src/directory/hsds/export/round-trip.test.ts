import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../../../test/database.js';
import { clearDirectory, network, plant } from '../../../../test/hsds-network.js';
import { testSecret } from '../../../../test/secret.js';
import { urlFor } from '../../../platform/database/roles.js';
import { importPackage } from '../load/import-package.js';
import { exportPackage, type ExportOptions } from './export-package.js';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let owner: Client;
let client: Client;
let folder: string;
let made = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  owner = new Client({ connectionString: database.url });
  client = new Client({ connectionString: urlFor(database.url, 'hub_login', testSecret) });
  await owner.connect();
  await client.connect();
  await client.query('set role hub_task');
  folder = await mkdtemp(join(tmpdir(), 'hsds-export-'));
});
afterAll(async () => {
  await client.end();
  await owner.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function write(options: ExportOptions): Promise<string> {
  const path = join(folder, `${(made += 1)}${options.zip ? '.zip' : ''}`);
  await exportPackage(client, path, options);
  return path;
}

async function contents(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path)).toSorted();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(path, name), 'utf8')])),
  );
}

const quietly = { afterImport: async () => undefined };

describe.each(['tabular', 'json', 'ndjson'] as const)('a directory that is exported as %s', (form) => {
  it.each(['public', 'all'] as const)(
    'and imported into an empty hub is exported again byte for byte (%s)',
    async (extent) => {
      const runs = Number(process.env['RUNS'] ?? (form === 'ndjson' ? 5 : 15));
      await fc.assert(
        fc.asyncProperty(network(extent === 'public'), async (rows) => {
          await clearDirectory(owner);
          await plant(owner, rows, extent === 'all');
          const first = await write({ form, extent });
          await clearDirectory(owner);
          const report = await importPackage(client, first, { ...quietly, restore: extent === 'all' });
          expect(report.problems).toEqual([]);
          const second = await write({ form, extent });
          expect(await contents(second)).toEqual(await contents(first));
          const again = await importPackage(client, second, { ...quietly, restore: extent === 'all' });
          const changes = Object.values(again.counts).map((n) => n.created + n.updated + n.removed);
          expect(Math.max(0, ...changes)).toBe(0);
        }),
        { numRuns: runs, endOnFailure: true }, // Shrinking would take minutes.
      );
    },
    240_000,
  );
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { features } from '../../src/features.js';
import { importPackage } from '../../src/directory/hsds/load/import-package.js';
import { urlFor } from '../../src/platform/database/roles.js';
import { countJobs } from '../../src/platform/jobs/dead.js';
import { createJobs } from '../../src/platform/jobs/worker.js';
import { testHub, type TestHub } from '../hub.js';
import { testSecret } from '../secret.js';

/*
 * Imports of one source one right after the other, and three workers of four jobs each that bring the search up to date behind
 * them. Sites come and go, and names and hours change without the service's own row: whoever reads first must not write last.
 */
let hub: TestHub;
let importer: Client;
let folder: string;
const failed: string[] = [];

beforeAll(async () => {
  hub = await testHub({ now: new Date() });
  folder = await mkdtemp(join(tmpdir(), 'hub-index-jobs-'));
  importer = new Client({ connectionString: urlFor(hub.config.databaseUrl ?? '', 'hub_login', testSecret) });
  await importer.connect();
  await importer.query('set role hub_task');
});
afterAll(async () => {
  await importer.end();
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

const SERVICES = 60;
const id = (kind: string, n: number): string => `6f1b7a7e-${kind}-4222-8222-${String(n).padStart(12, '0')}`;
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** A package as it is at its nth reading: services in another order, with other sites, hours, words and names. */
function packageAt(round: number): string {
  const contents = Array.from({ length: SERVICES }, (_, at) => {
    const n = round % 2 === 0 ? at : SERVICES - 1 - at;
    const sites = Array.from({ length: (n + round) % 3 }, (__, site) => ({
      id: id('2223', n * 10 + site),
      location: {
        id: id('2224', n * 10 + site),
        location_type: 'physical',
        latitude: 39.29,
        longitude: -76.61,
        addresses: [{ id: id('2225', n * 10 + site), address_1: '1 Pine St', city: `Town${(n + round) % 7}`, state_province: 'MD', postal_code: '21201', country: 'US', address_type: 'physical' }], // prettier-ignore
      },
    }));
    return {
      id: id('2222', n),
      name: round % 3 === 0 ? `Pantry ${n} word${round}` : `Pantry ${n}`,
      status: 'active',
      organization: { id: id('2221', n % 5), name: `House ${n % 5}`, description: 'x' },
      schedules: [{ id: id('2226', n), freq: 'WEEKLY', byday: DAYS[(n + round) % 7], opens_at: '09:00', closes_at: '17:00' }], // prettier-ignore
      languages: [{ id: id('2227', n), name: round % 2 ? 'Spanish' : 'French', code: round % 2 ? 'es' : 'fr' }],
      service_at_locations: sites,
    };
  });
  return JSON.stringify({ total_items: contents.length, contents });
}

const DIFFERENT = `select count(*)::int as n from (
  (select COLUMNS from hub.search_source except select COLUMNS from hub.search_document)
  union all (select COLUMNS from hub.search_document except select COLUMNS from hub.search_source)) x`.replaceAll(
  'COLUMNS',
  'id, service_id, location_id, organization_name, name, city, languages, hours, version',
);

it('imports one right after the other, and several workers, leave the search as the directory is', async () => {
  const options = { workerUrl: hub.app.database.workerUrl, platform: hub.platform, crons: [] };
  const tasks = features.flatMap((feature) => feature.tasks ?? []);
  const workers = [0, 1, 2].map(() =>
    createJobs({ ...options, tasks, onRun: (task, failure) => failure && failed.push(task) }),
  );
  for (const worker of workers) await worker.start();
  const path = join(folder, 'services.json');
  for (let round = 0; round < 12; round += 1) {
    await writeFile(path, packageAt(round));
    await importPackage(importer, path, { source: 'back to back' });
    // Beside the imports: a page of the same services by hand, and the words counted anew.
    await hub.sql(`select hub.enqueue('search.index', json_build_object('serviceIds', array(select id from hub.service order by random())))`); // prettier-ignore
    await hub.sql(`select hub.enqueue('search.recount', '{}', null, 'search.recount')`);
  }
  const busy = async () => {
    const { waiting, running, dead } = await countJobs(hub.platform.jobPool);
    return [waiting + running, dead];
  };
  await expect.poll(busy, { timeout: 60_000, interval: 50 }).toEqual([0, 0]);
  for (const worker of workers) await worker.stop();
  expect(failed).toEqual([]);
  expect(await hub.sql('select from hub.search_document')).not.toHaveLength(0);
  expect(await hub.sql(DIFFERENT)).toEqual([{ n: 0 }]);
}, 120_000);

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import { testSecret } from '../../../test/secret.js';
import { asTask } from '../../platform/database/operation.js';
import { urlFor } from '../../platform/database/roles.js';
import { importPackage } from '../hsds/load/import-package.js';
import { findDuplicates } from './find-duplicates.js';
import { prepare, scorePair, SHOWN_FROM, type Compared } from './score.js';

const folder = process.env['HUB_TEST_DATA'];
const title = `on pairs of real directories that were read and labelled by hand${folder ? '' : ' (skipped: HUB_TEST_DATA is not set)'}`;
const SETS = ['baltimore-directory', 'la-food/food-sites.csv', 'dc-directory', 'us-pantries/pantries.ndjson'];

/** A hub with some of the real directories in it. */
async function hubWith(sets: readonly string[]): Promise<{ hub: TestHub; client: Client }> {
  const hub = await testHub();
  const client = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
  await client.connect();
  await client.query('set role hub_task');
  for (const set of sets) await importPackage(client, join(folder ?? '', set));
  return { hub, client };
}

/** Of the pairs that are shown, how many are the same; of those that are the same, how many are shown. */
function measured(judged: readonly { shown: boolean; same: boolean }[]): { precision: number; recall: number } {
  const count = (holds: (one: { shown: boolean; same: boolean }) => boolean): number => judged.filter(holds).length;
  const right = count(({ shown, same }) => shown && same);
  return { precision: right / count(({ shown }) => shown), recall: right / count(({ same }) => same) };
}

describe.skipIf(!folder || !existsSync(folder))(title, () => {
  let hub: TestHub;
  let client: Client;
  beforeAll(async () => {
    ({ hub, client } = await hubWith(SETS));
  }, 240_000);
  afterAll(async () => {
    await client.end();
    await hub.stop();
  });

  it(
    'four of five pairs that are shown are the same help, and nine of ten that are the same are shown',
    { timeout: 240_000 },
    async () => {
      const began = performance.now();
      const looked = await findDuplicates(asTask(hub.orm), hub.clock.now());
      const seconds = (performance.now() - began) / 1000;
      // The pairs by hashes of their keys in the source: the data itself is not ours to publish.
      const rows = await hub.sql<{ a: string; b: string }>(
        `select sa.name || '|' || a.source_key as a, sb.name || '|' || b.source_key as b from hub.duplicate_candidate d
         join hub.service a on a.id = d.service_a join hub.import_source sa on sa.id = a.source_id
         join hub.service b on b.id = d.service_b join hub.import_source sb on sb.id = b.source_id`,
      );
      const hash = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 16);
      const shown = new Set(rows.map(({ a, b }) => [hash(a), hash(b)].toSorted().join()));
      const file = resolve(import.meta.dirname, '../../../test/fixtures/duplicates/labelled.csv');
      const lines = readFileSync(file, 'utf8').trim().split('\n').slice(1);
      const judged = lines.map((line) => {
        const [one = '', other = '', same] = line.split(',');
        return { shown: shown.has([one, other].toSorted().join()), same: same === 'yes' };
      });
      const { precision, recall } = measured(judged);
      console.info(
        `duplicates: ${looked} listings in ${seconds.toFixed(1)} s, ${rows.length} pairs shown; of ${lines.length} labelled precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`,
      );
      expect(precision).toBeGreaterThanOrEqual(0.8);
      expect(recall).toBeGreaterThanOrEqual(0.9);
    },
  );
});

/**
 * Held out: nothing was set by looking at these. The same directory at two times, a year and a form of its tables apart: a
 * listing with the same id is the same help, and a pair with two ids is not.
 */
describe.skipIf(!folder || !existsSync(folder))('on one directory at two times', () => {
  let hub: TestHub;
  let client: Client;
  beforeAll(async () => {
    ({ hub, client } = await hubWith(['dc-directory', 'dc-directory-other-columns']));
    await findDuplicates(asTask(hub.orm), hub.clock.now());
  }, 240_000);
  afterAll(async () => {
    await client.end();
    await hub.stop();
  });

  it('nineteen of twenty pairs that are shown are one listing, and nineteen of twenty listings are found again', async () => {
    const [counted] = await hub.sql<{ same: number; shown: number; right: number }>(
      `with listing as (select s.id, s.source_key, s.source_id from hub.service s where s.status = 'active' and s.merged_into is null),
         same as (select a.id as a, b.id as b from listing a join listing b on a.source_key = b.source_key and a.id < b.id),
         shown as (select d.service_a as a, d.service_b as b from hub.duplicate_candidate d join listing a on a.id = d.service_a
           join listing b on b.id = d.service_b where a.source_id <> b.source_id)
       select (select count(*)::int from same) as same, (select count(*)::int from shown) as shown,
         (select count(*)::int from shown s join same t on least(s.a, s.b) = t.a and greatest(s.a, s.b) = t.b) as right`,
    );
    const { same, shown, right } = counted ?? { same: 0, shown: 0, right: 0 };
    const judged = { precision: right / shown, recall: right / same };
    console.info(
      `duplicates, held out: ${same} listings stand in both, ${shown} pairs are shown; precision ${judged.precision.toFixed(3)}, recall ${judged.recall.toFixed(3)}`,
    );
    expect(same).toBeGreaterThan(900);
    expect(judged.precision).toBeGreaterThanOrEqual(0.95);
    expect(judged.recall).toBeGreaterThanOrEqual(0.95);
  });
});

const FIRST = [
  'Harbor',
  'Maple',
  'Lantern',
  'Bridge',
  'Cedar',
  'Sunrise',
  'Willow',
  'Granite',
  'Orchard',
  'Beacon',
  'Prairie',
  'Juniper',
];
const KINDS = [
  'Food Pantry',
  'Legal Aid',
  'Dental Clinic',
  'Adult Day Care',
  'Job Training',
  'Rent Help',
  'Child Care',
  'Ride Service',
];
const PLACES = ['Northside', 'Southside', 'Eastgate', 'Westfield'];

/** Listings that all differ: branches of one agency and its several kinds of help among them. */
function synthetic(): Compared[] {
  return FIRST.flatMap((first, f) =>
    KINDS.flatMap((kind, k) =>
      PLACES.slice(0, 1 + ((f + k) % 4)).map((place, p): Compared => {
        const point = { latitude: 38 + f * 0.3 + p * 0.05, longitude: -77 + k * 0.001 };
        return {
          id: `${f}-${k}-${p}`,
          organizationId: `${f}`,
          name: `${first} ${kind}, ${place}`,
          organization: `${first} Community Partners`,
          description: '',
          url: null,
          phones: [`+1410555${String(1000 + f * 32 + k * 4 + p)}`],
          doors: [`2${f}0${p}1|${10 + k} ${place.toLowerCase()}`],
          points: [point],
          categories: [],
        };
      }),
    ),
  );
}

/** The same listing as another source would write it. */
const TWISTS: readonly ((listing: Compared) => Partial<Compared>)[] = [
  ({ name }) => ({
    name: name
      .replace('Food Pantry', 'Food Pantries')
      .replace('Clinic', 'Clinc')
      .replace(/([a-z])([a-z])(?=[a-z]{3},)/, '$2$1'),
  }),
  ({ name }) => ({ name: name.replace(',', ' -').toUpperCase(), phones: [] }),
  ({ name }) => ({ name: `The ${name}, Inc.`, doors: [], points: [] }),
  () => ({ phones: ['+14105550000'] }),
  ({ organization }) => ({ organization: organization.replace('Community', 'Comunity'), doors: [] }),
];

describe('on made-up duplicates', () => {
  it('finds nearly all of them, and takes branches and sister programmes for what they are', () => {
    const listings = synthetic();
    const copies = listings.map((listing, index) => ({
      ...listing,
      organizationId: `copy ${listing.organizationId}`,
      ...TWISTS[index % TWISTS.length]?.(listing),
    }));
    const [left, right] = [listings.map(prepare), copies.map(prepare)];
    const judged = left.flatMap((a) =>
      right.map((b) => ({ same: a.id === b.id, shown: scorePair(a, b).score >= SHOWN_FROM })),
    );
    const { precision, recall } = measured(judged);
    expect({ precision, recall }).toEqual({ precision: expect.closeTo(1, 1), recall: expect.closeTo(1, 1) });
  });
});

import { Client } from 'pg';
import { findDuplicates, rebuildSearch } from '../directory/index.js';
import { countGaps, publishReports } from '../population/index.js';
import { renewTimes } from '../referral/index.js';
import { bulkLoad } from '../platform/database/bulk-load.js';
import { asTask } from '../platform/database/operation.js';
import { asOwner } from '../platform/database/owner.js';
import type { Platform } from '../platform/platform.js';
import { linkDemo } from './links.js';
import { keptApart } from './scenes/listings.js';
import { SCENES_UP_TO } from './scenes/play.js';
import { DEMO_TABLES, seedDemo, type DemoSize } from './seed-demo.js';

/**
 * The demo of a new hub: about 120 agencies, 320 services, 52 of rarer kinds and 2,400 patients (200 for each
 * care manager) over two years.
 */
export const DEMO_SIZE = { patients: 2400, services: 320, seed: 1 } as const;

/**
 * Fills an empty database with the demo network, in one transaction: a stop in the middle leaves it empty, a stop between
 * the rows and what is derived from them is made good at the next call. Returns the rows written, or null when there was
 * something in it already.
 */
export async function fillWhenEmpty(
  platform: Platform,
  ownerUrl: string,
  size: Omit<DemoSize, 'now'> = DEMO_SIZE,
): Promise<number | null> {
  // The owner: COPY is refused to roles that row-level security limits.
  const client = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    await client.query('begin');
    await client.query("select pg_advisory_xact_lock(hashtext('hub.demo'))");
    const { rowCount } = await client.query('select from hub.organization limit 1');
    if (rowCount) {
      if (await stoppedHalfway(client)) await refreshReadModels(platform, ownerUrl, size);
      return null;
    }
    const demo = { ...size, now: platform.clock.now(), files: platform.files };
    const written = await bulkLoad(client, DEMO_TABLES, (empty) => seedDemo(client, demo, empty));
    await linkDemo(client, platform.config, demo.now);
    await client.query('commit');
    size.done?.('rows');
    await client.query('analyze');
    await refreshReadModels(platform, ownerUrl, size);
    await client.query('analyze');
    return written;
  } finally {
    await client.end();
  }
}

/** Whether the rows are there and what is derived from them is not: a stop between the two. */
async function stoppedHalfway(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ halfway: boolean }>(
    `select exists (select from hub.service) and exists (select from hub.coverage)
       and not exists (select from hub.population_period) as halfway`,
  );
  return rows[0]?.halfway ?? false;
}

/** What a rebuild of the search writes with, row by row, and the order on the map that its table is put in. */
const KEYS = ['search_document_pkey', 'search_document_service', 'search_document_place'];

/** With more services than this their made-up names repeat, and nearly all of them would be pairs. */
const PAIRS_UP_TO = 1000;

/** What is derived from the rows: search documents and the plans' figures. */
async function refreshReadModels(
  platform: Platform,
  ownerUrl: string,
  { patients, services, done }: Pick<DemoSize, 'patients' | 'services' | 'done'>,
): Promise<void> {
  await asOwner(ownerUrl, (em) =>
    bulkLoad(
      em,
      ['search_document'],
      async () => {
        await rebuildSearch(em, platform.search);
        await em.execute('cluster hub.search_document');
      },
      { keeps: KEYS },
    ),
  );
  done?.('search');
  const db = asTask(platform.orm, { statement_timeout: 3_600_000 });
  await db.write((em) => publishReports(em, platform.clock.now()));
  await db.write((em) => countGaps(em, platform.clock.now()));
  const longAgo = new Date(platform.clock.now().getTime() - 40 * 86_400_000);
  await db.write((em) => renewTimes(em, platform.clock.now(), longAgo));
  if (patients <= SCENES_UP_TO && services <= PAIRS_UP_TO) {
    await findDuplicates(db, platform.clock.now());
    await db.write((em) => em.execute(keptApart));
  }
  done?.('figures');
}

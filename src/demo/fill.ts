import { Client } from 'pg';
import { rebuildSearch } from '../directory/index.js';
import { rebuildPopulation } from '../population/index.js';
import { asTask } from '../platform/database/operation.js';
import type { Platform } from '../platform/platform.js';
import { seedDemo, type DemoSize } from './seed-demo.js';

/** The demo of a new hub: about 100 agencies, 320 services and 2,400 patients (200 for each care manager) over two years. */
export const DEMO_SIZE = { patients: 2400, services: 320, seed: 1 } as const;

/**
 * Fills an empty database with the demo network, in one transaction: a stop in the middle leaves it empty. Returns the
 * rows written, or null when there was something in it already.
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
      if (await stoppedHalfway(client)) await refreshReadModels(platform, size);
      return null;
    }
    const written = await seedDemo(client, { ...size, now: platform.clock.now() });
    await client.query('commit');
    size.done?.('rows');
    await client.query('analyze');
    await refreshReadModels(platform, size);
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
       and not exists (select from hub.population_refresh) as halfway`,
  );
  return rows[0]?.halfway ?? false;
}

/** What is derived from the rows: search documents and the plans' figures. */
async function refreshReadModels(platform: Platform, { done }: Pick<DemoSize, 'done'>): Promise<void> {
  const db = asTask(platform.orm, { statement_timeout: 3_600_000 });
  await rebuildSearch(db, platform.search);
  done?.('search');
  await db.write((em) => rebuildPopulation(em, platform.clock.now()));
  done?.('figures');
}

import { Client } from 'pg';
import { ensurePlainCategories, fillZipCodes } from './directory/hsds/index.js';

/** What every hub needs before it is used: the places of ZIP codes, and what kinds of help are called. Does nothing when it is there. */
export async function fillReferenceData(ownerUrl: string): Promise<void> {
  const owner = new Client({
    connectionString: ownerUrl,
    application_name: 'hub reference data',
    connectionTimeoutMillis: 5000,
  });
  owner.on('error', () => undefined);
  await owner.connect();
  try {
    await owner.query('begin');
    // Of several processes that start at once, one fills it.
    await owner.query("select pg_advisory_xact_lock(hashtext('hub.reference-data'))");
    await fillZipCodes(owner);
    await ensurePlainCategories(owner);
    await owner.query('commit');
  } finally {
    await owner.end();
  }
}

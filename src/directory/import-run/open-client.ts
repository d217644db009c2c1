import { Client } from 'pg';
import type { Platform } from '../../platform/platform.js';

/**
 * A connection of its own in the role of background work, for a long import or export: without the time limits of the
 * request pool. It must be ended.
 */
export async function openClient({ orm }: Pick<Platform, 'orm'>, name: string): Promise<Client> {
  const client = new Client({ connectionString: orm.config.get('clientUrl'), application_name: name });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('set role hub_task');
  return client;
}

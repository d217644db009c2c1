import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

/** A clone of the migrated template, for this test file alone. */
export async function cloneDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const [serverUrl, template] = [inject('serverUrl'), inject('template')];
  const name = `${template}_${randomBytes(5).toString('hex')}`;
  // file_copy takes a tenth of the default's time here; the template has no open connection, as it needs.
  await maintain(serverUrl, `create database ${name} template ${template} strategy file_copy`);
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  return { url, drop: () => maintain(serverUrl, `drop database if exists ${name} with (force)`) };
}

async function maintain(serverUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: Object.assign(new URL(serverUrl), { pathname: '/postgres' }).href });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

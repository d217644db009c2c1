import type { ClientBase } from 'pg';
import { type Counts, openSink } from './sink.js';
import { type Extent, hideRows } from './visible.js';
import { writeObjects } from './write-objects.js';
import { writeTables } from './write-tables.js';

export const exportForms = ['tabular', 'json', 'ndjson'] as const;
export type ExportForm = (typeof exportForms)[number];

export interface ExportOptions {
  form?: ExportForm;
  /** One zip in place of a folder. */
  zip?: boolean;
  /** Everything, what must stay secret and the hub's own columns too: for a backup that only operators see. */
  extent?: Extent;
}

/**
 * Writes the directory as it stands at one moment, as an HSDS 3.1.3 package. Rows stream from the server to the file.
 * The client must be one connection with the rights of hub_task. The same directory gives the same bytes.
 * @throws PathTaken when there is something at the path
 */
export async function exportPackage(client: ClientBase, path: string, options: ExportOptions = {}): Promise<Counts> {
  const { form = 'tabular', zip = false, extent = 'public' } = options;
  const sink = await openSink(path, zip);
  try {
    await client.query('begin isolation level repeatable read');
    await client.query(`set local datestyle to 'ISO, YMD'; set local timezone to 'UTC'; set local work_mem to '64MB'`);
    await hideRows(client, extent);
    const counts =
      form === 'tabular' ? await writeTables(client, sink, extent) : await writeObjects(client, sink, extent, form);
    await sink.keep();
    return counts;
  } catch (error) {
    await sink.abandon();
    throw error;
  } finally {
    await client.query('rollback').catch(() => undefined); // The connection may be what failed.
  }
}

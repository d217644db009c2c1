import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { entityNames } from '../model.js';
import { describe, fileOf, type Resource } from './description.js';
import { hubColumns } from './hub-columns.js';
import type { Counts, Sink } from './sink.js';
import { type Extent, selectRows } from './visible.js';

/** Writes a CSV for every table with rows, straight from the server's COPY, and the description of all of them. */
export async function writeTables(client: ClientBase, sink: Sink, extent: Extent): Promise<Counts> {
  const counts: Counts = {};
  const resources: Resource[] = [];
  for (const entity of entityNames) {
    const more = extent === 'all' ? hubColumns(entity) : [];
    const select = selectRows(entity, { more });
    const { rows } = await client.query<{ any: boolean }>(`select exists(${select}) as any`);
    if (!rows[0]?.any) continue;
    const path = fileOf(entity, 'csv');
    await sink.file(path, async (out) => {
      const copy = client.query(copyTo(`copy (${select}) to stdout with (format csv, header, encoding 'UTF8')`));
      await pipeline(copy, out);
      counts[entity] = copy.rowCount;
    });
    resources.push({ entity, path, more: more.map(({ name }) => name) });
  }
  await sink.file('datapackage.json', async (out) => void out.end(describe(resources, 'tabular')));
  return counts;
}

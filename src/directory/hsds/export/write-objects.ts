import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ClientBase } from 'pg';
import { type EntityName, entityNames } from '../model.js';
import { describe, fileOf, type Resource } from './description.js';
import { holds, homes, Nest, selectText } from './nest.js';
import type { Counts, Sink } from './sink.js';
import type { Extent } from './visible.js';

/** Roots that are held in memory at a time, with all that stands inside them. */
const batchSize = 200;
const first = '00000000-0000-0000-0000-000000000000';

/** The rows of a table that stand inside no other row. */
function alone(entity: EntityName): string {
  const columns = homes(entity);
  if (entity === 'attribute' || entity === 'metadata') {
    const [id, of, name] =
      entity === 'attribute'
        ? (['link_id', 'link_entity', 'attributes'] as const)
        : (['resource_id', 'resource_type', 'metadata'] as const);
    const cases = entityNames
      .filter((owner) => holds(owner, name))
      .map((owner) => `when '${owner}' then exists (select from hub.${owner} x where x.id = t.${id})`);
    return `not case t.${of} ${cases.join(' ')} else false end`;
  }
  return columns.length > 0 ? columns.map((column) => `t.${column} is null`).join(' and ') : 'true';
}

/** Writes HSDS JSON: a file for each table whose rows stand on their own, all else inside them. */
export async function writeObjects(
  client: ClientBase,
  sink: Sink,
  extent: Extent,
  form: 'json' | 'ndjson',
): Promise<Counts> {
  const counts: Counts = {};
  const resources: Resource[] = [];
  for (const entity of entityNames) {
    if ((await selectText(client, entity, extent, alone(entity), [], 'limit 1')).length === 0) continue;
    const path = fileOf(entity, form);
    await sink.file(path, async (out) => {
      let rows = 0;
      for await (const text of objects(client, entity, extent, counts)) {
        const before = form === 'ndjson' ? '' : rows === 0 ? '[\n' : ',\n';
        rows += 1;
        await write(out, `${before}${text}${form === 'ndjson' ? '\n' : ''}`);
      }
      out.end(form === 'ndjson' ? '' : '\n]\n');
    });
    resources.push({ entity, path, more: [] });
  }
  await sink.file('datapackage.json', async (out) => void out.end(describe(resources, form)));
  return counts;
}

async function* objects(
  client: ClientBase,
  entity: EntityName,
  extent: Extent,
  counts: Counts,
): AsyncGenerator<string> {
  const where = `t.id > $1 and ${alone(entity)}`;
  for (let last = first; ;) {
    const roots = await selectText(client, entity, extent, where, [last], `limit ${batchSize}`);
    const nest = new Nest(client, extent);
    await nest.take(entity, roots);
    for (const [kind, count] of nest.counts) counts[kind] = (counts[kind] ?? 0) + count;
    for (const root of roots) yield nest.print(entity, root);
    const end = roots.at(-1);
    if (!end || roots.length < batchSize) return;
    last = end.id;
  }
}

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}

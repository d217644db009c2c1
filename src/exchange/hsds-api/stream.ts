import { Readable } from 'node:stream';
import type { HubContext } from '../../access/index.js';
import type { Platform } from '../../platform/platform.js';
import { onwards } from './context.js';
import { kysely, select } from './find.js';
import type { Asked, ListName } from './parameters.js';
import { following, type Selected, slice } from './selection.js';
import { writeEntries } from './write.js';

/** Entries read at once: enough that statements cost little, few enough that memory stays small (some 3 MB when full). */
const BATCH = { list: 2000, full: 250, minimal: 20_000 } as const;

/**
 * All entries of a list, batch after batch, as texts. Each batch is a transaction of its own, so that no connection waits
 * for a slow reader; entries come by id (nested ones by organization, which is then read once for all of them), so that
 * none comes twice and none that stays is missed.
 */
async function* batches(platform: Platform, id: string, list: ListName, asked: Asked): AsyncGenerator<string[]> {
  const size = BATCH[asked.minimal ? 'minimal' : asked.full || asked.full_service ? 'full' : 'list'];
  let after: Selected | undefined;
  let offset = 0;
  for (;;) {
    const readBatch = async (ctx: HubContext) => {
      const selection = await select[list](ctx, asked);
      const db = await kysely(ctx);
      const entries = selection.ranked
        ? await slice(db, selection, offset, size)
        : await following(db, selection, after, size);
      return [await writeEntries(ctx, selection.root, entries, asked), entries.at(-1), entries.length] as const;
    };
    const [texts, last, read] = await onwards(platform, id, readBatch);
    if (texts.length > 0) yield texts;
    if (read < size) return;
    after = last;
    offset += read;
  }
}

/** One JSON object a line. Stops reading when the client goes away. */
export function ndjson(platform: Platform, id: string, list: ListName, asked: Asked): Readable {
  async function* lines(): AsyncGenerator<string> {
    for await (const texts of batches(platform, id, list, asked)) yield `${texts.join('\n')}\n`;
  }
  return Readable.from(lines(), { objectMode: false, highWaterMark: 1 << 16 });
}

/** The entries of a page that holds all of a list, between its opening and its end. */
export function wholePage(platform: Platform, id: string, list: ListName, asked: Asked, opening: string): Readable {
  async function* parts(): AsyncGenerator<string> {
    yield opening;
    let first = true;
    for await (const texts of batches(platform, id, list, asked)) {
      yield (first ? '' : ',') + texts.join(',');
      first = false;
    }
    yield ']}';
  }
  return Readable.from(parts(), { objectMode: false, highWaterMark: 1 << 16 });
}

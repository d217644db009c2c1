import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../id.js';
import type { Files } from './files.js';

/** Files in a folder of this machine, readable by the hub's own user alone. */
export function folderFiles(folder: string): Files {
  // By the last two characters: the first ones of a UUIDv7 are its time, so that one folder would hold a whole day.
  const pathOf = (key: string): string => join(folder, key.slice(-2), key);
  return {
    async put(key, bytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Beside it first: a crash leaves either the whole file or none.
      const part = `${path}.${newId()}.part`;
      try {
        await writeFile(part, bytes, { mode: 0o600, flush: true });
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      const kept = await open(dirname(path));
      await kept.sync().finally(() => kept.close());
    },
    async open(key) {
      const path = pathOf(key);
      const there = await stat(path).catch(() => undefined);
      return there ? createReadStream(path) : null;
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}

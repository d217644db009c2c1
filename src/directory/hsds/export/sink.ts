import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { EntityName } from '../model.js';

/** How many rows of each table went out. */
export type Counts = Partial<Record<EntityName, number>>;

/** Where an export's files go, one after another. */
export interface Sink {
  /** Writes one file; `fill` ends the stream. */
  file(name: string, fill: (out: Writable) => Promise<void>): Promise<void>;
  /** The whole package is there under its name from now on. */
  keep(): Promise<void>;
  /** Takes back what was written so far. */
  abandon(): Promise<void>;
}

/** The path is taken; the message is for whoever asked for the export. */
export class PathTaken extends Error {}

/** Opens a folder or a zip that gets its name only when it is complete. */
export async function openSink(path: string, zip: boolean): Promise<Sink> {
  if (await stat(path).catch(() => undefined)) {
    throw new PathTaken(`${path} is there already. Name another path, or remove it first.`);
  }
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  await rm(part, { recursive: true, force: true });
  return zip ? zipSink(path, part) : folderSink(path, part);
}

async function folderSink(path: string, part: string): Promise<Sink> {
  await mkdir(part);
  return {
    file: async (name, fill) => {
      const out = createWriteStream(join(part, name));
      await Promise.all([fill(out), finished(out)]);
    },
    keep: () => rename(part, path),
    abandon: () => rm(part, { recursive: true, force: true }),
  };
}

/** The time that stands beside each file in a zip: always the same, so that the same directory gives the same bytes. */
const sometime = new Date(Date.UTC(2000, 0, 1));

function zipSink(path: string, part: string): Sink {
  const archive = new ZipFile();
  const written = pipeline(archive.outputStream, createWriteStream(part));
  written.catch(() => undefined); // Whoever waits for it gets the error.
  return {
    file: async (name, fill) => {
      const out = new PassThrough();
      archive.addReadStream(out, name, { mtime: sometime });
      await Promise.race([Promise.all([fill(out), finished(out)]), written]);
    },
    keep: async () => {
      archive.end();
      await written;
      await rename(part, path);
    },
    abandon: async () => {
      archive.outputStream.unpipe();
      await rm(part, { force: true });
    },
  };
}

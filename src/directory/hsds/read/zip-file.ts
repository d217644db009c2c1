import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl, { type ZipFile } from 'yauzl';

/**
 * Reads ranges of a file, each by a stream of its own. yauzl's own reader shares one descriptor: a stream that is let go
 * while its read waits behind another's fails outside of any call, which ends the process.
 */
class Ranges extends yauzl.RandomAccessReader {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.#path, { start, end: end - 1 });
  }
}

/** Opens a zip, whose files can be read side by side and let go at any time. */
export async function openZip(path: string): Promise<ZipFile> {
  const { size } = await stat(path);
  return yauzl.fromRandomAccessReaderPromise(new Ranges(path), size, { autoClose: false });
}

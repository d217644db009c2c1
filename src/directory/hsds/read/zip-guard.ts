import type { Entry } from 'yauzl';
import { UnreadablePackage } from '../problems.js';

/** What a package's zip may hold: the largest real directory has 30 files and 2 GB. */
export const zipLimits = {
  entries: 2000,
  /** Bytes of one file, unpacked. */
  entryBytes: 8 * 1024 ** 3,
  /** Bytes of all files, unpacked. */
  totalBytes: 16 * 1024 ** 3,
  /** Unpacked to packed: CSV of a directory reaches 12, a bomb a thousand. */
  ratio: 200,
  /** Below this many bytes a ratio says nothing. */
  ratioFrom: 16 * 1024 ** 2,
};

/** Refuses a zip that would fill the disk or the memory, before anything of it is unpacked. */
export class ZipGuard {
  readonly #limits: typeof zipLimits;
  #entries = 0;
  #packed = 0;
  #unpacked = 0;

  constructor(limits = zipLimits) {
    this.#limits = limits;
  }

  /** @throws UnreadablePackage */
  see({ fileName, compressedSize, uncompressedSize, generalPurposeBitFlag }: Entry): void {
    const { entries, entryBytes, totalBytes, ratio, ratioFrom } = this.#limits;
    this.#entries += 1;
    this.#packed += compressedSize;
    this.#unpacked += uncompressedSize;
    if ((generalPurposeBitFlag & 1) !== 0) {
      throw new UnreadablePackage(`${fileName} in the zip is locked with a password.`);
    }
    if (this.#entries > entries) throw new UnreadablePackage(`The zip holds more than ${entries} files.`);
    if (uncompressedSize > entryBytes || this.#unpacked > totalBytes) {
      throw new UnreadablePackage('The zip is too large when it is unpacked.');
    }
    const bomb = (packed: number, unpacked: number) => unpacked > ratioFrom && unpacked > packed * ratio;
    if (bomb(compressedSize, uncompressedSize) || bomb(this.#packed, this.#unpacked)) {
      throw new UnreadablePackage('The zip grows too much when it is unpacked: this is no directory.');
    }
  }
}

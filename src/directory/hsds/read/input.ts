import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Entry, ZipFile } from 'yauzl';
import { UnreadablePackage } from '../problems.js';
import { openWorkbook } from './workbook/workbook.js';
import { openZip } from './zip-file.js';
import { ZipGuard } from './zip-guard.js';

/** A file of a package, which can be opened more than once. */
export interface InputFile {
  /** Name with its folder inside the package. */
  name: string;
  open(): Promise<Readable>;
}

export interface Input {
  /** The package's own name: folder or file without its ending. */
  name: string;
  files: InputFile[];
  /** Names of workbooks in other forms than Excel's of today, which have to be saved as CSV first. */
  workbooks: string[];
  close(): void;
}

const readable = new Set(['.csv', '.tsv', '.txt', '.json', '.geojson', '.ndjson', '.jsonl', '.xml']);
const isHidden = (name: string) => /(^|\/)(__MACOSX|\.)/.test(name);
const isData = (name: string) => readable.has(extname(name).toLowerCase()) && !isHidden(name);
const isExcel = (name: string) => /\.xls[xm]$/i.test(name) && !isHidden(name);
const isWorkbook = (name: string) => /\.(xls|ods|numbers)$/i.test(name) && !isHidden(name);
const isZip = (name: string) => /\.zip$/i.test(name) && !isHidden(name);

/** How deep zips may stand in zips: somebody packs an export that was packed already. */
const zipDepth = 3;

/** What to do with a workbook, for whoever sent one. */
export const saveAsCsv = (name: string): string =>
  `${name} is a workbook that cannot be read. Open it, save it as an Excel workbook (.xlsx) or each sheet as "CSV UTF-8", then send that.`;

/** The files of a folder, a zip or a single file, which may be called otherwise than where it lies. */
export async function openInput(path: string, fileName?: string): Promise<Input> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UnreadablePackage(`There is no file or folder at ${path}.`);
  const name = fileName ?? basename(path.replace(/\/+$/, ''));
  const gathered = new Gathered();
  try {
    if (found.isDirectory()) await gathered.folder(path);
    else await gathered.file(path, name);
  } catch (error) {
    gathered.close();
    throw error;
  }
  const isFile = !found.isDirectory() && extname(name) !== '';
  const { files, workbooks } = gathered;
  return {
    name: isFile ? name.slice(0, -extname(name).length) : name,
    files,
    workbooks,
    close: () => gathered.close(),
  };
}

/** The files of a package as they are found, through zips that stand in zips. */
class Gathered {
  readonly files: InputFile[] = [];
  readonly workbooks: string[] = [];
  readonly #guard = new ZipGuard();
  readonly #closes: (() => void)[] = [];

  close(): void {
    for (const close of this.#closes) close();
  }

  async file(path: string, name: string): Promise<void> {
    const head = await begin(path);
    if (isZip(name)) return this.#zip(path, name, '', 1);
    if (isExcel(name) && isZipped(head)) return this.#workbook(path, name, '');
    if (isWorkbook(name) || isBinarySheet(head)) throw new UnreadablePackage(saveAsCsv(name));
    // Open Eligibility is published as a file without an ending.
    const called = extname(name) === '' && isXml(head) ? `${name}.xml` : name;
    if (!isData(called)) {
      throw new UnreadablePackage(`${name} is neither a folder, a zip, a CSV, a JSON, an NDJSON nor an XML file.`);
    }
    this.files.push({ name: called, open: async () => createReadStream(path, { highWaterMark: 1 << 18 }) });
  }

  async folder(path: string): Promise<void> {
    const entries = await readdir(path, { withFileTypes: true, recursive: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const full of paths.toSorted((a, b) => a.localeCompare(b))) {
      const name = full.slice(join(path, '/').length);
      if (isZip(name)) await this.#zip(full, name, `${name}/`, 1);
      else if (isExcel(name)) await this.#workbook(full, name, `${name}/`);
      else if (isWorkbook(name)) this.workbooks.push(name);
      else if (isData(name) || (extname(name) === '' && !isHidden(name) && isXml(await begin(full)))) {
        await this.file(full, name);
      }
    }
  }

  /** A zip's files are read where they lie; only a zip inside is put on disk, for it cannot be read from the middle. */
  async #zip(path: string, name: string, prefix: string, depth: number): Promise<void> {
    const archive = await openZip(path).catch((cause: unknown) => {
      throw new UnreadablePackage(`${basename(name)} is not a zip file that can be read.`, { cause });
    });
    this.#closes.push(() => archive.close());
    for await (const entry of sound(archive.eachEntry(), name)) {
      this.#guard.see(entry);
      const { fileName } = entry;
      if (fileName.endsWith('/')) continue;
      if (isWorkbook(fileName)) this.workbooks.push(fileName);
      else if (isData(fileName)) {
        const open = async () => whole(await archive.openReadStreamPromise(entry), fileName);
        this.files.push({ name: prefix + fileName, open });
      } else if (isExcel(fileName)) {
        const inner = await this.#unpacked(archive, entry);
        await this.#workbook(inner, basename(fileName), `${prefix}${fileName}/`);
      } else if (isZip(fileName)) {
        if (depth >= zipDepth) {
          throw new UnreadablePackage('The zip holds zips in zips: unpack it, then send it again.');
        }
        await this.#zip(await this.#unpacked(archive, entry), fileName, `${prefix}${fileName}/`, depth + 1);
      }
    }
  }

  /** A file of a zip put on disk. */
  async #unpacked(archive: ZipFile, entry: Entry): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'hub-zip-'));
    this.#closes.push(() => void rm(folder, { recursive: true, force: true }));
    const inner = join(folder, 'inner.zip');
    await pipeline(whole(await archive.openReadStreamPromise(entry), entry.fileName), createWriteStream(inner));
    return inner;
  }

  /** Each sheet of a workbook is a table. */
  async #workbook(path: string, name: string, prefix: string): Promise<void> {
    const { sheets, close } = await openWorkbook(path, name, this.#guard);
    this.#closes.push(close);
    for (const sheet of sheets) this.files.push({ ...sheet, name: prefix + sheet.name });
  }
}

/** What a zip lists. One whose list is spoiled, or whose names lead out of it, says so in words. */
async function* sound(entries: AsyncIterable<Entry>, name: string): AsyncGenerator<Entry> {
  try {
    yield* entries;
  } catch (cause) {
    throw new UnreadablePackage(`${basename(name)} is not a zip file that can be read.`, { cause });
  }
}

/** A file of a zip. One that was cut off or spoiled on its way says so in words. */
function whole(stream: Readable, name: string): Readable {
  const chunks = async function* (): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of stream) yield chunk as Buffer;
    } catch (cause) {
      throw new UnreadablePackage(`${name} in the zip is damaged. Pack it again, then send it again.`, { cause });
    }
  };
  const read = Readable.from(chunks(), { objectMode: false });
  read.once('close', () => stream.destroy());
  return read;
}

async function begin(path: string): Promise<Buffer> {
  for await (const chunk of createReadStream(path, { end: 99 })) return chunk as Buffer;
  return Buffer.alloc(0);
}

const isXml = (head: Buffer): boolean => head.toString('utf8').trimStart().startsWith('<');

const signOf = (head: Buffer): number => (head.length >= 4 ? head.readUInt32BE(0) : 0);

/** Whether a file begins as a zip does, and with it a workbook of Excel. */
export const isZipped = (head: Buffer): boolean => signOf(head) === 0x504b0304;

/** Whether a file begins as a workbook of Excel does, in its newer form (a zip) or the one before 2007. */
export const isBinarySheet = (head: Buffer): boolean => isZipped(head) || signOf(head) === 0xd0cf11e0;

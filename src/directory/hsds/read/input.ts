import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { UnreadablePackage } from '../problems.js';
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
  close(): void;
}

const readable = new Set(['.csv', '.tsv', '.txt', '.json', '.ndjson', '.jsonl', '.xml']);
const isData = (name: string) => readable.has(extname(name).toLowerCase()) && !/(^|\/)(__MACOSX|\.)/.test(name);

/** The files of a folder, a zip or a single file, which may be called otherwise than where it lies. */
export async function openInput(path: string, fileName?: string): Promise<Input> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UnreadablePackage(`There is no file or folder at ${path}.`);
  const name = fileName ?? basename(path.replace(/\/+$/, ''));
  if (found.isDirectory()) return { name, files: await folder(path), close: () => undefined };
  if (extname(name).toLowerCase() === '.zip') return zip(path, name.slice(0, -4));
  // Open Eligibility is published as a file without an ending.
  if (extname(name) === '' && (await begin(path)).startsWith('<')) {
    return { name, files: [{ name: `${name}.xml`, open: async () => createReadStream(path) }], close: () => undefined };
  }
  if (!isData(name)) {
    throw new UnreadablePackage(`${name} is neither a folder, a zip, a CSV, a JSON, an NDJSON nor an XML file.`);
  }
  const open = async () => createReadStream(path, { highWaterMark: 1 << 18 });
  return { name: name.slice(0, -extname(name).length), files: [{ name, open }], close: () => undefined };
}

async function begin(path: string): Promise<string> {
  for await (const chunk of createReadStream(path, { end: 99 })) return String(chunk).trimStart();
  return '';
}

async function folder(path: string): Promise<InputFile[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((full) => ({
      name: full.slice(join(path, '/').length),
      open: async () => createReadStream(full, { highWaterMark: 1 << 18 }),
    }));
  const data = await Promise.all(files.map(async (file) => ({ ...file, name: await nameOf(path, file.name) })));
  return data.filter((file) => isData(file.name)).sort((a, b) => a.name.localeCompare(b.name));
}

/** Open Eligibility is published as a file without an ending. */
async function nameOf(folder: string, name: string): Promise<string> {
  return extname(name) === '' && (await begin(join(folder, name))).startsWith('<') ? `${name}.xml` : name;
}

/** A zip's files are read where they lie; nothing is unpacked to disk. */
async function zip(path: string, name: string): Promise<Input> {
  const archive = await openZip(path).catch((cause: unknown) => {
    throw new UnreadablePackage(`${basename(path)} is not a zip file that can be read.`, { cause });
  });
  const files: InputFile[] = [];
  const guard = new ZipGuard();
  for await (const entry of archive.eachEntry()) {
    try {
      guard.see(entry);
    } catch (error) {
      archive.close();
      throw error;
    }
    if (entry.fileName.endsWith('/') || !isData(entry.fileName)) continue;
    files.push({ name: entry.fileName, open: () => archive.openReadStreamPromise(entry) });
  }
  return { name, files, close: () => archive.close() };
}

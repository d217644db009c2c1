import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Unacceptable } from '../../identity/index.js';
import type { Config } from '../../platform/config.js';
import { isBinarySheet, isZipped } from '../hsds/index.js';

/** Bytes of one part: small enough to arrive within the 30 seconds that a request may take. */
export const partLimit = 8 * 1024 * 1024;

export const uploadLimits = {
  /** Bytes of one file. */
  file: 1024 ** 3,
  /** Bytes of all files that wait. */
  folder: 8 * 1024 ** 3,
};

export type UploadKind = 'zip' | 'xlsx' | 'csv' | 'json' | 'ndjson' | 'xml';

/** What is wrong with a file that was sent; code and words go to the one who sent it. */
export class BadUpload extends Unacceptable {
  constructor(
    readonly code: 'TOO_LARGE' | 'NO_ROOM' | 'NOT_IN_ORDER' | 'UNKNOWN_KIND' | 'WRONG_KIND' | 'EMPTY',
    message: string,
  ) {
    super(message);
  }
}

const kinds: Readonly<Record<string, UploadKind>> = {
  '.zip': 'zip',
  '.xlsx': 'xlsx',
  '.xlsm': 'xlsx',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.json': 'json',
  '.geojson': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.xml': 'xml',
  '': 'xml', // Open Eligibility is published without an ending.
};

/** The kind of a file by its name. */
export function kindOf(name: string): UploadKind {
  const ending = extname(name).toLowerCase();
  const kind = kinds[ending];
  if (/^\.(xls|ods|numbers)$/.test(ending)) throw workbook();
  if (!kind) {
    throw new BadUpload(
      'UNKNOWN_KIND',
      'Only .zip, .xlsx, .csv, .tsv, .json, .geojson, .ndjson and .xml files can be imported.',
    );
  }
  return kind;
}

const workbook = (): BadUpload =>
  new BadUpload(
    'WRONG_KIND',
    'This workbook cannot be read. Open it, save it as an Excel workbook (.xlsx) or each sheet as CSV UTF-8, then send that.',
  );

function folderOf({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'imports', 'uploads');
}

/** Where a file lies once it is complete. The ending is kept, for it says how the file is read. */
export function uploadPath(config: Pick<Config, 'dataDir'>, id: string, fileName: string): string {
  return join(folderOf(config), `${id}${extname(fileName).toLowerCase()}`);
}

interface Part {
  id: string;
  /** Whose file it is: nobody goes on with another's. */
  owner: string;
  fileName: string;
  /** Bytes before this part. */
  at: number;
  /** Bytes of the whole file. */
  total: number;
  body: Readable;
}

/**
 * Adds a part to a file on disk; parts come in order. Returns the bytes that are there, and once they are all there the
 * file's kind by its content and its SHA-256.
 */
export async function addPart(
  config: Pick<Config, 'dataDir'>,
  { id, owner, fileName, at, total, body }: Part,
): Promise<{ received: number; complete?: { kind: UploadKind; sha256: string } }> {
  const kind = kindOf(fileName);
  if (total > uploadLimits.file) throw new BadUpload('TOO_LARGE', 'The file is larger than 1 GB.');
  if (total === 0) throw new BadUpload('EMPTY', 'The file is empty.');
  const folder = folderOf(config);
  await mkdir(folder, { recursive: true });
  if (at === 0 && (await sizeOf(folder)) + total > uploadLimits.folder) {
    throw new BadUpload('NO_ROOM', 'Too many files wait to be imported. Try again later.');
  }
  const part = join(folder, `${owner}.${id}.part`);
  const there = (await stat(part).catch(() => undefined))?.size ?? 0;
  // A part that was sent twice, because its answer was lost, starts where it started before.
  if (at > there) throw new BadUpload('NOT_IN_ORDER', `The next part begins at ${there}.`);
  const file = await open(part, there === 0 ? 'w' : 'r+');
  try {
    await file.truncate(at);
  } finally {
    await file.close();
  }
  await pipeline(limited(body, Math.min(partLimit, total - at)), createWriteStream(part, { flags: 'r+', start: at }));
  const received = (await stat(part)).size;
  if (received < total) return { received };
  await checkKind(part, kind).catch(async (error: unknown) => {
    await rm(part, { force: true });
    throw error;
  });
  const sha256 = await hashOf(part);
  await rename(part, uploadPath(config, id, fileName));
  return { received, complete: { kind, sha256 } };
}

async function* limited(body: Readable, most: number): AsyncGenerator<Buffer> {
  let seen = 0;
  for await (const chunk of body) {
    seen += (chunk as Buffer).length;
    if (seen > most) throw new BadUpload('TOO_LARGE', 'More was sent than was announced.');
    yield chunk as Buffer;
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name)).catch(() => undefined))?.size),
  );
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The first bytes must be what the name says: a program or a picture is no table, whatever it is called. */
async function checkKind(path: string, kind: UploadKind): Promise<void> {
  const file = await open(path);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
  await file.close();
  const head = buffer.subarray(0, bytesRead);
  const wrong = (what: string) => new BadUpload('WRONG_KIND', `The file is no ${what}, whatever its name says.`);
  if (kind === 'zip') {
    if (!isZipped(head)) throw wrong('zip');
    return;
  }
  if (kind === 'xlsx') {
    // A workbook with a password is one of the old form.
    if (!isZipped(head)) throw workbook();
    return;
  }
  if (isBinarySheet(head)) throw workbook();
  const wide = /^(\xff\xfe|\xfe\xff)/.test(head.toString('latin1', 0, 2));
  const text = wide ? head.toString('utf16le', 2) : head.toString('utf8').replace(/^\ufeff/, '');
  // eslint-disable-next-line no-control-regex
  if (!wide && /[\0-\x06\x0e-\x1a]/.test(text)) throw wrong('text');
  const start = text.trimStart()[0];
  if (wide && head[0] === 0xfe) return; // Its bytes lie the other way round.
  if (kind === 'json' && start !== '[' && start !== '{') throw wrong('JSON');
  if (kind === 'ndjson' && start !== '{') throw wrong('NDJSON');
  if (kind === 'xml' && start !== '<') throw wrong('XML');
  if (kind === 'csv' && (start === '<' || text.startsWith('%PDF'))) throw wrong('table');
}

/** Takes a file away. */
export async function removeUpload(config: Pick<Config, 'dataDir'>, id: string, fileName: string): Promise<void> {
  await rm(uploadPath(config, id, fileName), { force: true });
}

/** Takes away parts of files whose rest never came. */
export async function removeStaleParts(config: Pick<Config, 'dataDir'>, before: Date): Promise<void> {
  const folder = folderOf(config);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const found = name.endsWith('.part') ? await stat(path).catch(() => undefined) : undefined;
    if (found && found.mtime < before) await rm(path, { force: true });
  }
}

import { createHash } from 'node:crypto';
import type { HubContext } from '../../access/index.js';
import { FILE_TYPES, kindOfBytes } from '../../platform/files/kind-of-bytes.js';
import { Unacceptable } from '../beside-api.js';
import type { FileKind, StoredFile } from './file-kinds.js';

export const MOST_BYTES = 10 * 1024 * 1024;
/** Files of one organization that wait to be attached. */
const MOST_WAITING = 200;
/** Files that came by one link and wait: whoever has a link fills no disk. */
const MOST_BY_LINK = 20;

/** What is wrong with a file that was sent; code and words go to the one who sent it. */
export class BadFile extends Unacceptable {
  constructor(
    readonly code: 'EMPTY' | 'TOO_LARGE' | 'UNKNOWN_KIND' | 'TOO_MANY' | 'TAKEN',
    message: string,
  ) {
    super(message);
  }
}

const SHOWN_AS = `id, kind, name, type, bytes`;

interface Sent {
  id: string;
  name: string;
  bytes: Buffer;
}

/** Marks that turn the direction of writing: with them `gpj.exe` is read as `exe.jpg`. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const ALSO: Readonly<Record<string, readonly string[]>> = { 'image/jpeg': ['jpeg'], 'text/plain': ['md', 'csv'] };

/** A name as it is read, with the ending of what the file is: what is saved from here opens as nothing else. */
export function nameFor(name: string, type: string): string {
  const plain = name.replace(TURNING, '').trim();
  const ending = FILE_TYPES[type] ?? 'bin';
  const said = /\.([^.]+)$/.exec(plain)?.[1]?.toLowerCase() ?? '';
  if (said === ending || ALSO[type]?.includes(said)) return plain;
  return `${plain.slice(0, 199 - ending.length) || 'file'}.${ending}`;
}

/**
 * Keeps a file that belongs to nothing yet. The row comes first and the bytes after it: a crash between leaves a row
 * whose bytes are missing, which goes after a day like every file that was not attached. Sent again it is the same.
 */
export async function keepFile(ctx: HubContext, kind: FileKind, { id, name, bytes }: Sent): Promise<StoredFile> {
  const most = kind.most ?? MOST_BYTES;
  if (bytes.length === 0) throw new BadFile('EMPTY', 'The file is empty.');
  if (bytes.length > most) {
    throw new BadFile('TOO_LARGE', `The file is larger than ${Math.floor(most / 1_048_576)} MB.`);
  }
  const type = await kindOfBytes(bytes);
  if (type === null || !(kind.types?.includes(type) ?? true)) {
    throw new BadFile('UNKNOWN_KIND', 'Only PDF, pictures, plain text and Word or OpenDocument texts can be attached.');
  }
  const sha256 = createHash('sha256').update(bytes).digest();
  const kept = await ctx.db.write((em) =>
    keepRow(ctx, em, { id, kind: kind.name, name: nameFor(name, type), type, sha256, bytes: bytes.length }),
  );
  if (!kept) throw new BadFile('TAKEN', 'Send the file again.');
  await ctx.platform.files.put(id, bytes, type);
  return kept;
}

type Em = Awaited<ReturnType<HubContext['db']['em']>>;
type Row = StoredFile & { sha256: Buffer };

async function keepRow({ caller, clock }: HubContext, em: Em, row: Row): Promise<StoredFile | null> {
  const owner = caller?.organizationId ?? null;
  const [{ waiting } = { waiting: 0 }] = await em.execute<{ waiting: number }[]>(
    'select count(*)::int as waiting from hub.stored_file where org_id = ? and attached_at is null',
    [owner],
  );
  const most = caller?.via === 'LINK' ? MOST_BY_LINK : MOST_WAITING;
  if (waiting >= most) throw new BadFile('TOO_MANY', 'Too many files wait to be attached. Try again tomorrow.');
  const { id, kind, name, type, bytes, sha256 } = row;
  await em.execute(
    `insert into hub.stored_file (id, org_id, kind, name, type, bytes, sha256, created_by, link_id, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
    [
      id,
      owner,
      kind,
      name,
      type,
      bytes,
      sha256,
      caller?.userId ?? null,
      caller?.via === 'LINK' ? caller.credentialId : null,
      clock.now().toISOString(),
    ],
  );
  const [found] = await em.execute<StoredFile[]>(
    `select ${SHOWN_AS} from hub.stored_file where id = ? and org_id = ? and kind = ? and sha256 = ? and attached_at is null`,
    [id, owner, kind, sha256],
  );
  return found ?? null;
}

/**
 * Ties files that the caller's organization sent to something, inside the caller's transaction. Returns them in the
 * order asked for; null when one is missing, of another kind, or tied already.
 */
export async function attachFiles(ctx: HubContext, kind: string, ids: readonly string[]): Promise<StoredFile[] | null> {
  if (ids.length === 0) return [];
  const { caller } = ctx;
  const link = caller?.via === 'LINK' ? caller.credentialId : null;
  const rows = await ctx.db.query<StoredFile>(
    `update hub.stored_file set attached_at = $1 where id = any ($2::uuid[]) and org_id = $3 and kind = $4 and attached_at is null
       and link_id is not distinct from $5::uuid returning ${SHOWN_AS}`,
    [ctx.clock.now().toISOString(), [...new Set(ids)], caller?.organizationId ?? null, kind, link],
  );
  const found = ids.map((id) => rows.find((row) => row.id === id));
  return found.every((row) => row !== undefined) ? found : null;
}

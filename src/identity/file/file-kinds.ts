import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { HubContext, Permission } from '../../access/index.js';

@ObjectType({ description: 'A file that somebody sent. Its content is at `/files/{id}?kind={kind}`.' })
export class StoredFile {
  @Field(() => ID, { description: 'Id of the file, as its sender chose it.' })
  id!: string;

  @Field(() => String, { description: 'What it belongs to, such as `referral-message`.' })
  kind!: string;

  @Field(() => String, { description: 'The name its sender gave it.' })
  name!: string;

  @Field(() => String, { description: 'Its media type by its content, such as `application/pdf`.' })
  type!: string;

  @Field(() => Int, { description: 'Its size in bytes.' })
  bytes!: number;
}

/** What files of one kind belong to, and who may send and open them. */
export interface FileKind {
  name: string;
  /** Who may send one; null for nobody: it comes to be in another way. */
  send: Permission | null;
  /** Bytes of one file at most; 10 MB when left out. */
  most?: number;
  /** Media types that are taken; all that may be attached when left out. */
  types?: readonly string[];
  /**
   * The file, for somebody who may open it now; null for everyone else. Its root reads a table of its own, fenced like
   * what the file belongs to, and records the access in the audit.
   */
  find(ctx: HubContext, id: string): Promise<StoredFile | null>;
}

const kinds = new Map<string, FileKind>();

/** Makes a kind of file known to `/files`. */
export function defineFileKind(kind: FileKind): FileKind {
  kinds.set(kind.name, kind);
  return kind;
}

export const fileKind = (name: unknown): FileKind | undefined =>
  typeof name === 'string' ? kinds.get(name) : undefined;

import type { Readable } from 'node:stream';

/** Where the bytes of files lie, outside the database. Keys are ids: nothing of a person stands in them. */
export interface Files {
  /** Keeps bytes under a key; the same key again replaces them, so that a retry does no harm. */
  put(key: string, bytes: Buffer, type: string): Promise<void>;
  /** The bytes as a stream; null when there are none. */
  open(key: string): Promise<Readable | null>;
  /** Takes them away; it is no error when they are gone already. */
  remove(key: string): Promise<void>;
}

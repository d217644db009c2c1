import type { Mapping } from './mapping.js';
import { openPackage, type Package } from './package.js';
import { PackageReader } from './package-reader.js';
import type { FileCounts, ImportItem } from './rows.js';

export interface ReadOptions {
  /** What the source is called; ids derive from it. The package's own name when absent. */
  source?: string;
  /** What the file is called, when it lies under another name. */
  fileName?: string;
  /** A saved column mapping for files in a shape of their own. */
  mapping?: Mapping;
  /** Takes over what a backup says beside HSDS, such as what must stay secret: for operators. */
  restore?: boolean;
}

/** A package being read. `items` may be run through once; `counts` is complete when it is. */
export interface Reading {
  source: string;
  format: string;
  items: AsyncGenerator<ImportItem>;
  counts: ReadonlyMap<string, FileCounts>;
  close(): void;
}

/**
 * Reads an HSDS package (folder, zip, JSON, NDJSON; HSDS 3.x, 1.x, Ohana and other known shapes) as a stream of rows of
 * HSDS 3.1.3 and of problems. Memory holds ids, never rows.
 * @throws UnreadablePackage when it is no such package at all
 */
export async function readPackage(path: string, options: ReadOptions = {}): Promise<Reading> {
  const opened: Package = await openPackage(path, options.mapping, options.fileName);
  const source = options.source ?? opened.name;
  const reader = new PackageReader(opened, source, options.restore);
  return { source, format: opened.format, items: reader.items(), counts: reader.counts, close: opened.close };
}

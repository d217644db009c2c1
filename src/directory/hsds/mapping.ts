import { type EntityName, hasColumn, isEntity } from './model.js';

/**
 * Where a value comes from: a column's name, or one of
 * - `{text}` these words
 * - `{first: […]}` the first that is not empty
 * - `{join: […], with}` all that are not empty, put together
 * - `{template: "{a} {b}"}` columns put into a text; empty when one of them is
 * - `{of, map, else}` a value looked up in a small table (keys in lower case); null says nothing; else: what is not in it
 * - `{match, pattern}` the first group of a pattern in a column
 * - `{lookup, match, get, by}` the column `get` of that row of another table whose column `match` is `by`
 * - `{rest}` what a languages cell says beside languages
 * - `{ages, end}` the youngest or the oldest age that a text names, or the text itself where it names none for certain
 */
export type Source =
  | string
  | { text: string }
  | { first: Source[] }
  | { join: Source[]; with?: string }
  | { template: string }
  | { of: Source; map: Record<string, string | null>; else?: Source }
  | { match: string; pattern: string }
  | Lookup
  | { rest: Source }
  | { ages: Source; end: 'minimum' | 'maximum' | 'text' };

export interface Lookup {
  lookup: string;
  match: string;
  get: string;
  by: Source;
}

/**
 * Makes several rows of one: of a list in a cell, of hours in prose (the first of the sources that can be read for
 * certain, else the first one as text; with `certain` only what can be read), of languages or phones in one cell, or of
 * objects in an array. The parts are columns named `$item`, or `$byday`, `$name`, `$number` and so on.
 */
export type Each =
  | { list: Source; by?: string }
  | { hours: Source[]; certain?: boolean }
  | { languages: Source }
  | { phones: Source }
  | { items: string };

/** One kind of row made from each row of a table. */
export interface Output {
  entity: EntityName;
  /** What makes up the row's id at its source; without it the row's content does. */
  key?: Source[];
  /** Only where this is not empty. */
  when?: Source;
  /** Not where this is filled. */
  unless?: Source;
  each?: Each;
  /** Take every column that has an HSDS name as it is. */
  same?: boolean;
  columns?: Record<string, Source>;
  /** The same row may be made many times. */
  shared?: boolean;
  /** Adds its columns to the row with this key instead of making one. */
  merge?: boolean;
}

/** How a family of files maps to HSDS 3.1. */
export interface Mapping {
  name: string;
  title: string;
  /** Recognised when one of these holds: the table is there (`*`: any) and has these columns. */
  detect: { table: string; columns?: string[]; without?: string[] }[];
  tables: Record<string, Output[]>;
  /** Columns left out knowingly, such as a software's own counters. */
  ignore?: string[];
}

/** Checks a mapping that came from outside; the message says what is wrong and where. */
export function readMapping(value: unknown): Mapping {
  if (typeof value !== 'object' || value === null) throw new Error('A column mapping is a JSON object.');
  const mapping = value as Partial<Mapping>;
  if (typeof mapping.name !== 'string') throw new Error('The column mapping has no "name".');
  if (typeof mapping.tables !== 'object' || mapping.tables === null) {
    throw new Error('The column mapping has no "tables".');
  }
  for (const [table, outputs] of Object.entries(mapping.tables)) {
    if (!Array.isArray(outputs)) throw new Error(`tables.${table} of the column mapping is not a list.`);
    for (const output of outputs as Partial<Output>[]) {
      if (!output.entity || !isEntity(output.entity)) {
        throw new Error(
          `tables.${table} of the column mapping names "${String(output.entity)}", which is no HSDS table.`,
        );
      }
      for (const column of Object.keys(output.columns ?? {})) {
        if (!hasColumn(output.entity, column) && !(output.entity === 'service' && column === 'categories')) {
          throw new Error(`tables.${table} of the column mapping: ${output.entity} has no column "${column}".`);
        }
      }
    }
  }
  return { title: mapping.name, detect: [], ...mapping } as Mapping;
}

/** The lookups anywhere in a mapping. */
export function lookupsOf(mapping: Mapping): Lookup[] {
  const found: Lookup[] = [];
  visit(mapping.tables, (node) => {
    if ('lookup' in node) found.push(node as unknown as Lookup);
  });
  return found;
}

/** The columns that a table's outputs read, in lower case. */
export function columnsRead(outputs: readonly Output[]): Set<string> {
  const columns = new Set<string>();
  const take = (source: unknown): void => {
    if (typeof source === 'string') columns.add(source);
    else if (Array.isArray(source)) source.forEach(take);
    else if (typeof source === 'object' && source !== null) {
      for (const [name, part] of Object.entries(source)) {
        if (name === 'template') for (const m of String(part).matchAll(/\{([^}]+)\}/g)) columns.add(m[1] ?? '');
        else if (
          [
            'first',
            'join',
            'of',
            'by',
            'else',
            'rest',
            'list',
            'hours',
            'languages',
            'phones',
            'items',
            'ages',
          ].includes(name)
        ) {
          take(part);
        } else if (name === 'match' && 'pattern' in source) take(part);
      }
    }
  };
  for (const { key, when, unless, each, columns: set } of outputs) {
    take([key, when, unless, each]);
    take(Object.values(set ?? {}));
  }
  return columns;
}

function visit(node: unknown, see: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) see(node as Record<string, unknown>);
  for (const child of Object.values(node)) visit(child, see);
}

import { Readable } from 'node:stream';
import { openTable, type TableRow } from './read/csv.js';
import type { InputFile } from './read/input.js';
import { readJson, readLines, type JsonItem } from './read/json.js';
import { readOpenEligibility } from './read/open-eligibility.js';
import type { Said } from './read/said.js';
import { asUtf8 } from './read/utf8.js';
import type { Cells, SourceRow } from './map-row.js';

/** A row of a table, or why it cannot be read, or why it is none. */
export type ReadRow = SourceRow & {
  surplus: number;
  value?: Record<string, unknown>;
  /** The array of the document in which it stands. */
  path?: string;
  error?: string;
  aside?: string;
};

interface ReadOptions {
  /** Picks one array of a JSON document. */
  path?: string | undefined;
  /** A hub's own export: UTF-8, and cells just as they stand. */
  exact?: boolean;
  /** Told of what there is to say about the file as such. */
  said?: Said;
}

const isCsv = (name: string) => /\.(csv|tsv|txt)$/i.test(name);
const isXml = (name: string) => /\.xml$/i.test(name);
const isLines = (name: string) => /\.(ndjson|jsonl)$/i.test(name);

/** A file's name as a table: "data/Services.csv" → "services". */
export function tableName(file: string): string {
  return file
    .replace(/^.*[\\/]/, '')
    .replace(/\.(csv|tsv|txt|json|geojson|ndjson|jsonl|xml)$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}

/** The columns of a file's first row, in lower case; none when it is empty. */
export async function peek(file: InputFile): Promise<{ columns: string[]; first: JsonItem | undefined }> {
  const { stream, close } = await openText(file);
  try {
    if (isCsv(file.name)) return { columns: (await openTable(stream, file.name)).columns.map(lower), first: undefined };
    if (isXml(file.name)) {
      const { terms } = await readOpenEligibility(stream);
      return { columns: terms[0] ? [...Object.keys(terms[0].cells), 'version'] : [], first: undefined };
    }
    let broken: JsonItem | undefined;
    for await (const item of isLines(file.name) ? readLines(stream) : readJson(stream)) {
      if (item.error !== undefined) {
        broken ??= item; // The next one may be sound.
        continue;
      }
      return { columns: isObject(item.value) ? Object.keys(item.value).map(lower) : [], first: item };
    }
    return { columns: [], first: broken };
  } finally {
    close();
  }
}

/** A file's text in UTF-8, whatever it is written in. */
async function openText(file: InputFile, { exact, said = () => {} }: ReadOptions = {}) {
  const raw = await file.open();
  const stream = exact ? raw : Readable.from(asUtf8(raw, said), { objectMode: false });
  const close = (): void => {
    stream.destroy();
    raw.destroy();
  };
  return { stream, close };
}

/** Every row of a file, whichever of the three forms it has. */
export async function* readRows(file: InputFile, options: ReadOptions = {}): AsyncGenerator<ReadRow> {
  const { path, exact, said } = options;
  const { stream, close } = await openText(file, options);
  try {
    if (isCsv(file.name)) {
      const { columns, rows } = await openTable(stream, file.name, exact, said);
      const names = new Map(columns.map((column) => [column, lower(column)]));
      for await (const row of rows) yield fromTable(row, file.name, names);
      return;
    }
    if (isXml(file.name)) {
      const { version, terms } = await readOpenEligibility(stream);
      for (const { line, cells } of terms) yield { file: file.name, line, cells: { ...cells, version }, surplus: 0 };
      return;
    }
    for await (const item of isLines(file.name) ? readLines(stream) : readJson(stream)) {
      if (path === undefined || item.path === path) yield fromJson(item, file.name);
    }
  } finally {
    close();
  }
}

const lower = (name: string) => name.trim().toLowerCase();

function fromTable(row: TableRow, file: string, names: ReadonlyMap<string, string>): ReadRow {
  const lowered: Cells = {};
  for (const [name, value] of Object.entries(row.cells)) lowered[names.get(name) ?? name] = value;
  return { ...row, file, cells: lowered };
}

function fromJson({ path, line, value, error }: JsonItem, file: string): ReadRow {
  if (!isObject(value)) return { file, line, cells: {}, surplus: 0, error: error ?? 'it is not an object' };
  const { cells, items } = flat(value);
  return { file, line, cells, items, value, path, surplus: 0 };
}

function flat(value: Record<string, unknown>): { cells: Cells; items: Record<string, Cells[]> } {
  const cells: Cells = {};
  const items: Record<string, Cells[]> = {};
  for (const [key, part] of Object.entries(value)) {
    const name = lower(key);
    if (Array.isArray(part)) {
      if (part.some(isObject)) items[name] = part.filter(isObject).map((item) => flat(item).cells);
      else if (part.length > 0) cells[name] = part.map(String).join(',');
    } else if (isObject(part)) {
      for (const [inner, text] of Object.entries(flat(part).cells)) cells[`${name}.${inner}`] = text;
    } else if (part !== null && part !== undefined && part !== '') {
      cells[name] = String(part);
    }
  }
  return { cells, items };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

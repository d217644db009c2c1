import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type Value = string | number | boolean | Date | null | undefined | readonly string[] | { json: unknown };
export type Row = Readonly<Record<string, Value>>;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escape = (text: string): string => text.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char);

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

/** A value as COPY's text format wants it. */
export function copyText(value: Value): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  if (isList(value)) return escape(`{${value.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
  return typeof value === 'object' ? escape(JSON.stringify(value.json)) : String(value);
}

/** How much text is handed to the socket at a time. */
const CHUNK = 1 << 18;

/** Writes rows of one table through COPY. The first row names the columns; all rows have the same. */
export async function copyRows(client: Client, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const stream = client.query(copyFrom(`copy hub.${table} (${columns.join(', ')}) from stdin`));
  let text = '';
  for (const row of rows) {
    text += `${columns.map((column) => copyText(row[column])).join('\t')}\n`;
    if (text.length < CHUNK) continue;
    if (!stream.write(text)) await once(stream, 'drain');
    text = '';
  }
  stream.end(text);
  await finished(stream);
}

/** Rows of many tables, collected and written table by table in the order given, so that references find their targets. */
export class Batch {
  readonly #tables: Map<string, Row[]>;
  #count = 0;
  #writing: Promise<void> = Promise.resolve();
  written = 0;

  constructor(order: readonly string[]) {
    this.#tables = new Map(order.map((table) => [table, []]));
  }

  add(table: string, row: Row): void {
    const rows = this.#tables.get(table);
    if (!rows) throw new Error(`The order does not name ${table}`);
    rows.push(row);
    this.#count += 1;
  }

  get size(): number {
    return this.#count;
  }

  /**
   * Begins to write what was collected, once what was collected before is written: rows are made while others are on
   * their way. Its failure comes out at the next call, or at `finish`.
   */
  async write(client: Client): Promise<void> {
    await this.#writing;
    const tables = [...this.#tables].map(([table, rows]) => ({ table, rows: rows.splice(0) }));
    this.#count = 0;
    this.#writing = this.#copy(client, tables);
    this.#writing.catch(() => undefined);
  }

  /** Waits for the last of it. Returns the rows written in all. */
  async finish(): Promise<number> {
    await this.#writing;
    return this.written;
  }

  async #copy(client: Client, tables: readonly { table: string; rows: readonly Row[] }[]): Promise<void> {
    for (const { table, rows } of tables) {
      await copyRows(client, table, rows);
      this.written += rows.length;
    }
  }
}

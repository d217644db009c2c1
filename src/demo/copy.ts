import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type Value = string | number | boolean | Date | null | undefined | readonly string[] | { json: unknown };
export type Row = Readonly<Record<string, Value>>;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const SPECIAL = /[\\\t\n\r]/;
const escape = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char) : text;

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

/** A value as COPY's text format wants it. */
export function copyText(value: Value): string {
  if (typeof value === 'string') return escape(value);
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  if (isList(value)) return escape(`{${value.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
  return escape(JSON.stringify(value.json));
}

/** Bytes handed to the socket at a time. */
const CHUNK = 1 << 18;

/**
 * Rows of one table as COPY wants them. The first row names the columns; a later one that has others is an error and not
 * written without them. Bytes and not strings: what waits to be written is nothing the garbage collector has to walk through.
 */
class CopyText {
  readonly #columns: string[];
  readonly #full: Buffer[] = [];
  #bytes = Buffer.allocUnsafe(CHUNK);
  #used = 0;
  rows = 0;

  constructor(
    readonly table: string,
    first: Row,
  ) {
    this.#columns = Object.keys(first);
  }

  add(row: Row): void {
    let line = '';
    let named = 0;
    for (const column of this.#columns) {
      const value = row[column];
      if (value !== undefined || column in row) named += 1;
      line += `${copyText(value)}\t`;
    }
    const given = Object.keys(row);
    if (given.length !== named) {
      const more = given.filter((column) => !this.#columns.includes(column));
      throw new Error(`The first row of ${this.table} has no ${more.join(', ')}`);
    }
    // A unit of UTF-16 takes three bytes at most.
    if (this.#used + line.length * 3 > this.#bytes.length) {
      this.#full.push(this.#bytes.subarray(0, this.#used));
      this.#bytes = Buffer.allocUnsafe(Math.max(CHUNK, line.length * 3));
      this.#used = 0;
    }
    this.#used += this.#bytes.write(line, this.#used);
    this.#bytes[this.#used - 1] = NEW_LINE;
    this.rows += 1;
  }

  async send(client: Client, frozen: boolean): Promise<number> {
    const how = frozen ? ' (freeze)' : '';
    const stream = client.query(copyFrom(`copy hub.${this.table} (${this.#columns.join(', ')}) from stdin${how}`));
    for (const bytes of this.#full) if (!stream.write(bytes)) await once(stream, 'drain');
    stream.end(this.#bytes.subarray(0, this.#used));
    await finished(stream);
    return this.rows;
  }
}
const NEW_LINE = 10;

/** Rows of many tables, collected and written table by table in the order given, so that references find their targets. */
export class Batch {
  readonly #order: readonly string[];
  #tables = new Map<string, CopyText>();
  #writing: Promise<void> = Promise.resolve();
  /** Rows collected and not yet on their way. */
  size = 0;
  written = 0;

  /** `frozen`: the tables were made or truncated in this very transaction, and no vacuum needs to look at these rows. */
  constructor(
    order: readonly string[],
    readonly frozen = false,
  ) {
    this.#order = order;
  }

  add(table: string, row: Row): void {
    let text = this.#tables.get(table);
    if (!text) {
      if (!this.#order.includes(table)) throw new Error(`The order does not name ${table}`);
      text = new CopyText(table, row);
      this.#tables.set(table, text);
    }
    text.add(row);
    this.size += 1;
  }

  /**
   * Begins to write what was collected, once what was collected before is written: rows are made while others are on
   * their way. Its failure comes out at the next call, or at `finish`.
   */
  async write(client: Client): Promise<void> {
    const tables = this.#tables;
    this.#tables = new Map();
    this.size = 0;
    await this.#writing;
    this.#writing = this.#copy(client, tables);
    this.#writing.catch(() => undefined);
  }

  /** Waits for the last of it. Returns the rows written in all. */
  async finish(): Promise<number> {
    await this.#writing;
    return this.written;
  }

  async #copy(client: Client, tables: ReadonlyMap<string, CopyText>): Promise<void> {
    for (const table of this.#order) this.written += (await tables.get(table)?.send(client, this.frozen)) ?? 0;
  }
}

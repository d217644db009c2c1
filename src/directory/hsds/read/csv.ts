import { CsvError, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { UnreadablePackage } from '../problems.js';
import { layoutOf } from './layout.js';
import type { Said } from './said.js';

/** A line of a table: where it begins, its cells by column name, and how many cells it had too many or too few. */
export interface TableRow {
  line: number;
  cells: Record<string, string>;
  /** Above 0: cells beyond the header that are not empty. Below 0: cells missing at the end. */
  surplus: number;
  /** Why it is no row of the table, such as a total below it. */
  aside?: string;
}

/** A table as a stream of rows; `columns` are the header's names as the file has them. */
export interface Table {
  columns: string[];
  rows: AsyncIterable<TableRow>;
}

interface Parsed {
  record: string[];
  info: { empty_lines: number };
}

const newline = /\n/g;
/** Bytes in which the header and the first rows stand. */
const headSize = 64 * 1024;

/** Stands for a cell of two quotes, which in a hub's own export is an empty text and not nothing. */
const emptyText = '\0';

/**
 * Reads a CSV or TSV file in UTF-8: any line ends, line ends inside quotes, a byte order mark, uneven rows, commas,
 * semicolons, tabs or bars between cells, titles above the header. In an `exact` one a cell of two quotes is an empty
 * text; else it is as empty as any.
 */
export async function openTable(stream: Readable, name: string, exact = false, said: Said = () => {}): Promise<Table> {
  const { head, whole } = await beginning(stream);
  const layout = exact ? undefined : layoutOf(head.toString('utf8'), name);
  const parser = parse({
    bom: true,
    delimiter: layout?.delimiter ?? ',',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 16_000_000,
    ...(exact && {
      cast: (cell: string, { quoting }: { quoting: boolean }) => (quoting && cell === '' ? emptyText : cell),
    }),
  });
  whole.on('error', (error) => parser.destroy(error));
  parser.on('close', () => stream.destroy());
  const records = new Records(whole.pipe(parser)[Symbol.asyncIterator]() as AsyncIterator<Parsed>, name);
  for (let left = layout?.before ?? 0; left > 0; left -= 1) await records.next();
  const header = await records.next();
  const columns = layout?.columns ?? header?.record.map((column) => column.trim()) ?? [];
  if (header && layout && layout.titled) {
    const message = `The names of the columns were found in line ${header.line}; what stands above them was not read.`;
    said({ code: 'HEADER_FOUND', line: header.line, message });
  }
  return { columns, rows: rowsOf(records, columns, exact) };
}

/** The first bytes of a stream, and the stream from its beginning. */
async function beginning(stream: Readable): Promise<{ head: Buffer; whole: Readable }> {
  const chunks: Buffer[] = [];
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let size = 0;
  let ended = false;
  while (size < headSize && !ended) {
    const { value, done } = await iterator.next();
    ended = done === true;
    if (ended) break;
    chunks.push(value);
    size += value.length;
  }
  const head = Buffer.concat(chunks);
  const all = async function* (): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    if (ended) return;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  };
  return { head: head.subarray(0, headSize), whole: Readable.from(all(), { objectMode: false }) };
}

/** Records with the lines on which they begin. csv-parse counts a \r\n inside quotes as two lines, so they are counted here. */
class Records {
  readonly #records: AsyncIterator<Parsed>;
  readonly #name: string;
  #line = 1;
  #empty = 0;

  constructor(records: AsyncIterator<Parsed>, name: string) {
    this.#records = records;
    this.#name = name;
  }

  async next(): Promise<{ record: string[]; line: number } | undefined> {
    const result = await this.#records.next().catch((error: unknown) => {
      throw this.#clear(error);
    });
    if (result.done) return undefined;
    const { record, info } = result.value;
    const line = this.#line + info.empty_lines - this.#empty;
    this.#empty = info.empty_lines;
    this.#line = line + 1;
    for (const cell of record) if (cell.includes('\n')) this.#line += cell.match(newline)?.length ?? 0;
    return { record, line };
  }

  /** A quote that is never closed swallows the rest of the file: nothing of it can be told apart. */
  #clear(error: unknown): unknown {
    if (!(error instanceof CsvError)) return error;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE') {
      const { records = 0, empty_lines = 0 } = error as { records?: number; empty_lines?: number };
      const where = `In ${this.#name} a quotation mark opens in row ${records + empty_lines + 1} and is never closed`;
      return new UnreadablePackage(`${where}. Close it or take it out, then send the file again.`, { cause: error });
    }
    return error;
  }
}

async function* rowsOf(records: Records, columns: readonly string[], exact: boolean): AsyncGenerator<TableRow> {
  const titles = columns.map(folded);
  for (let next = await records.next(); next; next = await records.next()) {
    const { record, line } = next;
    const cells: Record<string, string> = {};
    for (let i = 0; i < columns.length; i += 1) {
      const value = record[i];
      const column = columns[i];
      if (value === undefined || value === '' || !column) continue;
      cells[column] = value === emptyText ? '' : value;
    }
    const extra = record.slice(columns.length).filter((cell) => cell.trim() !== '').length;
    const aside = exact ? undefined : asideOf(record, titles);
    if (!exact && aside === undefined && Object.values(cells).every((cell) => cell.trim() === '') && extra === 0) {
      continue;
    }
    yield { line, cells, surplus: extra || Math.min(0, record.length - columns.length), ...(aside && { aside }) };
  }
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
const total = /^(grand |sub-?)?totals?\b[^\p{L}]*$/iu;
const number = /^[\s\d.,%$()-]+$/;

/** Why a line is no row: it is a heading between rows, repeats the header, or adds the rows up. */
function asideOf(record: readonly string[], titles: readonly string[]): string | undefined {
  const said = record.filter((cell) => cell.trim() !== '');
  const [first = ''] = said;
  if (total.test(first.trim()) && said.slice(1).every((cell) => number.test(cell))) {
    return 'The line is a total of the lines above it; it was not read.';
  }
  const repeats = (cell: string, i: number): boolean => cell.trim() === '' || folded(cell) === (titles[i] ?? '');
  // A row with nothing but its number is one that somebody emptied: what it is for can say that better.
  if (said.length === 1 && titles.length > 3 && !titles[record.indexOf(first)]?.endsWith('id')) {
    return 'Only one cell of the line is filled: it looks like a heading or a note, and was not read.';
  }
  return said.length > 1 && record.every(repeats)
    ? 'The line has the names of the columns once more; it was not read.'
    : undefined;
}

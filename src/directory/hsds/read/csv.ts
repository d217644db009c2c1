import { parse } from 'csv-parse';
import type { Readable } from 'node:stream';

/** A line of a table: where it begins, its cells by column name, and how many cells it had too many or too few. */
export interface TableRow {
  line: number;
  cells: Record<string, string>;
  /** Above 0: cells beyond the header that are not empty. Below 0: cells missing at the end. */
  surplus: number;
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

/** Stands for a cell of two quotes, which in a hub's own export is an empty text and not nothing. */
const emptyText = '\0';

/**
 * Reads a CSV or TSV file: any line ends, line ends inside quotes, a byte order mark, uneven rows. In an `exact` one a
 * cell of two quotes is an empty text; else it is as empty as any.
 */
export async function openTable(stream: Readable, name: string, exact = false): Promise<Table> {
  const parser = parse({
    bom: true,
    delimiter: /\.tsv$/i.test(name) ? '\t' : ',',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 16_000_000,
    ...(exact && {
      cast: (cell: string, { quoting }: { quoting: boolean }) => (quoting && cell === '' ? emptyText : cell),
    }),
  });
  stream.on('error', (error) => parser.destroy(error));
  const records = stream.pipe(parser)[Symbol.asyncIterator]() as AsyncIterator<Parsed>;
  const header = await records.next();
  const columns = header.done ? [] : header.value.record.map((column) => column.trim());
  const first = header.done
    ? 1
    : 2 + header.value.info.empty_lines + (header.value.record.join('').match(newline)?.length ?? 0);
  return { columns, rows: rowsOf(records, columns, first) };
}

// csv-parse counts a \r\n inside quotes as two lines, so lines are counted here.
async function* rowsOf(
  records: AsyncIterator<Parsed>,
  columns: readonly string[],
  first: number,
): AsyncGenerator<TableRow> {
  let next = first;
  let empty = first - 2;
  for (let result = await records.next(); !result.done; result = await records.next()) {
    const { record, info } = result.value;
    const line = next + info.empty_lines - empty;
    empty = info.empty_lines;
    next = line + 1;
    const cells: Record<string, string> = {};
    for (let i = 0; i < columns.length; i += 1) {
      const value = record[i];
      const column = columns[i];
      if (value === undefined || value === '') continue;
      if (value === emptyText) {
        if (column) cells[column] = '';
        continue;
      }
      if (value.includes('\n')) next += value.match(newline)?.length ?? 0;
      if (column) cells[column] = value;
    }
    const extra = record.slice(columns.length).filter((cell) => cell.trim() !== '').length;
    yield { line, cells, surplus: extra || Math.min(0, record.length - columns.length) };
  }
}

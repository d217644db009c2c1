import { Readable } from 'node:stream';
import { UnreadablePackage } from '../../problems.js';
import { type CellForm, numberWords } from './cell-form.js';
import { readXml } from './xml.js';

/** What the cells of all sheets share. */
export interface Shared {
  /** Texts, by number. */
  texts: readonly string[];
  /** Forms of numbers, by the number of a cell's style. */
  forms: readonly CellForm[];
  calendar: 1900 | 1904;
}

/** As Excel has them at most. */
const mostColumns = 16_384;
const mostRows = 1_048_576;

/** "BC12" → 54: the place in its row, from 0. */
function columnOf(place: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(place)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** A cell as CSV has it. Its line ends stand as line separators, so that each row is one line, numbered as in Excel. */
const quoted = (cell: string): string =>
  cell === '' ? '' : `"${cell.replaceAll('"', '""').replaceAll(/\r\n?|\n/g, '\u2028')}"`;

/** A sheet as CSV in UTF-8, row by row. */
export function sheetAsCsv(stream: Readable, name: string, shared: Shared): Readable {
  return Readable.from(csv(stream, name, shared), { objectMode: false });
}

async function* csv(stream: Readable, name: string, shared: Shared): AsyncGenerator<Buffer> {
  const sheet = new Sheet(name, shared);
  for await (const _ of readXml(stream, name, sheet)) {
    const lines = sheet.take();
    if (lines !== '') yield Buffer.from(lines);
  }
}

class Sheet {
  readonly #name: string;
  readonly #shared: Shared;
  #lines: string[] = [];
  /** Rows that were written. */
  #written = 0;
  /** Cells of the widest row so far: Excel leaves out those that are empty at the end. */
  #widest = 0;
  #row = 0;
  #cells: string[] = [];
  #column = -1;
  #type = '';
  #form: CellForm = { kind: 'plain' };
  #text = '';
  /** Inside a value or a text, and not in how it is read aloud. */
  #taking = false;

  constructor(name: string, shared: Shared) {
    this.#name = name;
    this.#shared = shared;
  }

  take(): string {
    const lines = this.#lines.join('');
    this.#lines = [];
    return lines;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.#row = attributes['r'] ? Number(attributes['r']) : this.#row + 1;
      if (!(this.#row > this.#written && this.#row <= mostRows)) this.#refuse();
      this.#cells = [];
      this.#column = -1;
    } else if (name === 'c') {
      this.#column = attributes['r'] ? columnOf(attributes['r']) : this.#column + 1;
      if (!(this.#column >= 0 && this.#column < mostColumns)) this.#refuse();
      this.#type = attributes['t'] ?? 'n';
      this.#form = this.#shared.forms[Number(attributes['s'] ?? 0)] ?? { kind: 'plain' };
      this.#text = '';
    } else if (name === 'v' || name === 't') this.#taking = true;
    else if (name === 'rPh') this.#taking = false;
  }

  text(text: string): void {
    if (this.#taking) this.#text += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#taking = false;
    else if (name === 'c') {
      const words = this.#words();
      if (words === '') return;
      while (this.#cells.length < this.#column) this.#cells.push('');
      this.#cells[this.#column] = words;
    } else if (name === 'row') {
      if (this.#cells.length === 0) return;
      while (this.#cells.length < this.#widest) this.#cells.push('');
      this.#widest = this.#cells.length;
      // Rows that are not there are empty lines, so that the others keep their number.
      this.#lines.push('\n'.repeat(this.#row - this.#written - 1), this.#cells.map(quoted).join(','), '\n');
      this.#written = this.#row;
    }
  }

  #words(): string {
    const { texts, calendar } = this.#shared;
    switch (this.#type) {
      case 's':
        return texts[Number(this.#text)] ?? '';
      case 'n':
        return numberWords(this.#text, this.#form, calendar);
      case 'b':
        return this.#text === '1' ? 'yes' : 'no';
      case 'e':
        return ''; // "#REF!" says nothing.
      default:
        return this.#text;
    }
  }

  #refuse(): never {
    throw new UnreadablePackage(`${this.#name} is damaged. Open it in Excel, save it again, then send it again.`);
  }
}

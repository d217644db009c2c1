import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import type { Said } from './said.js';

const windows = new TextDecoder('windows-1252');
/** The byte of each character of Windows-1252. */
const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [windows.decode(Uint8Array.of(byte)), byte] as const));

const LINE_FEED = 10;
const RETURN = 13;
/** A file without line ends is let through in pieces of this size, so that memory stays bounded. */
const pieceLimit = 16 * 1024 * 1024;

/** UTF-8 that was once read as Windows-1252: "Ã©" for "é", "â€™" for an apostrophe. */
const twice = ['Ã', 'Â', 'â€'].map((text) => Buffer.from(text));

/**
 * A text in the encodings of spreadsheets as UTF-8: UTF-16 by its byte order mark, and line by line Windows-1252 where a
 * line is no UTF-8, or was written in it twice. Says so once, with the first line that it is true of.
 */
export async function* asUtf8(stream: Readable, said: Said): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let wide: TextDecoder | undefined;
  let begun = false;
  const lines = new Lines(said);
  for await (const chunk of stream) {
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
    if (!begun && rest.length < 2) continue;
    if (!begun) wide = wideOf(rest);
    begun = true;
    if (wide) {
      yield Buffer.from(wide.decode(rest, { stream: true }));
      rest = Buffer.alloc(0);
      continue;
    }
    const end = Math.max(rest.lastIndexOf(LINE_FEED), rest.lastIndexOf(RETURN)) + 1;
    const cut = end === 0 && rest.length > pieceLimit ? rest.length : end;
    if (cut === 0) continue;
    yield lines.read(rest.subarray(0, cut));
    rest = rest.subarray(cut);
  }
  if (rest.length > 0) yield wide ? Buffer.from(wide.decode(rest)) : lines.read(rest);
  lines.end();
}

function wideOf(head: Buffer): TextDecoder | undefined {
  const mark = head.readUInt16BE(0);
  if (mark === 0xfffe) return new TextDecoder('utf-16le');
  return mark === 0xfeff ? new TextDecoder('utf-16be') : undefined;
}

/** Looks at whole lines, and remembers which were not as they should be. */
class Lines {
  readonly #said: Said;
  #line = 0;
  #foreign = { first: 0, count: 0 };
  #doubled = { first: 0, count: 0 };

  constructor(said: Said) {
    this.#said = said;
  }

  read(piece: Buffer): Buffer {
    const sound = isUtf8(piece) && !twice.some((sign) => piece.includes(sign));
    if (sound) {
      for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) this.#line += 1;
      return piece;
    }
    const read: Buffer[] = [];
    for (let from = 0; from < piece.length;) {
      const end = piece.indexOf(LINE_FEED, from);
      const next = end < 0 ? piece.length : end + 1;
      read.push(this.#lineOf(piece.subarray(from, next), this.#line + 1));
      if (end >= 0) this.#line += 1;
      from = next;
    }
    return Buffer.concat(read);
  }

  #lineOf(line: Buffer, number: number): Buffer {
    if (!isUtf8(line)) {
      note(this.#foreign, number);
      return Buffer.from(windows.decode(line));
    }
    const once = twice.some((sign) => line.includes(sign)) ? undone(line) : undefined;
    if (once) note(this.#doubled, number);
    return once ?? line;
  }

  end(): void {
    if (this.#foreign.count > 0) {
      const message = `${this.#foreign.count} lines are not in UTF-8 and were read as Windows-1252; check letters with accents.`;
      this.#said({ code: 'NOT_UTF8', line: this.#foreign.first, message });
    }
    if (this.#doubled.count > 0) {
      const message = `${this.#doubled.count} lines had broken letters with accents, such as "Ã©"; they were put right.`;
      this.#said({ code: 'REPAIRED', line: this.#doubled.first, message });
    }
  }
}

function note(found: { first: number; count: number }, line: number): void {
  found.first ||= line;
  found.count += 1;
}

/** The line as it was before it was written in UTF-8 a second time; undefined when it was not. */
function undone(line: Buffer): Buffer | undefined {
  const before: number[] = [];
  for (const character of line.toString('utf8')) {
    const byte = bytes.get(character);
    if (byte === undefined) return undefined;
    before.push(byte);
  }
  const once = Buffer.from(before);
  return isUtf8(once) ? once : undefined;
}

import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { UnreadablePackage } from '../problems.js';
import { plainOf } from './feature.js';

/** One object of a JSON document, with the name of the array it stood in ('' at the top) and the line it begins on. */
export interface JsonItem {
  path: string;
  line: number;
  value: unknown;
  /** What is wrong with its text, when it cannot be read. */
  error?: string;
}

const itemLimit = 64 * 1024 * 1024;

/** NDJSON: one object a line. */
export async function* readLines(stream: Readable): AsyncGenerator<JsonItem> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let line = 0;
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield* parsed(text, (line += 1));
  }
  yield* parsed(rest + decoder.end(), line + 1);
}

function* parsed(text: string, line: number, path = ''): Generator<JsonItem> {
  const bare = text.replace(/^\ufeff/, '').trim();
  if (bare === '') return;
  try {
    yield { path, line, value: plainOf(JSON.parse(bare)) };
  } catch (error) {
    yield { path, line, value: undefined, error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The objects of a JSON document, one at a time: those of an array, of an envelope's arrays ({contents: […]} or
 * {"services.csv": […]}), or the document itself when it is a single object.
 */
export async function* readJson(stream: Readable): AsyncGenerator<JsonItem> {
  const decoder = new StringDecoder('utf8');
  const scan = new Scanner();
  let head = '';
  let shape: 'list' | 'single' | undefined;
  for await (const chunk of stream) {
    const text = decoder.write(chunk as Buffer);
    if (shape === 'list') {
      yield* scan.feed(text);
      continue;
    }
    head += text;
    shape ??= shapeOf(head);
    if (shape === 'list') yield* scan.feed(head);
    else if (head.length > itemLimit) throw new UnreadablePackage('The file is one object of more than 64 MB.');
  }
  if (shape === 'list') yield* scan.end();
  else yield* parsed(head, 1);
}

/** With what pages of an API begin (HSDS 3, and Open Referral UK before it), and layers of a map. */
const pageKeys = new Set(
  'total_items total_pages page_number size first_page last_page empty contents totalElements totalPages numberOfElements content displayFieldName objectIdFieldName'.split(
    ' ',
  ),
);

/** An array or an envelope of arrays is a list; an object that begins with a field of its own is a single thing. */
function shapeOf(head: string): 'list' | 'single' | undefined {
  const text = head.replace(/^[\ufeff\s]+/, '');
  if (text.startsWith('[')) return 'list';
  if (/^\{\s*"type"\s*:\s*"FeatureCollection"/.test(text)) return 'list';
  const [, key = '', value] = /^\{\s*"([^"]*)"\s*:\s*(\S)/.exec(text) ?? [];
  if (key === 'type' && text.length < 40) return undefined; // The word after it may not be there yet.
  if (value) return pageKeys.has(key) || value === '[' ? 'list' : 'single';
  return text.length > 10_000 ? 'single' : undefined;
}

const code = { newline: 10, quote: 34, open: 91, backslash: 92, close: 93, openObject: 123, closeObject: 125 };

/** Finds where the objects of a list begin and end without reading them: only quotes and brackets count. */
class Scanner {
  #depth = 0;
  #quoted = false;
  #escaped = false;
  #line = 1;
  #path = '';
  #text = ''; // Of the object or the key that is being read.
  #start = 1;
  #inside = -1; // Depth of the object that is being read.
  #list = 0; // Depth of the array whose objects are read.
  #passed = false; // What is being read stands outside of any list, such as a map's projection.

  *feed(chunk: string): Generator<JsonItem> {
    let from = 0;
    for (let i = 0; i < chunk.length; i += 1) {
      const c = chunk.charCodeAt(i);
      if (c === code.newline) this.#line += 1;
      if (this.#quoted) {
        if (this.#escaped) this.#escaped = false;
        else if (c === code.backslash) this.#escaped = true;
        else if (c === code.quote) {
          this.#quoted = false;
          if (this.#inside < 0) this.#text += chunk.slice(from, i); // Perhaps the key of the next array.
        }
      } else if (c === code.quote) {
        this.#quoted = true;
        if (this.#inside < 0) {
          this.#text = '';
          from = i + 1;
        }
      } else if (c === code.open || c === code.openObject) {
        this.#depth += 1;
        if (this.#inside >= 0) continue;
        if (c === code.open) {
          this.#path = this.#depth === 2 ? this.#text : '';
          this.#list = this.#depth;
        } else if (this.#depth > 1) {
          this.#passed = this.#list !== this.#depth - 1;
          this.#inside = this.#depth;
          this.#start = this.#line;
          this.#text = '';
          from = i;
        }
      } else if (c === code.close || c === code.closeObject) {
        if (this.#depth === this.#inside) {
          if (!this.#passed) yield* parsed(this.#text + chunk.slice(from, i + 1), this.#start, this.#path);
          this.#inside = -1;
          this.#text = '';
        }
        if (this.#inside < 0 && this.#depth === this.#list) this.#list = 0;
        this.#depth -= 1;
      }
    }
    if (this.#inside >= 0 || this.#quoted) this.#text += chunk.slice(from);
    if (this.#text.length > itemLimit) {
      throw new UnreadablePackage(`An object of more than 64 MB begins at line ${this.#start}.`);
    }
  }

  *end(): Generator<JsonItem> {
    if (this.#depth > 0) {
      yield {
        path: this.#path,
        line: this.#start,
        value: undefined,
        error: 'the file ends in the middle of an object',
      };
    }
  }
}

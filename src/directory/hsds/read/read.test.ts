import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openTable } from './csv.js';
import { readJson, readLines } from './json.js';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The text in pieces of one, three and all bytes: where a chunk ends must not matter. */
const cuts = (text: string) =>
  [1, 3, text.length].map((size) => {
    const bytes = Buffer.from(text);
    return Readable.from(
      Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size)),
    );
  });

describe('a table', () => {
  it('is read with its line numbers, through a byte order mark, line ends in quotes, empty and uneven lines', async () => {
    const text =
      '\ufeffid,name,note\r\n1,"two\r\nlines",x\r\n\r\n2,short\r\n3,a,b,surplus\r\n4,"say ""hi""",ü\r\n5,a,b,,\r\n6,last,';
    for (const stream of cuts(text)) {
      const table = await openTable(stream, 'services.csv');
      expect(table.columns).toEqual(['id', 'name', 'note']);
      expect(await all(table.rows)).toEqual([
        { line: 2, cells: { id: '1', name: 'two\r\nlines', note: 'x' }, surplus: 0 },
        { line: 5, cells: { id: '2', name: 'short' }, surplus: -1 },
        { line: 6, cells: { id: '3', name: 'a', note: 'b' }, surplus: 1 },
        { line: 7, cells: { id: '4', name: 'say "hi"', note: 'ü' }, surplus: 0 },
        { line: 8, cells: { id: '5', name: 'a', note: 'b' }, surplus: 0 },
        { line: 9, cells: { id: '6', name: 'last' }, surplus: 0 },
      ]);
    }
  });

  it('may be empty', async () => {
    const table = await openTable(Readable.from([]), 'services.csv');
    expect(table.columns).toEqual([]);
    expect(await all(table.rows)).toEqual([]);
  });
});

describe('a JSON document', () => {
  const read = async (text: string) => {
    const runs = await Promise.all(cuts(text).map((stream) => all(readJson(stream))));
    expect(runs[0]).toEqual(runs[2]);
    expect(runs[1]).toEqual(runs[2]);
    return runs[2] ?? [];
  };

  it('gives the objects of an array with their lines', async () => {
    expect(await read('[\n {"id": "1", "a": ["x]", {"b": "\\"}"}]},\n\n {"id": "ü"}\n]')).toEqual([
      { path: '', line: 2, value: { id: '1', a: ['x]', { b: '"}' }] } },
      { path: '', line: 4, value: { id: 'ü' } },
    ]);
  });

  it('gives what a page contains', async () => {
    expect(await read('{"total_items": 1, "first_page": true, "contents": [{"id": "1"}]}')).toEqual([
      { path: 'contents', line: 1, value: { id: '1' } },
    ]);
  });

  it('gives the tables of an envelope by name', async () => {
    const items = await read('{"services.csv": [{"id": 1}], "phones.csv": [{"id": 2}, {"id": 3}]}');
    expect(items.map((i) => i.path)).toEqual(['services.csv', 'phones.csv', 'phones.csv']);
  });

  it('gives a single object whole', async () => {
    expect(await read('{"id": "1", "phones": [{"id": "2"}]}')).toEqual([
      { path: '', line: 1, value: { id: '1', phones: [{ id: '2' }] } },
    ]);
  });

  it('says so when it ends too early', async () => {
    const items = await read('[{"id": "1"}, {"id": ');
    expect(items).toHaveLength(2);
    expect(items[1]?.error).toContain('ends in the middle');
  });

  it('is read line by line when it is NDJSON, a broken line apart', async () => {
    for (const stream of cuts('{"id":1}\n\nnot json\r\n{"id":"ü"}')) {
      const items = await all(readLines(stream));
      expect(items.map((i) => [i.line, i.value, !!i.error])).toEqual([
        [1, { id: 1 }, false],
        [3, undefined, true],
        [4, { id: 'ü' }, false],
      ]);
    }
  });
});

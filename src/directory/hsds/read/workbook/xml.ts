import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { UnreadablePackage } from '../../problems.js';

/** What is done at the tags of a file and at the text between them. Names come without their prefix. */
export interface Handlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Characters without a tag among them: a cell of Excel holds 32,767 at most. */
const mostBetween = 4_000_000;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads XML piece by piece, and hands out control after each. Entities that a file declares itself are not known, so that
 * it cannot grow by them.
 */
export async function* readXml(stream: Readable, name: string, handlers: Handlers): AsyncGenerator<void> {
  const parser = new SaxesParser();
  let between = 0;
  const damaged = (cause?: unknown): UnreadablePackage =>
    new UnreadablePackage(`${name} is damaged. Open it in Excel, save it again, then send it again.`, { cause });
  parser.on('error', (cause) => {
    throw damaged(cause);
  });
  parser.on('opentag', (tag) => {
    const { name: called, attributes } = tag as SaxesTagPlain;
    between = 0;
    handlers.open?.(local(called), attributes);
  });
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('closetag', (tag) => {
    between = 0;
    handlers.close?.(local(tag.name));
  });
  const decoder = new TextDecoder('utf-8');
  try {
    for await (const chunk of stream) {
      const text = decoder.decode(chunk as Buffer, { stream: true });
      between += text.length;
      if (between > mostBetween + text.length) throw damaged();
      parser.write(text);
      yield;
    }
    parser.close();
    yield;
  } finally {
    if (!stream.destroyed) {
      stream.destroy();
      await once(stream, 'close').catch(() => undefined);
    }
  }
}

/** Reads XML to its end. */
export async function readWholeXml(stream: Readable, name: string, handlers: Handlers): Promise<void> {
  for await (const _ of readXml(stream, name, handlers));
}

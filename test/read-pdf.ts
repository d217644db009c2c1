import { inflateSync } from 'node:zlib';

export interface ReadPdf {
  text: string;
  pages: number;
  /** Structure elements, such as H1. */
  tags: string[];
  language: string | undefined;
  title: string | undefined;
}

/** What a PDF made by the hub says: as much of the format as its own writer uses. */
export function readPdf(bytes: Buffer): ReadPdf {
  const raw = bytes.toString('latin1');
  if (!raw.startsWith('%PDF-')) throw new Error('no PDF');
  const objects = new Map<string, string>();
  for (const [, id = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id, body);
  const streamOf = (id: string): string => {
    const body = objects.get(id) ?? '';
    const from = body.indexOf('stream\n') + 7;
    const data = Buffer.from(body.slice(from, body.lastIndexOf('\nendstream')), 'latin1');
    return (body.includes('/FlateDecode') ? inflateSync(data) : data).toString('latin1');
  };
  const fonts = new Map<string, Map<number, string>>();
  for (const body of objects.values()) {
    for (const [, name = '', id = ''] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
      if (unicode) fonts.set(name, charactersOf(streamOf(unicode)));
    }
  }
  const pages = [...objects].filter(([, body]) => /\/Type \/Page\b/.test(body));
  const text = pages
    .map(([, body]) => textOf(streamOf(/\/Contents (\d+) 0 R/.exec(body)?.[1] ?? ''), fonts))
    .join('\n');
  const said = (name: string): string | undefined => {
    const [, id, own] = new RegExp(`/${name} (?:(\\d+) 0 R|(\\((?:\\\\.|[^)])*\\)))`).exec(raw) ?? [];
    const text = id ? objects.get(id) : own;
    return unescape(text?.slice(1, -1));
  };
  const tags = [...raw.matchAll(/\/Type \/StructElem\n\/S \/(\w+)|\/S \/(\w+)/g)].map(
    ([, one, other]) => one ?? other ?? '',
  );
  return { text, pages: pages.length, tags: [...new Set(tags)], language: said('Lang'), title: said('Title') };
}

const unescape = (text: string | undefined): string | undefined =>
  text?.startsWith('þÿ') ? Buffer.from(text.slice(2), 'latin1').swap16().toString('utf16le') : text;

function charactersOf(map: string): Map<number, string> {
  const found = new Map<number, string>();
  const letters = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, from = '0', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f ]+)>/gi)].forEach(([, hex = ''], index) =>
      found.set(parseInt(from, 16) + index, letters(hex.replaceAll(' ', ''))),
    );
  }
  return found;
}

function textOf(content: string, fonts: Map<string, Map<number, string>>): string {
  let font: Map<number, string> | undefined;
  let text = '';
  for (const [, name, y, shown] of content.matchAll(
    /\/(F\d+) [\d.]+ Tf|1 0 0 1 [\d.-]+ ([\d.-]+) Tm|(\[[^\]]*\]) TJ/g,
  )) {
    if (name) font = fonts.get(name);
    else if (y) text += ' ';
    else {
      for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]+)>/gi)) {
        for (const [code] of hex.matchAll(/.{4}/g)) text += font?.get(parseInt(code, 16)) ?? '\uFFFD';
      }
    }
  }
  return text.replace(/\s+/g, ' ');
}

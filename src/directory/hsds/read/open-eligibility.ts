import type { Readable } from 'node:stream';
import { decodeEntities } from '../clean/text.js';
import { UnreadablePackage } from '../problems.js';

/** A term of the Open Eligibility taxonomy as its file has it. */
export interface EligibilityTerm {
  line: number;
  cells: { id: string; name: string; description: string; parent_id: string; part: string };
}

const tag = /<(\/?)([a-z_]+)((?:\s+[a-z]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/gi;
const levels = new Set(['top_level', 'second_level', 'third_level', 'fourth_level']);
/** The published file has 32 KB; a later one may be some times that. */
const sizeLimit = 8 * 1024 * 1024;

/**
 * Reads Open Eligibility in the form in which it is published: XML with nested levels, each with id and title, under
 * <services> and <situations>. Only what that file uses is understood: no namespaces, no entities of its own.
 */
export async function readOpenEligibility(stream: Readable): Promise<{ version: string; terms: EligibilityTerm[] }> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > sizeLimit) throw new UnreadablePackage('The taxonomy has more than 8 MB.');
  }
  const version = /<version>([^<]*)<\/version>/.exec(text)?.[1]?.trim() ?? '';
  const descriptions = new Map<string, string>();
  for (const [, title = '', words = ''] of text.matchAll(
    /<category\s+id="[^"]*"\s+title="([^"]*)">([^<]*)<\/category>/g,
  )) {
    descriptions.set(title.toLowerCase(), decodeEntities(words).trim());
  }
  const terms: EligibilityTerm[] = [];
  const open: string[] = [];
  let part = '';
  let line = 1;
  let seen = 0;
  for (const { 1: closing, 2: name = '', 3: attributes = '', 4: selfClosing, index } of text.matchAll(tag)) {
    for (; seen < index; seen += 1) if (text.charCodeAt(seen) === 10) line += 1;
    if (name === 'services' || name === 'situations') part = closing ? '' : name;
    if (!levels.has(name) || part === '') continue;
    if (closing) open.pop();
    else {
      const id = attribute(attributes, 'id');
      const title = attribute(attributes, 'title');
      const description = open.length === 0 ? (descriptions.get(title.toLowerCase()) ?? '') : '';
      terms.push({ line, cells: { id, name: title, description, parent_id: open.at(-1) ?? '', part } });
      if (!selfClosing) open.push(id);
    }
    seen = Math.max(seen, index);
  }
  return { version, terms };
}

function attribute(text: string, name: string): string {
  const [, double, single] = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(text) ?? [];
  return decodeEntities(double ?? single ?? '').trim();
}

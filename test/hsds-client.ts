import { addressOf } from './actors.js';
import type { TestHub } from './hub.js';

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
export type Json = Record<string, any>;

export interface HsdsAnswer {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

/** Asks the HSDS API of a hub under test. */
export async function hsds(hub: TestHub, path: string, init: RequestInit = {}): Promise<HsdsAnswer> {
  const response = await fetch(`${await addressOf(hub)}/hsds${path}`, { redirect: 'manual', ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('application/json') && text !== '';
  return { status: response.status, headers: response.headers, text, json: isJson ? (JSON.parse(text) as Json) : {} };
}

/** The entries of a page, which must be one. */
export async function contents(hub: TestHub, path: string, init: RequestInit = {}): Promise<Json[]> {
  const { status, json, text } = await hsds(hub, path, init);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return json['contents'] as Json[];
}

/** The lines of an NDJSON answer. */
export const lines = (text: string): Json[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Json);

export const postJson = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

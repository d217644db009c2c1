import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { GraphQLError } from 'graphql';

/** The web client's own operations by the SHA-256 of their text, as codegen wrote them. */
export type TrustedDocuments = ReadonlyMap<string, string>;

/** Reads `persisted-documents.json`: `{"sha256:<hex>": "query …"}`. A file that is not there is an empty list. */
export async function readTrustedDocuments(path: string): Promise<TrustedDocuments> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return new Map();
  }
  const found: unknown = JSON.parse(text);
  if (typeof found !== 'object' || found === null) throw new Error('persisted-documents.json is not an object');
  return new Map(Object.entries(found).map(([key, document]) => [key.replace(/^sha256:/, ''), String(document)]));
}

/** How a call may name its operation: by id only, or by its text too. */
export type DocumentRule = 'trusted only' | 'any';

interface GraphQLCall {
  query?: unknown;
  documentId?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
}

function idOf(call: GraphQLCall): string | undefined {
  if (typeof call.documentId === 'string') return call.documentId.replace(/^sha256:/, '');
  const persisted: unknown = Object(call.extensions)['persistedQuery'];
  const hash: unknown = Object(persisted)['sha256Hash'];
  return typeof hash === 'string' ? hash.replace(/^sha256:/, '') : undefined;
}

/**
 * The call with its document's text put in place of the id. Throws PERSISTED_QUERY_NOT_IN_LIST for an unknown id, and
 * for other text than the client's own where only trusted documents may run.
 */
export function resolveDocument<T extends GraphQLCall>(call: T, documents: TrustedDocuments, rule: DocumentRule): T {
  const id = idOf(call);
  if (id === undefined) {
    if (rule === 'any' || documents.has(sha256(String(call.query)))) return call;
    throw notInList();
  }
  const text = documents.get(id);
  if (text === undefined) throw notInList();
  const { documentId: _, extensions: __, ...rest } = call;
  return { ...rest, query: text } as unknown as T;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function notInList(): GraphQLError {
  const message = 'In a browser session only the operations of this release of the web client run. Reload the page.';
  return new GraphQLError(message, { extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } });
}

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
 * The call with its document's text put in place of the id. Throws PERSISTED_QUERY_NOT_IN_LIST for an id that is not
 * known, and for text where only trusted documents may run.
 */
export function resolveDocument<T extends GraphQLCall>(call: T, documents: TrustedDocuments, rule: DocumentRule): T {
  const id = idOf(call);
  if (id === undefined && rule === 'any') return call;
  const text = id === undefined ? undefined : documents.get(id);
  const { documentId: _, extensions: __, ...rest } = call;
  if (text !== undefined) return { ...rest, query: text } as unknown as T;
  // During development the list may be older than the page: the text beside the id stands in.
  if (rule === 'trusted only' || typeof call.query !== 'string') throw notInList();
  return rest as unknown as T;
}

function notInList(): GraphQLError {
  const message = 'In a browser session only the operations of this release of the web client run. Reload the page.';
  return new GraphQLError(message, { extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } });
}

import { updated } from '$app/state';
import type { TypedDocumentString } from '#lib/gql/graphql';
import { locale } from '#lib/i18n/i18n.svelte';
import { ApiError, type ApiFailure } from './errors.js';
import type { Answered } from './shown.js';

type Args<V> = V extends Record<string, never> ? [variables?: V] : [variables: V];
interface Answer<R> {
  data?: R | null;
  errors?: ApiFailure[];
}

/** How an operation is named: by the hash the server knows its text by, and by the text itself while developing. */
export function operation<R, V>(doc: TypedDocumentString<R, V>): { documentId?: string; query?: string } {
  const meta = (doc as unknown as Record<string, { hash?: string } | undefined>)['__meta__'];
  const text = String(doc);
  return { documentId: meta?.hash, query: text.startsWith('[object') ? undefined : text };
}

/** Sends one operation to the API and returns its data, or throws an ApiError. */
export async function request<R, V>(doc: TypedDocumentString<R, V>, ...args: Args<V>): Promise<R> {
  return (await send(doc, args[0], {})).data;
}

/** The same with the point from which on to follow what changes. */
export function requestAt<R, V>(doc: TypedDocumentString<R, V>, variables: V): Promise<Answered<R>> {
  return send(doc, variables, {});
}

/** The same as whoever holds this token, without the cookie of a session that may be open in this browser. */
export async function requestAs<R, V>(token: string, doc: TypedDocumentString<R, V>, ...args: Args<V>): Promise<R> {
  return (await send(doc, args[0], { authorization: `Bearer ${token}` })).data;
}

/** So often a request that the hub turned away is made again before anybody is told. */
const AGAIN = 2;
const seconds = (n: number) => new Promise((done) => setTimeout(done, n * 1000));

/** Turned away before anything of it was begun: without data, not even null. */
const wasTurnedAway = ({ errors, ...rest }: Answer<unknown>): boolean =>
  !('data' in rest) && errors?.[0]?.extensions?.code === 'BUSY';

async function send<R, V>(
  doc: TypedDocumentString<R, V>,
  variables: V | undefined,
  headers: Record<string, string>,
  again = AGAIN,
): Promise<Answered<R>> {
  let answer: Answer<R>;
  let heard: string | null;
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        // Texts that the server keeps (categories, instruments, why a service fits) come in this language.
        'accept-language': locale(),
        ...headers,
      },
      body: JSON.stringify({ ...operation(doc), variables: variables ?? {} }),
    });
    heard = response.headers.get('hub-heard');
    answer = (await response.json()) as Answer<R>;
  } catch {
    throw new ApiError('OFFLINE', 'The server could not be reached.');
  }
  if (again > 0 && wasTurnedAway(answer)) {
    // Not all at the same moment.
    await seconds((answer.errors?.[0]?.extensions?.retryAfterSeconds ?? 1) * (0.5 + Math.random()));
    return send(doc, variables, headers, again - 1);
  }
  const failure = answer.errors?.[0];
  // The server is of a newer release than this page: the frame then offers to load it.
  if (failure?.extensions?.code === 'PERSISTED_QUERY_NOT_IN_LIST') void updated.check();
  if (failure) throw ApiError.from(failure);
  if (!answer.data) throw new ApiError('INTERNAL', 'The server sent no answer.');
  return { data: answer.data, heard };
}

/** A key that makes a repeated send of the same form safe. */
export const oneTimeKey = (): string => crypto.randomUUID();

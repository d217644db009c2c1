import type { TypedDocumentString } from '#lib/gql/graphql';
import { locale } from '#lib/i18n/i18n.svelte';
import { ApiError } from './errors.js';

type Args<V> = V extends Record<string, never> ? [variables?: V] : [variables: V];
interface Answer<R> {
  data?: R | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Sends one operation to the API and returns its data, or throws an ApiError. */
export async function request<R, V>(doc: TypedDocumentString<R, V>, ...[variables]: Args<V>): Promise<R> {
  let answer: Answer<R>;
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        // Texts that the server keeps (categories, instruments, why a service fits) come in this language.
        'accept-language': locale(),
      },
      // The id is what the server runs in a session; the text stands in while a developer's list is older than the page.
      body: JSON.stringify({ documentId: doc.__meta__?.['hash'], query: doc.toString(), variables: variables ?? {} }),
    });
    answer = (await response.json()) as Answer<R>;
  } catch {
    throw new ApiError('OFFLINE', 'The server could not be reached.');
  }
  const failure = answer.errors?.[0];
  if (failure) throw ApiError.from(failure);
  if (!answer.data) throw new ApiError('INTERNAL', 'The server sent no answer.');
  return answer.data;
}

/** A key that makes a repeated send of the same form safe. */
export const oneTimeKey = (): string => crypto.randomUUID();

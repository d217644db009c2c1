import { error, redirect } from '@sveltejs/kit';
import type { TypedDocumentString } from '#lib/gql/graphql';
import { ApiError } from './errors.js';
import { requestAt } from './request.js';
import { forPage } from './shown.js';

/** Turns a failed answer into the page that explains it: sign in, not found, not allowed, offline. */
export function explain(cause: unknown): never {
  if (!(cause instanceof ApiError)) throw cause;
  switch (cause.code) {
    case 'UNAUTHENTICATED':
      redirect(307, `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
    // falls through: redirect throws
    case 'NOT_FOUND':
    case 'BAD_USER_INPUT':
      error(404, cause.message, { code: 'NOT_FOUND' });
    case 'FORBIDDEN':
      error(403, cause.message, { code: 'FORBIDDEN' });
    case 'RATE_LIMITED':
      error(429, cause.message, { code: 'BUSY' });
    case 'BUSY':
      error(503, cause.message, { code: 'BUSY' });
    case 'OFFLINE':
      error(503, cause.message, { code: 'OFFLINE' });
    default:
      error(500, cause.message, { code: 'BROKEN' });
  }
}

/** `request` for `+page.ts`: failures become error pages, and {@link live} misses nothing since. */
export async function load<R, V>(doc: TypedDocumentString<R, V>, variables: V): Promise<R> {
  try {
    return await forPage(() => requestAt(doc, variables));
  } catch (cause) {
    explain(cause);
  }
}

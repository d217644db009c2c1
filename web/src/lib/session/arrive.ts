import { goto } from '$app/navigation';
import { session } from './session.svelte.js';

/** After a sign-in: to the page that was asked for, if it is one of ours, else to the start page. */
export async function arrive(next: string | null): Promise<void> {
  await session.refresh();
  const ours =
    next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') && !next.startsWith('/sign-in');
  await goto(ours && next ? next : '/', { replace: true, refreshAll: true });
}

/** The secret of a mailed link, from behind the # (never sent to a server), or from the query of an older link. */
export function linkToken(): string {
  const hash = new URLSearchParams(location.hash.slice(1));
  return hash.get('token') ?? new URLSearchParams(location.search).get('token') ?? '';
}

import { goto } from '$app/navigation';
import { session } from './session.svelte.js';

/** After a sign-in: to the page that was asked for, if it is one of ours, else to the start page. */
export async function arrive(next: string | null): Promise<void> {
  await session.refresh();
  const ours =
    next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') && !next.startsWith('/sign-in');
  await goto(ours && next ? next : '/', { replace: true, refreshAll: true });
}

const kept = (): string => `hub.link:${location.pathname}`;

/**
 * The secret of a mailed link, from behind the # (never sent to a server), or from the query of an older link. It leaves
 * the address, and with it the browser's history, at once; this tab keeps it for a reload until it is used.
 */
export function linkToken(): string {
  const hash = new URLSearchParams(location.hash.slice(1));
  const token = hash.get('token') ?? new URLSearchParams(location.search).get('token');
  if (token === null) return sessionStorage.getItem(kept()) ?? '';
  sessionStorage.setItem(kept(), token);
  history.replaceState(history.state, '', location.pathname);
  return token;
}

/** The same, for a page whose address says more than the secret: that stays, and a reload finds both. */
export function heldToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (token === null) return sessionStorage.getItem(kept()) ?? '';
  sessionStorage.setItem(kept(), token);
  history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}

/** The link of this page was used. */
export function linkUsed(): void {
  sessionStorage.removeItem(kept());
}

import { error, redirect } from '@sveltejs/kit';
import { session } from '#lib/session/session.svelte';

/** Everything in here is for people who signed in; the server refuses them anyway. */
export const load = async ({ parent, url }) => {
  await parent();
  if (session.offline) error(503, 'offline', { code: 'OFFLINE' });
  if (!session.viewer) redirect(307, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
};

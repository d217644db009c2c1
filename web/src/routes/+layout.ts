import { redirect } from '@sveltejs/kit';
import { handedToken } from '#lib/questions/handed';
import { session } from '#lib/session/session.svelte';

export const ssr = false;

export const load = async ({ url }) => {
  await session.start();
  // Wherever somebody goes with a device that was handed over, by Back or by hand: the questions.
  if (handedToken() && url.pathname !== '/questions') redirect(307, '/questions');
};

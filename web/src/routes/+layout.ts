import { session } from '#lib/session/session.svelte';

export const ssr = false;

export const load = async () => {
  await session.start();
};

import { redirect } from '@sveltejs/kit';
import { load as ask } from '#lib/api/index';
import { SignInOptionsDocument } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

export const load = async ({ parent, url }) => {
  await parent();
  if (session.viewer) redirect(307, '/');
  const { signInOptions } = await ask(SignInOptionsDocument, {});
  return { options: signInOptions, next: url.searchParams.get('next'), idle: url.searchParams.get('why') === 'idle' };
};

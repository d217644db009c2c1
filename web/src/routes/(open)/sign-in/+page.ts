import { redirect } from '@sveltejs/kit';
import { load as ask } from '#lib/api/index';
import { SignInOptionsDocument } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

export const load = async ({ parent, url }) => {
  await parent();
  if (session.viewer) redirect(307, '/');
  const { signInOptions } = await ask(SignInOptionsDocument, {});
  const asked = url.searchParams;
  return {
    options: signInOptions,
    next: asked.get('next'),
    idle: asked.get('why') === 'idle',
    problem: asked.get('problem'),
    codeAsked: asked.get('step') === 'code',
  };
};

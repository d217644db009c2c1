import { redirect } from '@sveltejs/kit';
import { load as ask } from '#lib/api/index';
import { SignInOptionsDocument } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

const WHY: Record<string, 'signIn.idle' | 'signIn.ended'> = { idle: 'signIn.idle', ended: 'signIn.ended' };
const STEPS = ['enter', 'code', 'setup'] as const;

export const load = async ({ parent, url }) => {
  await parent();
  if (session.viewer) redirect(307, '/');
  const { signInOptions } = await ask(SignInOptionsDocument, {});
  const asked = url.searchParams;
  return {
    options: signInOptions,
    next: asked.get('next'),
    why: WHY[asked.get('why') ?? ''],
    problem: asked.get('problem'),
    // A sign-on through the organization, or an invitation, may come back for the rest.
    step: STEPS.find((step) => step === asked.get('step')) ?? 'enter',
  };
};

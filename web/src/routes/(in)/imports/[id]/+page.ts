import { load as ask } from '#lib/api/index';
import { ImportDecisionsDocument, ImportRunPageDocument, type ProblemSeverity } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

export const load = async ({ parent, params, url }) => {
  await parent();
  const severity = (url.searchParams.get('severity') || undefined) as ProblemSeverity | undefined;
  const code = url.searchParams.get('code') || undefined;
  const [page, decisions] = await Promise.all([
    ask(ImportRunPageDocument, { id: params.id, severity, code }),
    session.can('directory.write') ? ask(ImportDecisionsDocument, {}) : null,
  ]);
  return { ...page, severity, code, decisions: decisions?.importDecisions ?? null };
};

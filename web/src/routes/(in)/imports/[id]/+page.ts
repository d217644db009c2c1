import { load as ask } from '#lib/api/index';
import { ImportRunPageDocument, type ProblemSeverity } from '#lib/gql/graphql';

export const load = async ({ parent, params, url }) => {
  await parent();
  const severity = (url.searchParams.get('severity') || undefined) as ProblemSeverity | undefined;
  const code = url.searchParams.get('code') || undefined;
  return { ...(await ask(ImportRunPageDocument, { id: params.id, severity, code })), severity, code };
};

import { load as ask } from '#lib/api/index';
import { ImportDecisionsDocument, ImportRunsDocument, ImportSourcesDocument } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

export const load = async ({ parent }) => {
  await parent();
  const [{ importRuns }, { importSources }, decisions] = await Promise.all([
    ask(ImportRunsDocument, {}),
    ask(ImportSourcesDocument, {}),
    session.can('directory.write') ? ask(ImportDecisionsDocument, {}) : null,
  ]);
  return { importRuns, importSources, decisions: decisions?.importDecisions ?? null };
};

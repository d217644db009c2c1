import { load as ask } from '#lib/api/index';
import { ImportConflictsDocument, ImportDecisionsDocument, RetireProposalsDocument } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const show = url.searchParams.get('show') === 'gone' ? ('gone' as const) : ('conflicts' as const);
  const [{ importDecisions }, conflicts, gone] = await Promise.all([
    ask(ImportDecisionsDocument, {}),
    show === 'conflicts' ? ask(ImportConflictsDocument, {}) : null,
    show === 'gone' ? ask(RetireProposalsDocument, {}) : null,
  ]);
  return { show, importDecisions, conflicts: conflicts?.importConflicts, gone: gone?.retireProposals };
};

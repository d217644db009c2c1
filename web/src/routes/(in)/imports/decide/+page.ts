import { load as ask } from '#lib/api/index';
import {
  ImportConflictsDocument,
  ImportDecisionsDocument,
  RetireBatchesDocument,
  RetirePreviewDocument,
  RetireProposalsDocument,
} from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const { importDecisions } = await ask(ImportDecisionsDocument, {});
  if (url.searchParams.get('show') !== 'gone') {
    const { importConflicts } = await ask(ImportConflictsDocument, {});
    return { show: 'conflicts' as const, importDecisions, conflicts: importConflicts };
  }
  const said = (name: string): string | null => url.searchParams.get(name) || null;
  const filter = { entity: said('kind'), source: said('source'), text: said('q') };
  const [{ retireProposals: gone }, { retirePreview: preview }, { retireBatches: batches }] = await Promise.all([
    ask(RetireProposalsDocument, { filter }),
    ask(RetirePreviewDocument, { filter }),
    ask(RetireBatchesDocument, {}),
  ]);
  return { show: 'gone' as const, importDecisions, filter, gone, preview, batches };
};

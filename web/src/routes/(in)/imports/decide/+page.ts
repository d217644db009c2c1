import { load as ask } from '#lib/api/index';
import {
  ConflictBatchesDocument,
  ConflictPreviewDocument,
  ImportConflictsDocument,
  ImportDecisionsDocument,
  RetireBatchesDocument,
  RetirePreviewDocument,
  RetireProposalsDocument,
} from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const said = (name: string): string | null => url.searchParams.get(name) || null;
  const { importDecisions } = await ask(ImportDecisionsDocument, {});
  if (url.searchParams.get('show') !== 'gone') {
    const differ = { field: said('field'), source: said('source'), text: said('q') };
    const [{ importConflicts }, { conflictPreview }, { conflictBatches }] = await Promise.all([
      ask(ImportConflictsDocument, { filter: differ }),
      ask(ConflictPreviewDocument, { filter: differ }),
      ask(ConflictBatchesDocument, {}),
    ]);
    const conflicts = {
      conflicts: importConflicts,
      filter: differ,
      preview: conflictPreview,
      batches: conflictBatches,
    };
    return { show: 'conflicts' as const, importDecisions, conflicts };
  }
  const filter = { entity: said('kind'), source: said('source'), text: said('q') };
  const [{ retireProposals: gone }, { retirePreview: preview }, { retireBatches: batches }] = await Promise.all([
    ask(RetireProposalsDocument, { filter }),
    ask(RetirePreviewDocument, { filter }),
    ask(RetireBatchesDocument, {}),
  ]);
  return { show: 'gone' as const, importDecisions, filter, gone, preview, batches };
};

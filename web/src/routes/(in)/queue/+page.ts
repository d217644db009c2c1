import { load as ask } from '#lib/api/index';
import { CurationQueueDocument, type CurationFilter } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const filter = (url.searchParams.get('show') || 'DUE') as CurationFilter;
  const text = url.searchParams.get('q') || undefined;
  return { ...(await ask(CurationQueueDocument, { filter, text })), filter, text };
};

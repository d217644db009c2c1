import { load as ask } from '#lib/api/index';
import { CurationQueueDocument, type CurationFilter, type CurationOrder } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const asked = {
    filter: (url.searchParams.get('show') || 'DUE') as CurationFilter,
    text: url.searchParams.get('q') || undefined,
    county: url.searchParams.get('county') || undefined,
    order: (url.searchParams.get('order') || undefined) as CurationOrder | undefined,
  };
  return { ...(await ask(CurationQueueDocument, asked)), asked };
};

import { load as ask } from '#lib/api/index';
import { DuplicatesDocument, type DuplicateStatus } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const status = (url.searchParams.get('show') || 'OPEN') as DuplicateStatus;
  return { ...(await ask(DuplicatesDocument, { status })), status };
};

import { load as ask } from '#lib/api/index';
import { DuplicatesDocument } from '#lib/gql/graphql';
import { oneOf } from '#lib/list/filters';

const statuses = ['OPEN', 'MERGED', 'DIFFERENT'] as const;

export const load = async ({ parent, url }) => {
  await parent();
  const status = oneOf(url.searchParams, 'show', statuses);
  return { ...(await ask(DuplicatesDocument, { status })), status, statuses };
};

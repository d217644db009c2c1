import { load as ask } from '#lib/api/index';
import { ListingClaimsDocument } from '#lib/gql/graphql';
import { oneOf } from '#lib/list/filters';

const statuses = ['OPEN', 'APPROVED', 'REJECTED'] as const;

export const load = async ({ parent, url }) => {
  await parent();
  const status = oneOf(url.searchParams, 'show', statuses);
  return { ...(await ask(ListingClaimsDocument, { status })), status, statuses };
};

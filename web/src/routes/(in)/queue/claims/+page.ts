import { load as ask } from '#lib/api/index';
import { ListingClaimsDocument, type ClaimStatus } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const status = (url.searchParams.get('show') || 'OPEN') as ClaimStatus;
  return { ...(await ask(ListingClaimsDocument, { status })), status };
};

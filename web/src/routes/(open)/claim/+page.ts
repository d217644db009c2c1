import { load as ask } from '#lib/api/index';
import { ClaimedServiceDocument } from '#lib/gql/graphql';

export const load = async ({ url }) => ask(ClaimedServiceDocument, { id: url.searchParams.get('service') ?? '' });

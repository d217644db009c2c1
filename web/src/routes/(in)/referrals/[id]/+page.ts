import { load as ask } from '#lib/api/index';
import { SentReferralDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params }) => {
  await parent();
  return ask(SentReferralDocument, { id: params.id });
};

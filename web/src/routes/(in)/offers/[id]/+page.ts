import { load as ask } from '#lib/api/index';
import { OfferPageDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params }) => {
  await parent();
  return ask(OfferPageDocument, { id: params.id });
};

import { load as ask } from '#lib/api/index';
import { HubStateDocument } from '#lib/gql/graphql';

export const load = async ({ parent }) => {
  await parent();
  return ask(HubStateDocument, {});
};

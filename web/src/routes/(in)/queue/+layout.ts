import { load as ask } from '#lib/api/index';
import { DeskCountsDocument } from '#lib/gql/graphql';

export const load = async ({ parent }) => {
  await parent();
  return ask(DeskCountsDocument, {});
};

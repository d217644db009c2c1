import { load as ask } from '#lib/api/index';
import { CategoriesDocument } from '#lib/gql/graphql';

export const load = async ({ parent }) => {
  await parent();
  return ask(CategoriesDocument, {});
};

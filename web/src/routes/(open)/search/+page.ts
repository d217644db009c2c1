import { load as ask } from '#lib/api/index';
import { CategoriesDocument } from '#lib/gql/graphql';
import { find } from '#lib/search/find';
import { isAsked, searchInput } from '#lib/search/input';

export const load = async ({ url }) => {
  const input = searchInput(url.searchParams);
  const [{ sdohCategories }, answer] = await Promise.all([
    ask(CategoriesDocument, {}),
    isAsked(url.searchParams) ? find(input) : { found: null, unknownPlace: null },
  ]);
  return { categories: sdohCategories, ...answer, input };
};

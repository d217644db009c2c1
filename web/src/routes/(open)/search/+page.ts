import { load as ask } from '#lib/api/index';
import { CategoriesDocument, SearchServicesDocument } from '#lib/gql/graphql';
import { isAsked, searchInput } from '#lib/search/input';

export const load = async ({ url }) => {
  const input = searchInput(url.searchParams);
  const [{ sdohCategories }, found] = await Promise.all([
    ask(CategoriesDocument, {}),
    isAsked(url.searchParams) ? ask(SearchServicesDocument, { input }) : null,
  ]);
  return { categories: sdohCategories, found: found?.searchServices ?? null, input };
};

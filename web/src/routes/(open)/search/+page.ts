import { load as ask } from '#lib/api/index';
import { CategoriesDocument } from '#lib/gql/graphql';
import { find, sought } from '#lib/search/find';
import { isAsked, searchInput } from '#lib/search/input';

export const load = async ({ url }) => {
  const input = searchInput(url.searchParams);
  const asked = isAsked(url.searchParams);
  const [{ sdohCategories }, answer, Found] = await Promise.all([
    ask(CategoriesDocument, {}),
    asked ? find(input) : { found: null, unknownPlace: null },
    // Filters and results come with the first search: the start page does without them.
    asked ? import('#lib/search/Found.svelte').then((part) => part.default) : null,
  ]);
  return { categories: sought(sdohCategories), ...answer, input, Found };
};

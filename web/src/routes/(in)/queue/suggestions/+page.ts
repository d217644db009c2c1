import { load as ask } from '#lib/api/index';
import { SuggestionsDocument, type SuggestionFilter } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const filter = (url.searchParams.get('show') || 'OPEN') as SuggestionFilter;
  return { ...(await ask(SuggestionsDocument, { filter })), filter };
};

import { load as ask } from '#lib/api/index';
import { SuggestionsDocument } from '#lib/gql/graphql';
import { oneOf } from '#lib/list/filters';

const filters = ['OPEN', 'REPORTS', 'CHANGES', 'DECIDED'] as const;

export const load = async ({ parent, url }) => {
  await parent();
  const filter = oneOf(url.searchParams, 'show', filters);
  return { ...(await ask(SuggestionsDocument, { filter })), filter, filters };
};

import { load as ask } from '#lib/api/index';
import {
  CategoriesDocument,
  ListingCareDocument,
  ListingHistoryDocument,
  ListingRulesDocument,
  ServiceDetailDocument,
  SuggestionsDocument,
} from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

export const load = async ({ parent, params }) => {
  await parent();
  const keeps = session.can('directory.write') || session.can('listing.write');
  const [{ service }, { sdohCategories }, history, care, standing, suggested] = await Promise.all([
    ask(ServiceDetailDocument, { id: params.id }),
    ask(CategoriesDocument, {}),
    ask(ListingHistoryDocument, { id: params.id }),
    ask(ListingCareDocument, { id: params.id }),
    ask(ListingRulesDocument, { id: params.id }),
    keeps ? ask(SuggestionsDocument, { serviceId: params.id }) : null,
  ]);
  return {
    service,
    categories: sdohCategories,
    history: history.service.history,
    care: care.service,
    rules: standing.service.eligibilityRules,
    suggestions: suggested?.suggestions ?? null,
  };
};

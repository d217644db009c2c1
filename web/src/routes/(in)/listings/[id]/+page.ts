import { load as ask } from '#lib/api/index';
import { CategoriesDocument, ListingHistoryDocument, ServiceDetailDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params }) => {
  await parent();
  const [{ service }, { sdohCategories }, history] = await Promise.all([
    ask(ServiceDetailDocument, { id: params.id }),
    ask(CategoriesDocument, {}),
    ask(ListingHistoryDocument, { id: params.id }),
  ]);
  return { service, categories: sdohCategories, history: history.service.history };
};

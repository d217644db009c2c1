import { load as ask } from '#lib/api/index';
import { CategoriesDocument, PatientPageDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params }) => {
  await parent();
  const [{ patient }, { sdohCategories }] = await Promise.all([
    ask(PatientPageDocument, { id: params.id }),
    ask(CategoriesDocument, {}),
  ]);
  return { patient, categories: sdohCategories };
};

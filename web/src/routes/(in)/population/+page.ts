import { load as ask } from '#lib/api/index';
import { CategoriesDocument, PopulationDocument, PopulationReportsDocument } from '#lib/gql/graphql';
import { populationInput } from '#lib/population/words';

export const load = async ({ parent, url }) => {
  await parent();
  const input = populationInput(url.searchParams);
  const [{ populationSummary }, { populationReports }, { sdohCategories }] = await Promise.all([
    ask(PopulationDocument, { input }),
    ask(PopulationReportsDocument, {}),
    ask(CategoriesDocument, {}),
  ]);
  return { summary: populationSummary, input, reports: populationReports, categories: sdohCategories };
};

import { load as ask } from '#lib/api/index';
import { CategoriesDocument, PatientNameDocument } from '#lib/gql/graphql';
import { find, sought } from '#lib/search/find';
import { searchInput } from '#lib/search/input';

export const load = async ({ parent, params, url }) => {
  await parent();
  const { patient } = await ask(PatientNameDocument, { id: params.id });
  const asked = searchInput(url.searchParams);
  const miles = Number(url.searchParams.get('miles')) || undefined;
  const place = patient.zip ?? ([patient.city, patient.state].filter(Boolean).join(', ') || undefined);
  const near = asked.near ?? (place ? { place, radiusMiles: miles } : undefined);
  const input = { ...asked, near, patientId: params.id };
  const [answer, { sdohCategories }] = await Promise.all([find(input), ask(CategoriesDocument, {})]);
  return { patient, place: place ?? null, input, ...answer, categories: sought(sdohCategories) };
};

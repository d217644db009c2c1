import { error } from '@sveltejs/kit';
import { load as ask } from '#lib/api/index';
import { CategoriesDocument, PatientPageDocument, ServiceDetailDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params, url }) => {
  await parent();
  const serviceId = url.searchParams.get('service');
  if (!serviceId) error(404, 'no service', { code: 'NOT_FOUND' });
  const [{ patient }, { service }, { sdohCategories }] = await Promise.all([
    ask(PatientPageDocument, { id: params.id }),
    ask(ServiceDetailDocument, { id: serviceId }),
    ask(CategoriesDocument, {}),
  ]);
  return { patient, service, categories: sdohCategories, siteId: url.searchParams.get('site') };
};

import { error } from '@sveltejs/kit';
import { load as ask } from '#lib/api/index';
import { CategoriesDocument, PatientPageDocument, ServiceDetailDocument, type FollowHow } from '#lib/gql/graphql';

export const load = async ({ parent, params, url }) => {
  await parent();
  const serviceId = url.searchParams.get('service');
  if (!serviceId) error(404, 'no service', { code: 'NOT_FOUND' });
  const [{ patient }, { service }, { sdohCategories }] = await Promise.all([
    ask(PatientPageDocument, { id: params.id }),
    ask(ServiceDetailDocument, { id: serviceId }),
    ask(CategoriesDocument, {}),
  ]);
  const followsHow: FollowHow = url.searchParams.get('how') === 'TRANSFERRED' ? 'TRANSFERRED' : 'REOPENED';
  const followsId = url.searchParams.get('follows');
  const follows = followsId ? { followsId, followsHow } : null;
  return { patient, service, categories: sdohCategories, siteId: url.searchParams.get('site'), follows };
};

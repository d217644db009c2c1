import { redirect } from '@sveltejs/kit';
import { load as ask } from '#lib/api/index';
import { CategoriesDocument, PatientPageDocument, ServiceDetailDocument, type FollowHow } from '#lib/gql/graphql';

export const load = async ({ parent, params, url }) => {
  await parent();
  const serviceId = url.searchParams.get('service');
  // Nothing was chosen yet.
  if (!serviceId) redirect(307, `/patients/${params.id}/find`);
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

import { redirect } from '@sveltejs/kit';
import { load as ask } from '#lib/api/index';
import { ServiceDetailDocument } from '#lib/gql/graphql';

export const load = async ({ params, url }) => {
  const { service } = await ask(ServiceDetailDocument, { id: params.id });
  // It was merged into another listing: the address of that one is the one to keep.
  if (service.id !== params.id) redirect(307, `/services/${service.id}${url.search}`);
  return { service, patientId: url.searchParams.get('for'), siteId: url.searchParams.get('site') };
};

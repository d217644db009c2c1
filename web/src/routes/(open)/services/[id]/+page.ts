import { load as ask } from '#lib/api/index';
import { ServiceDetailDocument } from '#lib/gql/graphql';

export const load = async ({ params, url }) => {
  const { service } = await ask(ServiceDetailDocument, { id: params.id });
  return { service, patientId: url.searchParams.get('for'), siteId: url.searchParams.get('site') };
};

import { load as ask } from '#lib/api/index';
import { PatientPageDocument, ServiceDetailDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params, url }) => {
  await parent();
  const serviceId = url.searchParams.get('service');
  const [{ patient }, found] = await Promise.all([
    ask(PatientPageDocument, { id: params.id }),
    serviceId ? ask(ServiceDetailDocument, { id: serviceId }) : null,
  ]);
  return { patient, service: found?.service ?? null };
};

import { load as ask } from '#lib/api/index';
import { PatientAccessesDocument, PatientNameDocument } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const patientId = url.searchParams.get('patient');
  if (!patientId) return { patient: null, accesses: null };
  const [{ patient }, { patientAccesses }] = await Promise.all([
    ask(PatientNameDocument, { id: patientId }),
    ask(PatientAccessesDocument, { patientId }),
  ]);
  return { patient, accesses: patientAccesses };
};

import { load as ask } from '#lib/api/index';
import { PatientPageDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params }) => {
  await parent();
  return ask(PatientPageDocument, { id: params.id });
};

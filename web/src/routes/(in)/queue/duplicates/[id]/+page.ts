import { load as ask } from '#lib/api/index';
import { DuplicateDocument } from '#lib/gql/graphql';

export const load = async ({ parent, params }) => {
  await parent();
  return ask(DuplicateDocument, { id: params.id });
};

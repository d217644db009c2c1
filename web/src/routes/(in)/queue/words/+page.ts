import { load as ask } from '#lib/api/index';
import { SynonymsDocument } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const text = url.searchParams.get('q') || undefined;
  return { ...(await ask(SynonymsDocument, { text })), text, phrase: url.searchParams.get('phrase') ?? undefined };
};

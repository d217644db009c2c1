import { load as ask } from '#lib/api/index';
import { ForeignTermsDocument } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const text = url.searchParams.get('q') || undefined;
  const show = url.searchParams.get('show') === 'all' ? ('all' as const) : ('open' as const);
  return { ...(await ask(ForeignTermsDocument, { text, onlyUnmapped: show === 'open' })), text, show };
};

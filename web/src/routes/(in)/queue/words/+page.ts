import { load as ask } from '#lib/api/index';
import { SearchGapsDocument, SynonymsDocument } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const text = url.searchParams.get('q') || undefined;
  const month = url.searchParams.get('month') || undefined;
  const area = url.searchParams.get('area') || undefined;
  const show = url.searchParams.get('show') === 'gaps' ? ('gaps' as const) : ('words' as const);
  const [words, { searchGaps }] = await Promise.all([
    ask(SynonymsDocument, { text }),
    show === 'gaps' ? ask(SearchGapsDocument, { month, area }) : { searchGaps: [] },
  ]);
  return { ...words, searchGaps, text, month, area, show };
};

import { load as ask } from '#lib/api/index';
import { HelpGapsDocument, RoomGapsDocument, SearchGapsDocument } from '#lib/gql/graphql';

/** "2026-11", and null for what no month is. */
const monthIn = (text: string | null): string | undefined =>
  /^\d{4}-\d\d$/.test(text ?? '') ? (text ?? undefined) : undefined;

export const load = async ({ parent, url }) => {
  await parent();
  const month = monthIn(url.searchParams.get('month'));
  const area = url.searchParams.get('area') || undefined;
  const show = url.searchParams.get('show');
  if (show === 'declined') {
    return { show: 'declined' as const, month, area, ...(await ask(HelpGapsDocument, { month })) };
  }
  if (show === 'full') return { show: 'full' as const, month, area, ...(await ask(RoomGapsDocument, {})) };
  return { show: 'searched' as const, month, area, ...(await ask(SearchGapsDocument, { month, area })) };
};

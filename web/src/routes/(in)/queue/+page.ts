import { load as ask } from '#lib/api/index';
import { CurationQueueDocument, type CurationOrder } from '#lib/gql/graphql';
import { oneOf } from '#lib/list/filters';

const filters = ['DUE', 'REPORTED', 'NEVER_VERIFIED', 'RETIRED', 'ALL'] as const;
const orders = ['DUE', 'COMPLAINTS', 'USE', 'NAME'] as const;

export const load = async ({ parent, url }) => {
  await parent();
  const asked = {
    filter: oneOf(url.searchParams, 'show', filters),
    text: url.searchParams.get('q') || undefined,
    county: url.searchParams.get('county') || undefined,
    order: oneOf<CurationOrder | ''>(url.searchParams, 'order', ['', ...orders]) || undefined,
  };
  return { ...(await ask(CurationQueueDocument, asked)), asked, filters, orders };
};

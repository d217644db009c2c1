import { load as ask } from '#lib/api/index';
import { InboxDocument, type InboxQueue } from '#lib/gql/graphql';
import { oneOf } from '#lib/list/filters';

export const load = async ({ parent, url }) => {
  await parent();
  const queue = oneOf<InboxQueue>(url.searchParams, 'queue', ['NEW', 'OVERDUE', 'WAITING', 'IN_WORK', 'DONE', 'ALL']);
  return { ...(await ask(InboxDocument, { filter: { queue } })), queue };
};

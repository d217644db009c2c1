import { load as ask } from '#lib/api/index';
import { InboxDocument, type InboxQueue } from '#lib/gql/graphql';

export const load = async ({ parent, url }) => {
  await parent();
  const queue = (url.searchParams.get('queue') || 'NEW') as InboxQueue;
  return { ...(await ask(InboxDocument, { filter: { queue } })), queue };
};

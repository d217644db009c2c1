import { request } from '#lib/api/index';
import { myList } from '#lib/directory/myList.svelte';
import { ListedServiceDocument } from '#lib/gql/graphql';

export const load = async () => {
  const found = await Promise.allSettled(myList.ids.map((id) => request(ListedServiceDocument, { id })));
  return { services: found.flatMap((one) => (one.status === 'fulfilled' ? [one.value.service] : [])) };
};

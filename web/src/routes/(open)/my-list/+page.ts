import { request } from '#lib/api/index';
import { sentKeys } from '#lib/directory/listAddress';
import { myList } from '#lib/directory/myList.svelte';
import { ListedServicesDocument } from '#lib/gql/graphql';

export const load = async () => {
  // The page's own address, not the router's: what stands behind the # is for the browser alone.
  const keys = sentKeys(location.hash);
  const ids = keys ? [] : [...myList.ids];
  if (!keys && ids.length === 0) return { sent: false, services: [] };
  const { listedServices } = await request(ListedServicesDocument, { ids, keys: keys ?? [] });
  return { sent: keys !== undefined, services: listedServices };
};

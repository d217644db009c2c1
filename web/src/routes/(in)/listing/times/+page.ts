import { load as ask } from '#lib/api/index';
import { AnsweringTimesPageDocument, MyListingsDocument } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

export const load = async ({ parent, url }) => {
  await parent();
  const serviceId = url.searchParams.get('service');
  const organizationId = session.viewer?.organization?.id ?? '';
  const [{ answeringTimes, organization }, { myListings }] = await Promise.all([
    ask(AnsweringTimesPageDocument, { serviceId, organizationId }),
    ask(MyListingsDocument, {}),
  ]);
  return { times: answeringTimes, organization, services: myListings.edges.map((edge) => edge.node), serviceId };
};

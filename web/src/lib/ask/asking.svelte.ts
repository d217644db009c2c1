import type { ServiceDetailQuery } from '#lib/gql/graphql';

/**
 * The service that somebody is about to ask for themselves. In memory alone: it stands in no address, no history and no
 * store of the browser, and is gone with a reload.
 */
class Asking {
  service = $state.raw<ServiceDetailQuery['service'] | null>(null);
}

export const asking = new Asking();

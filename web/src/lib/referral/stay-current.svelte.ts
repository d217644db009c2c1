import { refreshAll } from '$app/navigation';
import { live } from '#lib/api/index';
import { ReferralChangedDocument } from '#lib/gql/graphql';

/** Loads the page again whenever a referral changes that it shows, and when a lost connection is back. Call it while the component is made. */
export function stayCurrent(id: () => string | undefined = () => undefined) {
  $effect(() => {
    const one = id();
    const again = () => void refreshAll();
    return live(ReferralChangedDocument, one ? { id: one } : {}, again, again);
  });
}

import { live, since } from '#lib/api/index';
import { ReferralChangedDocument } from '#lib/gql/graphql';
import { readAgain } from '#lib/session/read-again';

/** Loads the page again whenever a referral changed that it shows, since it was read. Call it while the component is made. */
export function stayCurrent(id: () => string | undefined = () => undefined) {
  $effect(() => {
    const one = id();
    return live(ReferralChangedDocument, since({ id: one ?? null }), () => void readAgain());
  });
}

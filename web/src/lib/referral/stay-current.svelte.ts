import { refreshAll } from '$app/navigation';
import { live, since } from '#lib/api/index';
import { ReferralChangedDocument } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

/** News take nobody to another page, not even whoever was signed out in that moment: what they were writing stays. */
async function readAgain(): Promise<void> {
  session.reading = true;
  await refreshAll().finally(() => (session.reading = false));
}

/** Loads the page again whenever a referral changed that it shows, since it was read. Call it while the component is made. */
export function stayCurrent(id: () => string | undefined = () => undefined) {
  $effect(() => {
    const one = id();
    return live(ReferralChangedDocument, since({ id: one ?? null }), () => void readAgain());
  });
}

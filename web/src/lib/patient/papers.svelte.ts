import { refreshAll } from '$app/navigation';
import { live } from '#lib/api/index';
import { PapersChangedDocument } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

/** Loads the page again whenever a patient's paper comes or is dealt with: of one patient, or of anybody. Call it while the component is made. */
export function stayWithPapers(id: () => string | undefined = () => undefined) {
  $effect(() => {
    if (!session.can('patient.write')) return undefined;
    const one = id();
    const again = () => void refreshAll();
    return live(
      PapersChangedDocument,
      {},
      ({ papersChanged: { paper } }) => {
        if (!one || !paper || paper.patient?.id === one) again();
      },
      again,
    );
  });
}

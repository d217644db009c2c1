import { live, since } from '#lib/api/index';
import { PapersChangedDocument } from '#lib/gql/graphql';
import { readAgain } from '#lib/session/read-again';
import { session } from '#lib/session/session.svelte';

/** Loads the page again whenever a patient's paper comes or is dealt with: of one patient, or of anybody. Call it while the component is made. */
export function stayWithPapers(id: () => string | undefined = () => undefined) {
  // Who it is, and not the page as it was loaded: else each loading would listen anew, and load again.
  const one = $derived(id());
  $effect(() => {
    if (!session.can('patient.write')) return undefined;
    const wanted = one;
    return live(PapersChangedDocument, since({}), ({ papersChanged: { paper } }) => {
      if (!wanted || !paper || paper.patient?.id === wanted) void readAgain();
    });
  });
}

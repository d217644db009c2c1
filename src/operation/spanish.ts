import type { Catalogue } from '../platform/sentences.js';

/** What the operation says to people, by the English sentence. */
export const OPERATION_SPANISH: Catalogue = {
  'None of this is given up any more: somebody has tried it again.':
    'Nada de esto sigue abandonado: alguien ya lo intentó de nuevo.',
};

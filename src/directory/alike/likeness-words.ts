import { fill, join, type Words } from '../../platform/words.js';
import type { Compared } from './likeness.js';

const WHY = {
  KINDS: { en: 'Gives what was asked for: {kinds}', es: 'Da lo que se pidió: {kinds}' },
  TERMS: { en: 'Listed as the same kind of help: {terms}', es: 'Figura como la misma clase de ayuda: {terms}' },
  INSTEAD: {
    en: 'Not the same, but may do for now: {kinds}',
    es: 'No es lo mismo, pero puede servir por ahora: {kinds}',
  },
  SAME_NEED: { en: 'Other help with the same need', es: 'Otra ayuda para la misma necesidad' },
  SAYS: { en: 'Its listing says: {words}', es: 'Su ficha dice: {words}' },
} as const satisfies Record<string, Words>;

/** Why a listing is proposed in the place of another: what they have in common, and which of the words it says. */
export function likenessWords({ likeness, shared }: Compared, says: readonly string[]): Words[] {
  const kinds = join(shared.kinds.map(({ name }) => name));
  const said = says.length > 0 ? [fill(WHY.SAYS, { words: says.map((word) => `“${word}”`).join(', ') })] : [];
  if (likeness === 'SAME_NEED') return [WHY.SAME_NEED, ...said];
  if (likeness === 'INSTEAD') return [fill(WHY.INSTEAD, { kinds }), ...said];
  const same =
    shared.kinds.length > 0 ? fill(WHY.KINDS, { kinds }) : fill(WHY.TERMS, { terms: shared.terms.join(', ') });
  return [same, ...said];
}

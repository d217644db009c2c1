import { RANK, type Weights } from '../../platform/search/ranking.js';
import type { SearchParts } from '../../platform/search/port.js';
import type { Words } from '../../platform/words.js';
import type { RankPart } from './search.types.js';

type Name = keyof Weights;

/** From which share of the most points on a part is called so, the best first. */
const SAID: Record<Name, readonly [share: number, words: Words][]> = {
  text: [
    [0.75, { en: 'Says just what you asked for', es: 'Dice justo lo que pidió' }],
    [0.4, { en: 'Says much of what you asked for', es: 'Dice mucho de lo que pidió' }],
    [0, { en: 'Says some of what you asked for', es: 'Dice algo de lo que pidió' }],
  ],
  distance: [
    [0.7, { en: 'Very near', es: 'Muy cerca' }],
    [0.4, { en: 'Near', es: 'Cerca' }],
    [0, { en: 'Farther away, or comes to you', es: 'Más lejos, o llega a usted' }],
  ],
  fit: [
    [0.9, { en: 'Is for this person', es: 'Es para esta persona' }],
    [0.1, { en: 'May be for this person: ask', es: 'Puede ser para esta persona: pregunte' }],
    [0, { en: 'Not for this person', es: 'No es para esta persona' }],
  ],
  room: [
    [0.9, { en: 'Has room', es: 'Tiene lugar' }],
    [0.5, { en: 'Looks at each person first', es: 'Ve primero a cada persona' }],
    [0.1, { en: 'Not known whether it has room', es: 'No se sabe si tiene lugar' }],
    [0, { en: 'Said that it is full', es: 'Dijo que está lleno' }],
  ],
  freshness: [
    [0.8, { en: 'Checked lately', es: 'Revisado hace poco' }],
    [0.3, { en: 'Checked some time ago', es: 'Revisado hace tiempo' }],
    [0, { en: 'Not checked for long', es: 'Sin revisar hace mucho' }],
  ],
  answers: [
    [0.65, { en: 'Answers referrals fast and helps', es: 'Responde pronto a las referencias y ayuda' }],
    [0.35, { en: 'Answers referrals as most do, or not known', es: 'Responde como la mayoría, o no se sabe' }],
    [0, { en: 'Often slow to answer referrals or says no', es: 'A menudo tarda en responder o dice que no' }],
  ],
};

/** Why a result stands where it stands: each part with its points, the most it could have, and plain words. */
export function explain(parts: SearchParts, language: keyof Words): RankPart[] {
  const names = Object.keys(SAID) as Name[];
  return names.flatMap((name) => {
    const points = parts[name];
    const most = RANK[name];
    if (points === null || most === 0) return [];
    const share = points / most;
    const words = SAID[name].find(([from]) => share >= from)?.[1][language] ?? '';
    return [{ name, points, most, words }];
  });
}

/** Of {@link explain}, what tells one listing of a kind from another, where it says something: good, or bad. */
export const rankWords = (parts: SearchParts, language: keyof Words): string[] =>
  explain(parts, language).flatMap(({ name, points, most, words }) => {
    const share = points / most;
    const telling = name === 'answers' ? share >= 0.65 || share < 0.35 : name === 'freshness' && share >= 0.8;
    return telling ? [words] : [];
  });

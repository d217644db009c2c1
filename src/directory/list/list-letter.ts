import { fill, type Language, type Words } from '../../platform/words.js';
import type { Card } from './card.js';
import { LIST_WORDS } from './list-words.js';

// A subject is read on a locked screen and over a shoulder: it says nothing of what help was looked for.
const SUBJECT: Words = { en: 'The list you asked for', es: 'La lista que pidió' };
const TEXT: Words = {
  en: `Hello,

here is the list that was sent to you from the community directory. You can see all of it here:

{link}

{before}

{cards}
Did you not ask for this? Then do nothing. We do not keep your address.
`,
  es: `Hola:

Esta es la lista que le enviaron desde el directorio de la comunidad. Puede verla completa aquí:

{link}

{before}

{cards}
¿No la pidió? Entonces no haga nada. No guardamos su dirección.
`,
};

function lines(card: Card, language: Language): string {
  const row = (label: Words, values: readonly (string | null)[]): string[] =>
    values.flatMap((value) => (value ? [`${label[language]}: ${oneLine(value)}`] : []));
  return [
    oneLine(card.name),
    oneLine(card.agency),
    ...(card.offered ? [] : [LIST_WORDS.ended[language]]),
    ...row(LIST_WORDS.phone, card.phones),
    ...row(LIST_WORDS.where, card.addresses),
    ...row(LIST_WORDS.when, card.hours),
    ...row(LIST_WORDS.bring, [card.bring.join(', ')]),
    '',
  ].join('\n');
}

/** A listing's words stay within their line, however they were typed. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);

/**
 * The letter with a list. Private listings are not in it: whoever shares the mailbox could read them. The link leads to
 * the whole list, which asks before it shows them.
 */
export function listLetter(
  language: Language,
  { cards, link }: { cards: readonly Card[]; link: string },
): { subject: string; text: string } {
  const open = cards.filter((card) => !card.private).map((card) => lines(card, language));
  const values = { link, before: LIST_WORDS.before, cards: open.join('\n') };
  return { subject: SUBJECT[language], text: fill(TEXT, values)[language] };
}

import { longest, PhraseBook, tokensOf } from './phrases.js';
import { PLAIN_CATEGORIES, type PlainCategory } from './plain-categories.js';

type Meaning = { category: PlainCategory; is: boolean };

/** Words between those that tell something: "transporte para la diálisis" says what "transporte a dialisis" says. */
const BETWEEN = new Set(
  'a an the to of for in at on her his their my our al de del el en la las los para por su sus un una'.split(' '),
);
const telling = (tokens: readonly string[]): string[] => tokens.filter((token) => !BETWEEN.has(token));

const book = new PhraseBook<Meaning>();
for (const category of PLAIN_CATEGORIES) {
  const note = (phrases: readonly string[], is: boolean): void => {
    for (const phrase of phrases) book.add(telling(tokensOf(phrase, true)).join(' '), { category, is });
  };
  note([...category.words, ...category.say.en, ...category.say.es], true);
  note(category.not ?? [], false);
}

/**
 * Kinds of help that somebody's own words ask for, by phrases of at least so many words. One word alone ("transportation")
 * may stand for several kinds. Listings are read by `derive`.
 */
export function kindsSaid(text: string, leastWords = 1): PlainCategory[] {
  const matches = longest(book.find(telling(tokensOf(text))));
  const said = matches.filter(({ from, to, value }) => value.is && to - from >= leastWords);
  return [...new Set(said.map(({ value }) => value.category))];
}

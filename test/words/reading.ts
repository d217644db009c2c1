/** What a text is made of, as formulas of reading ease count it. */
export interface Measure {
  sentences: number;
  words: number;
  syllables: number;
}

/** Syllables of an English word: groups of vowels, without a silent e at the end. */
export function syllablesOfEnglish(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  if (letters.length <= 3) return letters === '' ? 0 : 1;
  const spoken = letters.replace(/([^laeiouy])es$|([^laeiouytd])ed$|([^laeiouy])e$/, '$1$2$3').replace(/^y/, '');
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/g)?.length ?? 1);
}

const STRONG = 'aeoáéó';
const ACCENTED = 'íú';

/** Syllables of a Spanish word: each strong vowel and each accented í or ú is one of its own. */
export function syllablesOfSpanish(word: string): number {
  const letters = word
    .toLowerCase()
    .replace(/[^a-záéíóúüñ]/g, '')
    .replace(/qu|gu(?=[eiéí])/g, 'k')
    .replace(/y$/, 'i');
  let count = 0;
  for (const [run] of letters.matchAll(/[aeiouáéíóúü]+/g)) {
    count += 1;
    for (let at = 1; at < run.length; at += 1) {
      const [one, next] = [run.charAt(at - 1), run.charAt(at)];
      const apart = STRONG.includes(one) && STRONG.includes(next);
      if (apart || ACCENTED.includes(one) || ACCENTED.includes(next)) count += 1;
    }
  }
  return letters === '' ? 0 : Math.max(1, count);
}

export function measure(texts: readonly string[], syllables: (word: string) => number): Measure {
  const total: Measure = { sentences: 0, words: 0, syllables: 0 };
  for (const text of texts) {
    total.sentences += text.split(/[.!?:]+(?:\s|$)|\n/).filter((part) => /\p{L}/u.test(part)).length;
    for (const [word] of text.matchAll(/[\p{L}’']+/gu)) {
      total.words += 1;
      total.syllables += syllables(word);
    }
  }
  return total;
}

/** Flesch-Kincaid: the school grade that an English text asks for. */
export const gradeOfEnglish = ({ sentences, words, syllables }: Measure): number =>
  (0.39 * words) / sentences + (11.8 * syllables) / words - 15.59;

/** Fernández Huerta: ease of a Spanish text; 70 to 80 is the sixth grade, more is easier. */
export const easeOfSpanish = ({ sentences, words, syllables }: Measure): number =>
  206.84 - (60 * syllables) / words - (1.02 * words) / sentences;

/** A message as somebody may read it: the last way of each choice, and a short word in each place. */
export function asRead(message: string, word: string): string {
  let text = message;
  for (let depth = 0; depth < 4; depth += 1) {
    text = text.replace(
      /\{\w+, (?:plural|select|selectordinal),((?:[^{}]|\{[^{}]*\})*)\}/g,
      (_, ways: string) => /other \{([^{}]*)\}/.exec(ways)?.[1]?.replace('#', '3') ?? '',
    );
  }
  return text.replace(/\{[^}]*\}/g, word);
}

/** Whether it is a sentence rather than a label. */
export const isSentence = (text: string): boolean => /[.!?]["”]?$/.test(text.trim()) && text.split(/\s+/).length >= 4;

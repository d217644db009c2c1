import { fill, type Language } from './words.js';

/**
 * What the hub says to people, in Spanish by its English sentence. Places for values have names in braces, the same in
 * both. Each root has its own, in `spanish.ts`; a test compares them with the sentences of the sources.
 */
export type Catalogue = Readonly<Record<string, string>>;

interface Pattern {
  english: RegExp;
  names: string[];
  spanish: string;
}

function patternOf(english: string, spanish: string): Pattern {
  const names: string[] = [];
  const source = english.replace(/\{(\w+)\}|[.*+?^$()|[\]\\]/g, (found, name: string | undefined) => {
    if (name === undefined) return `\\${found}`;
    names.push(name);
    return '(.+?)';
  });
  return { english: new RegExp(`^${source}$`, 's'), names, spanish };
}

/** Sentences that are known in Spanish. */
export class Sentences {
  readonly #whole = new Map<string, string>();
  readonly #open = new Map<string, string>();
  #patterns: Pattern[] = [];

  constructor(catalogues: readonly Catalogue[] = []) {
    this.learn(catalogues);
  }

  /** Saying one twice changes nothing. */
  learn(catalogues: readonly Catalogue[]): void {
    for (const [english, spanish] of catalogues.flatMap((catalogue) => Object.entries(catalogue))) {
      (/\{\w+\}/.test(english) ? this.#open : this.#whole).set(english, spanish);
    }
    // What says most of its own words fits best.
    this.#patterns = [...this.#open]
      .toSorted(([one], [other]) => other.replace(/\{\w+\}/g, '').length - one.replace(/\{\w+\}/g, '').length)
      .map(([english, spanish]) => patternOf(english, spanish));
  }

  /** A sentence as somebody reads it who has this language. What is not known stays as it is. */
  inLanguage(sentence: string, language: Language): string {
    if (language === 'en') return sentence;
    const known = this.#whole.get(sentence);
    if (known !== undefined) return known;
    for (const { english, names, spanish } of this.#patterns) {
      const found = english.exec(sentence);
      if (!found) continue;
      const values = names.map((name, index) => [name, this.inLanguage(found[index + 1] ?? '', language)]);
      return fill({ en: sentence, es: spanish }, Object.fromEntries(values) as Record<string, string>).es;
    }
    return sentence;
  }
}

const hub = new Sentences();

/** Makes sentences known to {@link inLanguage}; called once with those of all roots. */
export const learnSentences = (catalogues: readonly Catalogue[]): void => hub.learn(catalogues);

/**
 * A sentence as somebody reads it who has this language. One place does this for all that the API says: whoever refuses
 * writes one English sentence, and values that are sentences themselves follow.
 */
export const inLanguage = (sentence: string, language: Language): string => hub.inLanguage(sentence, language);

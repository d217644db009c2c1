/** The languages in which the hub speaks to people. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text in every language of the hub. */
export type Words = Record<Language, string>;

/** What a `{place}` of a text is filled with: the same in every language, or words of their own. */
export type Filling = string | number | Words;

/** Fills the `{name}` places of a text, in every language. A place without a value stays, so that a test sees it. */
export function fill(words: Words, values: Record<string, Filling>): Words {
  const filled = (language: Language) =>
    words[language].replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name] ?? place;
      return typeof value === 'object' ? value[language] : String(value);
    });
  return { en: filled('en'), es: filled('es') };
}

/** Several words in one, with what stands between them. */
export function join(words: readonly Words[], between: Filling = ', '): Words {
  const joined = (language: Language) =>
    words.map((one) => one[language]).join(typeof between === 'object' ? between[language] : String(between));
  return { en: joined('en'), es: joined('es') };
}

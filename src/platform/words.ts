/** The languages in which the hub speaks to people. */
export type Language = 'en' | 'es';

/** One text in every language of the hub. */
export type Words = Record<Language, string>;

/** Fills `{name}` places of a text, in every language. A place without a value stays as it is, so that a test sees it. */
export function fill(words: Words, values: Record<string, string | number>): Words {
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
  return { en: filled(words.en), es: filled(words.es) };
}

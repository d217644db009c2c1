import { LANGUAGES, type Language } from './words.js';

const spoken = (tag: string): Language | undefined =>
  LANGUAGES.find((language) => new RegExp(`^\\s*${language}\\b`, 'i').test(tag));

/**
 * The language in which the hub answers somebody. A page of the hub names its own alone (`Accept-Language: es`) and gets
 * that; otherwise what the person chose in their settings counts, then the first of the browser's list that the hub
 * speaks (`es-MX,es;q=0.9`), then English.
 */
export function chooseLanguage(header: string | null | undefined, setting?: Language | null): Language {
  const tags = (header ?? '').split(',').filter((tag) => !/;\s*q=0(\.0*)?\s*$/.test(tag));
  const [page] = tags;
  if (tags.length === 1 && page && LANGUAGES.some((language) => language === page.trim().toLowerCase())) {
    return spoken(page) ?? 'en';
  }
  if (setting) return setting;
  for (const tag of tags) {
    const language = spoken(tag);
    if (language) return language;
  }
  return 'en';
}

/** The language of a tag such as `es-MX`, else English. */
export function languageOfTag(tag: string): Language {
  return spoken(tag) ?? 'en';
}

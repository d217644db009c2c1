import { IntlMessageFormat } from 'intl-messageformat';
import type en from './en.json';

/** A key of the message catalogues; `npm run web:check` proves that English and Spanish hold the same keys. */
export type Key = keyof typeof en;
export type Locale = 'en' | 'es';
export type Values = Record<string, string | number | Date | null | undefined>;

const loaders: Record<Locale, () => Promise<{ default: Record<string, string> }>> = {
  en: () => import('./en.json'),
  es: () => import('./es.json'),
};
const STORED = 'hub.language';

class Catalogue {
  locale = $state<Locale>('en');
  messages = $state.raw<Record<string, string>>({});
  formats = new Map<string, IntlMessageFormat>();
}
const catalogue = new Catalogue();

/** Loads the catalogue of a language and makes the whole client speak it. */
export async function speak(locale: Locale): Promise<void> {
  const messages = (await loaders[locale]()).default;
  catalogue.formats.clear();
  catalogue.locale = locale;
  catalogue.messages = messages;
  document.documentElement.lang = locale;
  localStorage.setItem(STORED, locale);
}

/** The language chosen on this device, else the browser's, else English. */
export function preferredLocale(): Locale {
  const wish = localStorage.getItem(STORED) ?? navigator.language;
  return wish.toLowerCase().startsWith('es') ? 'es' : 'en';
}

export const locale = (): Locale => catalogue.locale;
export const hasMessage = (key: string): key is Key => key in catalogue.messages;

/** The words of a message in the current language. */
export function t(key: Key, values?: Values): string {
  const pattern = catalogue.messages[key];
  if (pattern === undefined) return '';
  if (!values && !/[{'<]/.test(pattern)) return pattern;
  let format = catalogue.formats.get(key);
  if (!format) {
    format = new IntlMessageFormat(pattern, catalogue.locale, undefined, { ignoreTag: true });
    catalogue.formats.set(key, format);
  }
  return String(format.format(values));
}

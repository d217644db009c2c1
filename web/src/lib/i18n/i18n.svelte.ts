import { IntlMessageFormat } from 'intl-messageformat';
import type en from './en.json';

/** A key of the message catalogues; `npm run web:check` proves that English and Spanish hold the same keys. */
export type Key = keyof typeof en;
export type Locale = 'en' | 'es';
export type Values = Record<string, string | number | Date | null | undefined>;

type Load = () => Promise<{ default: Record<string, string> }>;
/** What the pages open to everybody say, and what only the pages behind sign-in do: the build cuts a catalogue in two. */
const loaders: Record<Locale, Record<'open' | 'work', Load>> = {
  en: { open: () => import('./en.json?open'), work: () => import('./en.json?work') },
  es: { open: () => import('./es.json?open'), work: () => import('./es.json?work') },
};
const STORED = 'hub.language';

class Catalogue {
  /** Pages ask for their data before the catalogue is there: in the right language all the same. */
  locale = $state<Locale>(preferredLocale());
  messages = $state.raw<Record<string, string>>({});
  work = false;
  formats = new Map<string, IntlMessageFormat>();
}
const catalogue = new Catalogue();

/** Loads the catalogue of a language and makes the whole client speak it; with the words of the work from sign-in on. */
export async function speak(locale: Locale, work = catalogue.work): Promise<void> {
  const { open, work: rest } = loaders[locale];
  const parts = await Promise.all(work ? [open(), rest()] : [open()]);
  const messages: Record<string, string> = Object.assign({}, ...parts.map((part) => part.default));
  catalogue.formats.clear();
  catalogue.locale = locale;
  catalogue.messages = messages;
  catalogue.work = work;
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

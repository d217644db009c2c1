export { locale, preferredLocale, speak, t } from './i18n.svelte.js';
export type { Key, Locale } from './i18n.svelte.js';
export { begin, options, refusalWords, word } from './words.js';
export {
  ago,
  clockIn,
  day,
  due,
  exact,
  hour,
  lastDay,
  localDay,
  plainDate,
  when,
  workingDays,
  zoneName,
} from './dates.js';
export type { Moment } from './dates.js';
export { count, dial, fileSize, languageName, miles, money, percent, phoneWords } from './numbers.js';

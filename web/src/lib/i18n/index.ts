export { locale, preferredLocale, speak, t } from './i18n.svelte.js';
export type { Key, Locale, Values } from './i18n.svelte.js';
export { options, refusalWords, word } from './words.js';
export { age, ago, clock, clockIn, day, due, exact, hour, plainDate, when, workingDays } from './dates.js';
export type { Moment } from './dates.js';
export { count, languageName, miles, money, percent, phoneWords } from './numbers.js';

import { hasMessage, t } from './i18n.svelte.js';

/** The words for an enum value of the API: `word('ReferralStatus', 'FAILED')`. Never the raw value. */
export function word(type: string, value: string | null | undefined): string {
  if (!value) return t('word.none');
  const key = `enum.${type}.${value}`;
  return hasMessage(key) ? t(key) : t('word.other');
}

/** Why the server did nothing: its own sentence, which comes in the language of this page. */
export function refusalWords(refusal: { message: string }): string {
  return refusal.message;
}

/** Words at the beginning of a line: "care manager" → "Care manager". */
export const begin = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The options of a select from an enum's values. */
export function options(type: string, values: readonly string[]): { value: string; label: string }[] {
  return values.map((value) => ({ value, label: begin(word(type, value)) }));
}

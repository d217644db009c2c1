import { hasMessage, t } from './i18n.svelte.js';

/** The words for an enum value of the API: `word('ReferralStatus', 'FAILED')`. Never the raw value. */
export function word(type: string, value: string | null | undefined): string {
  if (!value) return t('word.none');
  const key = `enum.${type}.${value}`;
  return hasMessage(key) ? t(key) : t('word.other');
}

/** What the server refused, in our words where its code is known. */
export function refusalWords(refusal: { code: string; message: string }): string {
  const key = `refusal.${refusal.code}`;
  return hasMessage(key) ? t(key) : refusal.message;
}

/** The options of a select from an enum's values. */
export function options(type: string, values: readonly string[]): { value: string; label: string }[] {
  return values.map((value) => ({ value, label: word(type, value) }));
}

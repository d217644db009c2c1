import { locale } from './i18n.svelte.js';

const tag = (): string => (locale() === 'es' ? 'es-US' : 'en-US');

/** 12,345 */
export const count = (value: number): string => new Intl.NumberFormat(tag()).format(value);

/** 0.137 → "14%" */
export const percent = (share: number): string =>
  new Intl.NumberFormat(tag(), { style: 'percent', maximumFractionDigits: share !== 0 && share < 0.1 ? 1 : 0 }).format(
    share,
  );

/** 1536000 → "1.5 MB". */
export function fileSize(bytes: number): string {
  const unit = bytes >= 1_000_000 ? 'megabyte' : 'kilobyte';
  const value = bytes / (unit === 'megabyte' ? 1_000_000 : 1000);
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(tag(), { style: 'unit', unit, maximumFractionDigits }).format(Math.max(value, 0.1));
}

/** 2.345 → "2.3"; from ten miles on without decimals. */
export const miles = (value: number): string =>
  new Intl.NumberFormat(tag(), { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);

/** 1250 cents → "$12.50", 1200 → "$12"; a currency that imported data made up is shown as written. */
export function money(cents: number, currency = 'USD'): string {
  const known = /^[A-Za-z]{3}$/.test(currency);
  const style = known ? ({ style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' } as const) : {};
  const amount = new Intl.NumberFormat(tag(), style).format(cents / 100);
  return known ? amount : `${amount} ${currency}`;
}

/** "+14105550142" → "(410) 555-0142"; other numbers as they are. */
export function phoneWords(number: string): string {
  const [, area, first, last] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return area ? `(${area}) ${first}-${last}` : number;
}

/** The address that calls a number, however it was written. */
export const dial = (number: string): string => `tel:${number.replace(/[^+\d]/g, '')}`;

/** The name of a language from its code: "es" → "Spanish". */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([tag()], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

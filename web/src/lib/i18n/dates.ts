import { locale, t } from './i18n.svelte.js';

export type Moment = string | Date;
const tag = (): string => (locale() === 'es' ? 'es-US' : 'en-US');
const asDate = (at: Moment): Date =>
  typeof at === 'string' ? new Date(/^\d{4}-\d\d-\d\d$/.test(at) ? `${at}T12:00:00` : at) : at;

/** The day it is here at a moment, `YYYY-MM-DD`: not that of Greenwich, which is another one in the evening. */
export function localDay(at: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function parts(at: Date, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const found = new Intl.DateTimeFormat(tag(), options).formatToParts(at);
  return Object.fromEntries(found.map((part) => [part.type, part.value.replace(/[.,]/g, '')]));
}

/** "Tue 24 Nov", with the year when it is not this one; here, or in another place's time. */
export function day(at: Moment, now = new Date(), timeZone?: string): string {
  const of = (moment: Date) =>
    parts(moment, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone });
  const p = of(asDate(at));
  const year = p['year'] === of(now)['year'] ? '' : ` ${p['year']}`;
  return `${p['weekday']} ${p['day']} ${p['month']}${year}`;
}

/** "24 Nov 2026": a date that is no appointment, such as a birthday. */
export function plainDate(at: Moment): string {
  const p = parts(asDate(at), { day: 'numeric', month: 'short', year: 'numeric' });
  return `${p['day']} ${p['month']} ${p['year']}`;
}

/** The last day of what ends at a moment: what ends at midnight holds until the day before. */
export const lastDay = (end: string): string => plainDate(new Date(Date.parse(end) - 1));

/** "2:30 pm". */
export function clock(at: Moment): string {
  return new Intl.DateTimeFormat(tag(), { hour: 'numeric', minute: '2-digit' }).format(asDate(at)).toLowerCase();
}

/** The same in another place's time. */
export function clockIn(at: Moment, timeZone: string): string {
  return new Intl.DateTimeFormat(tag(), { hour: 'numeric', minute: '2-digit', timeZone })
    .format(asDate(at))
    .toLowerCase();
}

/** "2:30 pm" from an opening hour such as "14:30" or "14:30:00". */
export function hour(time: string): string {
  const [h = '0', m = '0'] = time.split(':');
  const at = new Date(2026, 0, 1, Number(h), Number(m));
  return clock(at);
}

/** "Tue 24 Nov, 2:30 pm". */
export const when = (at: Moment): string => `${day(at)}, ${clock(at)}`;

/** The exact time, for hover and screen readers. */
export function exact(at: Moment): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: 'full', timeStyle: 'long' }).format(asDate(at));
}

/** "5 minutes ago", "yesterday", and from the eighth day on the date itself. */
export function ago(at: Moment, now = new Date()): string {
  const seconds = (asDate(at).getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(tag(), { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) return t('time.now');
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  if (size < 8 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
  return day(at, now);
}

/** Working days (Monday to Friday) from now to a moment; negative when it has passed. */
export function workingDays(to: Moment, from = new Date()): number {
  const end = asDate(to);
  const noon = (at: Date, days = 0) => new Date(at.getFullYear(), at.getMonth(), at.getDate() + days, 12);
  const sign = end >= from ? 1 : -1;
  const days = Math.round(Math.abs(noon(end).getTime() - noon(from).getTime()) / 86_400_000);
  const weekday = (offset: number) => noon(from, sign * (offset + 1)).getDay();
  return (
    sign * Array.from({ length: days }, (_, offset) => weekday(offset)).filter((one) => one !== 0 && one !== 6).length
  );
}

/** "3 working days left", "due today", "2 working days late". */
export function due(at: Moment, now = new Date()): string {
  const days = workingDays(at, now);
  if (days > 0) return t('time.left', { days });
  if (days < 0) return t('time.late', { days: -days });
  return asDate(at) < now ? t('time.justLate') : t('time.dueToday');
}

/** What the clock of this device, or of another place, is called here: "Eastern Time", "hora oriental". */
export function zoneName(timeZone?: string): string {
  const shown = new Intl.DateTimeFormat(tag(), { timeZoneName: 'longGeneric', timeZone }).formatToParts(new Date());
  return shown.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

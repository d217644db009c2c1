import { fill, join, type Language, type Words } from '../platform/words.js';
import type { Weekday } from './calendar-day.js';
import type { Hours, IrregularPart } from './describe-hours.js';

const DAYS: Record<Weekday, Words> = {
  MO: { en: 'Monday', es: 'lunes' },
  TU: { en: 'Tuesday', es: 'martes' },
  WE: { en: 'Wednesday', es: 'miércoles' },
  TH: { en: 'Thursday', es: 'jueves' },
  FR: { en: 'Friday', es: 'viernes' },
  SA: { en: 'Saturday', es: 'sábado' },
  SU: { en: 'Sunday', es: 'domingo' },
};
const ORDINALS: Readonly<Record<number, Words>> = {
  1: { en: 'first', es: 'primer' },
  2: { en: 'second', es: 'segundo' },
  3: { en: 'third', es: 'tercer' },
  4: { en: 'fourth', es: 'cuarto' },
  5: { en: 'fifth', es: 'quinto' },
  [-1]: { en: 'last', es: 'último' },
  [-2]: { en: 'second to last', es: 'penúltimo' },
};
const AND: Words = { en: ' and ', es: ' y ' };

/** "a, b and c" */
function listed(words: readonly Words[]): Words {
  const last = words.at(-1);
  if (words.length < 2 || !last) return last ?? { en: '', es: '' };
  return join([join(words.slice(0, -1)), last], AND);
}

/** "Monday to Friday", "Monday and Wednesday", for days in the order of the week. */
export function daysInWords(days: readonly Weekday[], runs: readonly { from: Weekday; to: Weekday }[]): Words {
  const long = runs.length === 1 && days.length > 2 ? runs[0] : undefined;
  if (!long) return listed(days.map((day) => DAYS[day]));
  return fill({ en: '{from} to {to}', es: '{from} a {to}' }, { from: DAYS[long.from], to: DAYS[long.to] });
}

/** "second and fourth Wednesday of the month", "Monday, every 2 weeks", "day 1 and 15 of the month" */
export function irregularInWords({ every, days, monthDays }: Omit<IrregularPart, 'hours'>): Words {
  const months: Words =
    every.count === 1
      ? { en: 'of the month', es: 'de cada mes' }
      : fill({ en: 'of every {count} months', es: 'cada {count} meses' }, { count: every.count });
  if (monthDays.length > 0) {
    const numbers = listed(monthDays.map((day) => ({ en: String(day), es: String(day) })));
    return fill({ en: 'day {numbers} {months}', es: 'día {numbers} {months}' }, { numbers, months });
  }
  if (every.unit === 'WEEK') {
    return fill(
      { en: '{days}, every {count} weeks', es: '{days}, cada {count} semanas' },
      { days: listed(days.map(({ day }) => DAYS[day])), count: every.count },
    );
  }
  const byDay = Map.groupBy(days, ({ day }) => day);
  const parts = [...byDay].map(([day, group]) => {
    const places = group.flatMap(({ ordinal }) => (ordinal === null ? [] : [ORDINALS[ordinal] ?? number(ordinal)]));
    if (places.length === 0) return fill({ en: 'every {day}', es: 'cada {day}' }, { day: DAYS[day] });
    return fill({ en: '{places} {day}', es: '{places} {day}' }, { places: listed(places), day: DAYS[day] });
  });
  return parts.length === 0 ? months : join([listed(parts), months], ' ');
}

const number = (value: number): Words => ({ en: String(value), es: String(value) });

/** "9:00 am" from HH:MM */
export function clockWords(time: string, language: Language): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  })
    .format(new Date(Date.UTC(2026, 0, 1, hours, minutes)))
    .replace(/[\u00a0\u202f]/g, ' ')
    .toLowerCase();
}

/** "9:00 am to 5:00 pm" */
export function spanInWords({ opensAt, closesAt, allDay }: Omit<Hours, 'overnight'>, language: Language): string {
  if (allDay) return { en: 'all day', es: 'todo el día' }[language];
  const to = { en: 'to', es: 'a' }[language];
  return `${clockWords(opensAt, language)} ${to} ${clockWords(closesAt, language)}`;
}

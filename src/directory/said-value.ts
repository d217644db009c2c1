import { categoryLabel } from '../access/sensitivity.js';
import type { Language } from '../platform/words.js';
import { WEEKDAYS, type Weekday } from './calendar-day.js';
import { saidRules } from './eligibility/said-rules.js';
import { daysInWords, spanInWords } from './hours-words.js';

const isDay = (text: string): text is Weekday => WEEKDAYS.some((day) => day === text);

/** The days that follow one another in the week, as the first and the last of them: MO,TU,WE → MO to WE. */
function runsOf(days: readonly Weekday[]): { from: Weekday; to: Weekday }[] {
  const [from, to] = [days[0], days.at(-1)];
  const inRow = days.every(
    (day, at) => at === 0 || WEEKDAYS.indexOf(day) === WEEKDAYS.indexOf(days[at - 1] ?? day) + 1,
  );
  return from && to && inRow ? [{ from, to }] : [];
}

/** "MO,TU 09:00–17:00" as people say it; what is no usual week stays as it is kept. */
function saidHours(part: string, language: Language): string {
  const [, list = '', opensAt, closesAt] = /^([A-Z,]+) (\d\d:\d\d)(?::\d\d)?–(\d\d:\d\d)(?::\d\d)?$/.exec(part) ?? [];
  const days = list.split(',').filter(isDay);
  if (!opensAt || !closesAt || days.length === 0) return part;
  const allDay = opensAt === '00:00' && closesAt === '23:59';
  return `${daysInWords(days, runsOf(days))[language]}: ${spanInWords({ opensAt, closesAt, allDay }, language)}`;
}

/** The value of a field of a listing, as its history keeps it, in words for somebody who has this language. */
export function saidValue(field: string, value: string, language: Language): string {
  switch (field) {
    case 'eligibility_rules':
      return saidRules(value, language);
    case 'categories':
      return value
        .split(', ')
        .map((code) => (code === '' ? '' : categoryLabel(code)[language]))
        .join(', ');
    case 'schedules':
      return value
        .split('; ')
        .map((part) => saidHours(part, language))
        .join('; ');
    default:
      return value;
  }
}

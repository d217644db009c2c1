import { type Day, type OpeningRule, readByday } from './rule.js';
import { weekdayNames, weekdays } from './weekdays.js';

const ordinalNames: Readonly<Record<number, string>> = {
  1: '1st',
  2: '2nd',
  3: '3rd',
  4: '4th',
  5: '5th',
  [-1]: 'Last',
};

/** Opening rules in plain words, which `parseHours` reads back to the same rules. */
export function printHours(rules: readonly OpeningRule[]): string {
  return rules.map((rule) => `${printDays(readByday(rule.byday))}, ${printTimes(rule)}`).join('; ');
}

function printTimes({ opensAt, closesAt }: OpeningRule): string {
  if (opensAt === '00:00' && closesAt === '23:59') return '24 hours';
  return `${printClock(opensAt)} - ${printClock(closesAt)}`;
}

function printClock(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return `${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
}

function printDays(days: readonly Day[]): string {
  const monthly = days.filter((d) => d.ordinal !== 0);
  if (monthly.length > 0) {
    const perWeekday = weekdays.flatMap((weekday) => {
      const ordinals = monthly.filter((d) => d.weekday === weekday).map((d) => ordinalNames[d.ordinal] ?? '');
      return ordinals.length > 0 ? [`${ordinals.join(' and ')} ${weekdayNames[weekday]}`] : [];
    });
    return perWeekday.join(' and ');
  }
  if (days.length === 7) return 'Daily';
  const places = days.map((d) => weekdays.indexOf(d.weekday));
  const [first = 0] = places;
  const last = places.at(-1) ?? first;
  if (days.length > 2 && last - first === days.length - 1) {
    return `${weekdayNames[weekdays[first] ?? 'MO']}-${weekdayNames[weekdays[last] ?? 'SU']}`;
  }
  return days.map((d) => weekdayNames[d.weekday]).join(', ');
}

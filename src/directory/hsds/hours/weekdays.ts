/** Weekdays as RRULE writes them, Monday first. */
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];

export const weekdayNames: Readonly<Record<Weekday, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

// Spellings met in real directories, misspellings included. A single S could be Saturday or Sunday: not listed.
const spellings: readonly (readonly [Weekday, RegExp])[] = [
  ['MO', /^(m|mo|mon|monday|mondays|mons)$/],
  ['TU', /^(t|tu|tue|tues|tuesday|tuesdays|tuseday|tueday)$/],
  ['WE', /^(w|we|wed|weds|wednesday|wednesdays|wendesday|wensday|wednsday|wenesday)$/],
  ['TH', /^(th|thu|thur|thurs|thursday|thursdays|thrusday|thursady)$/],
  ['FR', /^(f|fr|fri|friday|fridays|firday)$/],
  ['SA', /^(sa|sat|sats|saturday|saturdays|saterday|saturady)$/],
  ['SU', /^(su|sun|suns|sunday|sundays)$/],
];

const sets: Readonly<Record<string, readonly Weekday[]>> = {
  daily: weekdays,
  everyday: weekdays,
  weekday: ['MO', 'TU', 'WE', 'TH', 'FR'],
  weekdays: ['MO', 'TU', 'WE', 'TH', 'FR'],
  weekend: ['SA', 'SU'],
  weekends: ['SA', 'SU'],
  mwf: ['MO', 'WE', 'FR'],
  mw: ['MO', 'WE'],
  mtw: ['MO', 'TU', 'WE'],
  mtwth: ['MO', 'TU', 'WE', 'TH'],
  mtwthf: ['MO', 'TU', 'WE', 'TH', 'FR'],
  mtwrf: ['MO', 'TU', 'WE', 'TH', 'FR'],
  tth: ['TU', 'TH'],
  tuth: ['TU', 'TH'],
};

/** The weekday of a lower-case word, full or shortened. */
export function weekdayOf(word: string): Weekday | undefined {
  return spellings.find(([, spelling]) => spelling.test(word))?.[0];
}

/** The weekdays of a lower-case word such as "weekdays", "daily" or "mwf". */
export function weekdaySet(word: string): readonly Weekday[] | undefined {
  return Object.hasOwn(sets, word) ? sets[word] : undefined;
}

/** All weekdays from one to the other; Friday to Monday goes over the weekend. */
export function weekdayRange(from: Weekday, to: Weekday): Weekday[] {
  const start = weekdays.indexOf(from);
  const length = ((weekdays.indexOf(to) - start + 7) % 7) + 1;
  return Array.from({ length }, (_, i) => weekdays[(start + i) % 7] ?? from);
}

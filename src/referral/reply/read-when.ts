import { DateTime } from 'luxon';

/** Month, day and perhaps the year, as dates are written in the United States: 12/3, 12/3/2027, 12-3-27. "1/2 hour" is none. */
const DATE =
  /(?<![\d/-])(?:(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d{2}))?|(\d{1,2})-(\d{1,2})-(\d{4}|\d{2}))(?![\d/-])(?!\s*(?:hours?|hrs?|horas?|days?|d[íi]as?|weeks?|semanas?)\b)/g;
const MONTHS = [
  'jan(?:uary)?|ene(?:ro)?',
  'feb(?:ruary|rero)?',
  'mar(?:ch|zo)?',
  'a[pb]r(?:il)?',
  'mayo?',
  'jun(?:e|io)?',
  'jul(?:y|io)?',
  'aug(?:ust)?|ago(?:sto)?',
  'sept?(?:ember|iembre)?',
  'oct(?:ober|ubre)?',
  'nov(?:ember|iembre)?',
  'dec(?:ember)?|dic(?:iembre)?',
];
const MONTH = `(?:${MONTHS.join('|')})\\b\\.?`;
/** Dec 3, December 3rd, 2027, 3 de diciembre de 2027. "mar 3 dic" is a Tuesday in December, no day of March. */
const NAMED = new RegExp(
  `\\b(?:(?<month>${MONTH})\\s+(?<date>\\d{1,2})(?:st|nd|rd|th)?(?![\\w:/])(?!\\s+(?:de\\s+)?${MONTH})|` +
    `(?<!:)(?<dia>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:de\\s+|of\\s+)?(?<mes>${MONTH}))(?:,?\\s+(?:de\\s+)?(?<year>20\\d\\d)\\b)?`,
  'gi',
);
const monthOf = (name: string): number =>
  1 + MONTHS.findIndex((names) => new RegExp(`^(?:${names})\\.?$`, 'i').test(name));

/** 2 pm, 2:30 p.m., 14:30, "a las 2 pm". Without am or pm only what is no hour of the afternoon said short: 10:00, 14:30. */
const TIME = /(?<![\d:/-])(\d{1,2})(?::([0-5]\d))?\s*([ap])\.?\s?m\b\.?|(?<![\d:/-])(\d{1,2}):([0-5]\d)(?![\d:])/gi;
const PLACE = /(?:#|\b(?:place|number|no\.?|position|lugar|n[úu]mero|puesto)\s*:?\s*)(\d{1,4})\b/i;

/** The only one that was written: of two, nobody knows which was meant. */
function only(pattern: RegExp, text: string): RegExpExecArray | null {
  const found = [...text.matchAll(pattern)];
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Month, day and perhaps the year that were written, in figures or with the month's name. */
function dateIn(text: string): { match: string; month: number; date: number; year: string | undefined } | null {
  const found = [...text.matchAll(DATE), ...text.matchAll(NAMED)];
  const [one] = found;
  if (!one || found.length > 1) return null;
  const [match, month = one[4], date = one[5], year = one[6]] = one;
  const named = one.groups;
  if (!named) return { match, month: Number(month), date: Number(date), year };
  const name = named['month'] ?? named['mes'] ?? '';
  return { match, month: monthOf(name), date: Number(named['date'] ?? named['dia']), year: named['year'] };
}

/** The day that was written, this year or else the next; null for one that no calendar has. */
function dayIn(text: string, now: Date, zone: string): { day: DateTime; match: string } | null {
  const found = dateIn(text);
  if (!found) return null;
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const { match, month, date: day, year: typed } = found;
  const year = typed === undefined ? today.year : Number(typed.length === 2 ? `20${typed}` : typed);
  const at = DateTime.fromObject({ year, month, day }, { zone });
  if (!at.isValid) return null;
  return { day: typed === undefined && at < today ? at.plus({ years: 1 }) : at, match };
}

/** The hour that was written; null where morning and afternoon could be meant, or no clock shows it. */
function timeIn(text: string): { hour: number; minute: number; match: string } | null {
  const found = only(TIME, text);
  if (!found) return null;
  const [match, short, shortMinute, half, long, longMinute] = found;
  if (half) {
    const hour = Number(short);
    if (hour < 1 || hour > 12) return null;
    return { hour: (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0), minute: Number(shortMinute ?? 0), match };
  }
  const hour = Number(long);
  // "2:30" is the afternoon for some and the night for others.
  return hour >= 8 && hour <= 23 ? { hour, minute: Number(longMinute), match } : null;
}

/** When and where an appointment is, in the agency's own time; null when either hour or day could be another. */
export function appointmentIn(
  text: string,
  now: Date,
  zone: string,
): { appointmentAt: Date; appointmentPlace: string | null } | null {
  const day = dayIn(text, now, zone);
  const time = timeIn(day ? text.replace(day.match, ' ') : text);
  if (!day || !time) return null;
  const at = day.day.set({ hour: time.hour, minute: time.minute });
  // An hour that the clocks leap over is none.
  if (at.hour !== time.hour || at.toJSDate() <= now) return null;
  return {
    appointmentAt: at.toJSDate(),
    appointmentPlace: placeIn(text.replace(day.match, ' ').replace(time.match, ' ')),
  };
}

/** "Thursday" before what was read as a day says nothing more; "Sun Street" is a place. */
const WEEKDAY =
  /^\s*(?:el\s+|on\s+)?(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?|lun(?:es)?|mar(?:tes)?|mi[ée](?:rcoles)?|jue(?:ves)?|vie(?:rnes)?|s[áa]b(?:ado)?|dom(?:ingo)?)(?=\s*(?:[,;.–—-]|at\b|a las\b|$))/i;

/** What stands beside the day and the hour, or on the next line: where to come. */
function placeIn(rest: string): string | null {
  const lines = rest.split('\n').map((line) =>
    line
      .replace(/\s+/g, ' ')
      .replace(WEEKDAY, '')
      .replace(/^[\s,;.–—-]*(?:(?:at|on|a las|el|in|en)\b[\s,;.–—-]*)*/i, '')
      .replace(/[\s,;.–—-]+$/, ''),
  );
  return lines.find((line) => line !== '')?.slice(0, 300) ?? null;
}

/** The place on a list and the day that were written, as far as nobody could misread them. */
export function waitlistIn(
  text: string,
  now: Date,
  zone: string,
): { waitlistPosition: number | null; waitlistExpectedOn: string | null } {
  const day = dayIn(text, now, zone)?.day;
  const position = Number(PLACE.exec(text)?.[1] ?? 0);
  const later = day && day > DateTime.fromJSDate(now, { zone });
  return { waitlistPosition: position || null, waitlistExpectedOn: later ? day.toISODate() : null };
}

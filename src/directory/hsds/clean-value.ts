import { readDate, readMoment } from './clean/dates.js';
import { clean, line, prose } from './clean/text.js';
import { readEmails, readUrls } from './clean/url.js';
import { readByday, readCountry, readState, readWord, readZip } from './clean/words.js';
import { readClock } from './hours/times.js';
import type { Column } from './model.js';
import type { Complain, Value } from './rows.js';

/** The default of a word list, where a source says nothing or something unknown. */
const defaults: Readonly<Record<string, string>> = { status: 'active', location_type: 'physical' };

/**
 * A cell's text as a value of its column. What cannot be read is complained about and left out; what can be repaired for
 * certain is repaired and said.
 */
export function cleanValue(column: Column, text: string | undefined, complain: Complain): Value {
  const { name, kind } = column;
  const given = clean(text);
  if (given === undefined) return defaults[kind] ?? null;
  const bad = (code: Parameters<Complain>[1], message: string): null => {
    complain('WARNING', code, name, message);
    return null;
  };
  switch (kind) {
    case 'line':
      return line(given) || null;
    case 'text':
      return prose(given) || null;
    case 'uri':
      return url(name, given, complain);
    case 'email':
      return email(name, given, complain);
    case 'number':
    case 'integer': {
      const number = degrees(name, given) ?? Number(given.replace(/^\$|(?<=\d),(?=\d{3}\b)/g, ''));
      if (!Number.isFinite(number)) return bad('BAD_NUMBER', `"${short(given)}" is not a number; write digits only.`);
      return kind === 'integer' ? Math.trunc(number) : number;
    }
    case 'date':
      return readDate(given) ?? bad('BAD_DATE', `"${short(given)}" is not a date; write it as 2026-01-31.`);
    case 'datetime':
      return (
        readMoment(given) ??
        bad('BAD_DATE', `"${short(given)}" is not a date and time; write it as 2026-01-31T09:00:00Z.`)
      );
    case 'time':
      return readClock(given) ?? bad('BAD_TIME', `"${short(given)}" is not a time of day; write it as 08:30 or 17:00.`);
    case 'byday':
      return readByday(given) ?? bad('UNKNOWN_VALUE', `"${short(given)}" names no weekdays; write them as MO,TU,WE.`);
    case 'weekday':
      return (
        readByday(given)?.slice(0, 2) ??
        bad('UNKNOWN_VALUE', `"${short(given)}" is no weekday; write MO, TU and so on.`)
      );
    case 'status':
    case 'location_type':
    case 'phone_type':
    case 'extent_type':
    case 'freq': {
      const word = readWord(kind, given);
      if (word) return word;
      const instead = defaults[kind];
      complain(
        'WARNING',
        'UNKNOWN_VALUE',
        name,
        `"${short(given)}" is not a known ${name}; ${instead ? `it was taken as ${instead}` : 'it was left out'}.`,
      );
      return instead ?? null;
    }
    case 'state':
      return readState(given);
    case 'zip':
      return readZip(given);
    case 'country':
      return readCountry(given) ?? bad('UNKNOWN_VALUE', `"${short(given)}" is no two-letter country code such as US.`);
    case 'currency':
      return /^[a-z]{3}$/i.test(given)
        ? given.toUpperCase()
        : bad('UNKNOWN_VALUE', `"${short(given)}" is no currency code such as USD.`);
    default:
      return given;
  }
}

/** "39,4", "39.4°" or "76.6 W" as degrees: spreadsheets of other languages write a comma. */
function degrees(name: string, given: string): number | undefined {
  if (name !== 'latitude' && name !== 'longitude') return undefined;
  const [, sign = '', whole, part = '', side = ''] =
    /^([+-]?)(\d{1,3})(?:[.,](\d+))?\s*°?\s*([NSEW]?)$/i.exec(given.replace('−', '-')) ?? [];
  if (whole === undefined) return undefined;
  const number = Number(`${whole}.${part}`);
  return sign === '-' || /[SW]/i.test(side) ? -number : number;
}

/** The start of a text, to be quoted in a message. */
export function short(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > 60 ? `${flat.slice(0, 57)}…` : flat;
}

function url(name: string, given: string, complain: Complain): Value {
  const [first, ...more] = readUrls(given);
  if (!first) {
    complain('WARNING', 'BAD_URL', name, `"${short(given)}" is not a web address; write it as https://example.org.`);
    return null;
  }
  if (more.length > 0) {
    complain(
      'WARNING',
      'SEVERAL_VALUES',
      name,
      `Holds ${more.length + 1} addresses; only ${short(first.url)} was kept.`,
    );
  } else if (first.repaired && !/^(www\.|[\w-]+\.)/i.test(given)) {
    complain('WARNING', 'REPAIRED', name, `"${short(given)}" was read as ${short(first.url)}.`);
  }
  return first.url;
}

function email(name: string, given: string, complain: Complain): Value {
  const [first, ...more] = readEmails(given);
  if (!first) {
    complain('WARNING', 'BAD_EMAIL', name, `"${short(given)}" is not an e-mail address; write it as name@example.org.`);
    return null;
  }
  if (more.length > 0) {
    complain('WARNING', 'SEVERAL_VALUES', name, `Holds ${more.length + 1} e-mail addresses; only ${first} was kept.`);
  }
  return first;
}

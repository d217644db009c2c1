import { isId } from '../../platform/id.js';
import { type Asked, type Kind, type ParameterName, parameters, PER_PAGE } from './parameters.js';
import { ApiProblem, badParameter } from './problem.js';

/** RFC 3339, or a day alone: its beginning in UTC. */
const INSTANT = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;
const MAX_TEXT = 200;
/** A quarter of the way around the world. */
const MAX_METRES = 10_000_000;

const readers: { [K in Kind]: (name: string, text: string) => string | number | boolean | Date } = {
  text(name, text) {
    if (text.length > MAX_TEXT) badParameter(name, `Send at most ${MAX_TEXT} characters.`);
    if (text.includes('\0')) badParameter(name, 'Send text without NUL characters.');
    return text;
  },
  whole(name, text) {
    const number = Number(text);
    if (!/^\d{1,9}$/.test(text) || number < 1) badParameter(name, 'Send a whole number from 1.');
    return number;
  },
  flag(name, text) {
    if (/^(true|1)$/i.test(text)) return true;
    if (/^(false|0)$/i.test(text)) return false;
    return badParameter(name, 'Send true or false.');
  },
  id(name, text) {
    return isId(text) ? text.toLowerCase() : badParameter(name, 'Send an id of this API: a UUID.');
  },
  instant(name, text) {
    // A plus that was not escaped in an address arrives as a blank.
    const zoned = text.replace(/ (\d\d:?\d\d)$/, '+$1');
    const hasZone = /(z|[+-]\d\d:?\d\d)$/i.test(zoned) || !/[T ]\d\d:/i.test(zoned);
    const time = new Date(hasZone ? zoned : `${zoned}Z`);
    if (!INSTANT.test(zoned) || Number.isNaN(time.getTime())) {
      badParameter(name, 'Send a date and time such as 2026-11-22T18:30:00Z.');
    }
    return time;
  },
  format(name, text) {
    const known = ['json', 'ndjson'].includes(text);
    return known ? text : badParameter(name, 'Send json or ndjson.');
  },
  zip(name, text) {
    const zip = /^(\d{5})(?:-?\d{4})?$/.exec(text)?.[1];
    return zip ?? badParameter(name, 'Send a ZIP code: five digits.');
  },
  metres(name, text) {
    const number = Number(text);
    if (!/^\d+(\.\d+)?$/.test(text) || !(number > 0 && number <= MAX_METRES)) {
      badParameter(name, `Send metres: a number above 0, at most ${MAX_METRES}.`);
    }
    return number;
  },
  years(name, text) {
    const number = Number(text);
    if (!/^\d{1,3}(\.\d+)?$/.test(text) || number > 150) badParameter(name, 'Send years: a number from 0 to 150.');
    return number;
  },
};

/** `query` and `body` as they arrive; what is not among `allowed` is refused by its name, so that no filter is lost in silence. */
export function readParameters(allowed: readonly ParameterName[], ...given: readonly unknown[]): Asked {
  const asked: Record<string, unknown> = {};
  for (const source of given) {
    for (const [name, value] of Object.entries(asRecord(source))) {
      const known = allowed.find((one) => one === name);
      if (!known) throw unknown(name, allowed);
      const text = textOf(name, value);
      if (text === '') continue;
      if (Object.hasOwn(asked, name)) badParameter(name, 'Send it once: in the address or in the body.');
      asked[name] = readers[parameters[known].kind](name, text);
    }
  }
  return checked(asked as Asked);
}

function asRecord(source: unknown): Record<string, unknown> {
  if (source === undefined || source === null) return {};
  if (typeof source === 'object' && !Array.isArray(source)) return source as Record<string, unknown>;
  throw new ApiProblem(400, 'BAD_BODY', 'Send the parameters as one JSON object, such as {"search": "food"}.');
}

function textOf(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.trim();
  return badParameter(name, 'Send it once, with one value.');
}

function unknown(name: string, allowed: readonly string[]): ApiProblem {
  const list = allowed.length > 0 ? `This one takes ${allowed.join(', ')}.` : 'This one takes none.';
  return new ApiProblem(400, 'UNKNOWN_PARAMETER', `There is no such parameter here. ${list}`, name.slice(0, 100));
}

function checked(asked: Asked): Asked {
  const { full, full_service: whole, minimal, per_page: size, postcode, proximity, format } = asked;
  if (full && minimal) badParameter('minimal', 'Send either full or minimal.');
  if (proximity !== undefined && postcode === undefined) {
    badParameter('proximity', 'Send postcode too: proximity counts from its middle.');
  }
  const most = full || whole ? PER_PAGE.mostFull : PER_PAGE.most;
  if (size !== undefined && size > most && !minimal && format !== 'ndjson') {
    badParameter('per_page', `Send at most ${most}${full || whole ? ' with full' : ''}, or format=ndjson for all.`);
  }
  return asked;
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { IANAZone } from 'luxon';
import type { Problems } from '../problems.js';
import { checkedWindows, type ContactWindow } from '../reach/contact-windows.js';
import type { CaseloadTables } from '../tables.js';

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const EMAIL = /^[^\s@<>,;"]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

type Given<T> = T | null | undefined;

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;

/** Checks the fields of a person one by one: each answers the value to keep, null to clear, undefined to leave. */
export class PersonFields {
  constructor(readonly problems: Problems) {}

  /** A name that must be there: spaces put in order, at least one letter. */
  name(field: string, given: Given<string>, longest = 100): string | undefined {
    if (given === undefined) return undefined;
    const text = (given ?? '').normalize('NFC').trim().replace(/\s+/g, ' ');
    if (text === '') return this.#wrong(field, 'REQUIRED', 'Enter a name.');
    if (text.length > longest) return this.#wrong(field, 'TOO_LONG', `Use at most ${longest} characters.`);
    if (!/\p{L}/u.test(text) || CONTROL.test(text)) {
      return this.#wrong(field, 'NOT_A_NAME', 'Enter a name made of letters.');
    }
    return text;
  }

  /** Free text that may be empty. */
  text(field: string, given: Given<string>, longest = 500): string | null | undefined {
    if (isNone(given)) return given;
    const text = given.normalize('NFC').trim();
    if (text.length > longest) return this.#wrong(field, 'TOO_LONG', `Use at most ${longest} characters.`);
    if (CONTROL.test(text)) return this.#wrong(field, 'NOT_TEXT', 'This text has characters that cannot be kept.');
    return text === '' ? null : text;
  }

  /** A value that has a default and cannot be cleared. */
  kept<T>(field: string, given: Given<T>): T | undefined {
    return given === null ? this.#wrong(field, 'REQUIRED', 'This cannot be left empty.') : given;
  }

  phone(field: string, given: Given<string>): string | null | undefined {
    if (isNone(given) || given.trim() === '') return given === undefined ? undefined : null;
    const parsed = parsePhoneNumberFromString(given, 'US');
    return parsed?.isValid() && !parsed.ext
      ? parsed.number
      : this.#wrong(field, 'NOT_A_PHONE', 'Enter a phone number with its area code, such as 410-555-0123.');
  }

  email(field: string, given: Given<string>): string | null | undefined {
    if (isNone(given) || given.trim() === '') return given === undefined ? undefined : null;
    const text = given.trim();
    return EMAIL.test(text) && text.length <= 254
      ? text
      : this.#wrong(field, 'NOT_AN_EMAIL', 'Enter an e-mail address, such as name@example.org.');
  }

  language(field: string, given: Given<string>): string | undefined {
    if (isNone(given)) return this.kept<string>(field, given);
    return LANGUAGE.test(given) ? given : this.#wrong(field, 'NOT_A_LANGUAGE', 'Choose a language.');
  }

  whole(field: string, given: Given<number>, least: number, most: number): number | null | undefined {
    if (isNone(given)) return given;
    const fits = Number.isSafeInteger(given) && given >= least && given <= most;
    return fits ? given : this.#wrong(field, 'OUT_OF_RANGE', `Enter a whole number from ${least} to ${most}.`);
  }

  words(field: string, given: Given<string[]>): string[] | null | undefined {
    if (isNone(given)) return given;
    const texts = given.map((text) => text.trim()).filter(Boolean);
    const fits = texts.length <= 20 && texts.every((text) => text.length <= 50 && !CONTROL.test(text));
    return fits ? [...new Set(texts)] : this.#wrong(field, 'TOO_MANY', 'Use at most 20 short entries.');
  }

  windows(field: string, given: Given<ContactWindow[]>): ContactWindow[] | null | undefined {
    if (isNone(given)) return given;
    // No hours at all would be a person whom nobody may ever reach: that is said by another field.
    if (given.length === 0) return this.#wrong(field, 'NO_HOURS', 'Add the hours, or say that any time is fine.');
    return checkedWindows(given) ?? this.#wrong(field, 'NOT_HOURS', 'Enter hours that begin before they end.');
  }

  zone(field: string, given: Given<string>): string | null | undefined {
    if (isNone(given) || given.trim() === '') return given === undefined ? undefined : null;
    return IANAZone.isValidZone(given) ? given : this.#wrong(field, 'NOT_A_ZONE', 'Choose a time zone.');
  }

  /** `today` is a day in UTC, which no place in the US is ahead of. */
  birthDate(field: string, given: string, today: string): string | undefined {
    if (given > today) return this.#wrong(field, 'IN_FUTURE', 'A date of birth cannot be in the future.');
    return Number(today.slice(0, 4)) - Number(given.slice(0, 4)) > 130
      ? this.#wrong(field, 'TOO_LONG_AGO', 'Check the year of birth.')
      : given;
  }

  #wrong(field: string, code: string, message: string): undefined {
    this.problems.add(field, code, message);
    return undefined;
  }
}

/** City, county and state follow from a ZIP code; a state that contradicts it is a problem. */
export async function placeFields(
  em: EntityManager,
  given: { zip?: string | null; city?: string | null; state?: string | null },
  problems: Problems,
): Promise<{ zip?: string | null; city?: string | null; state?: string | null; county?: string | null }> {
  const state = isNone(given.state) ? given.state : given.state.trim().toUpperCase() || null;
  const city = isNone(given.city) ? given.city : given.city.trim() || null;
  if (state && !/^[A-Z]{2}$/.test(state)) {
    problems.add('state', 'NOT_A_STATE', 'Use the two letters of a state, such as MD.');
  }
  if (city && city.length > 100) problems.add('city', 'TOO_LONG', 'Use at most 100 characters.');
  const rest = { ...(city !== undefined && { city }), ...(state !== undefined && { state }) };
  if (given.zip === undefined) return rest;
  if (given.zip === null || given.zip.trim() === '') return { ...rest, zip: null, county: null };
  const zip = /^(\d{5})(-?\d{4})?$/.exec(given.zip.trim())?.[1];
  const place = zip && (await lookUp(em, zip));
  if (!place) {
    problems.add('zip', 'UNKNOWN_ZIP', 'This ZIP code is not known.');
    return rest;
  }
  if (state && state !== place.state) {
    problems.add('state', 'NOT_THE_ZIPS', `This ZIP code is in ${place.state}.`);
  }
  return { zip: place.zip, county: place.county, state: place.state, city: city ?? place.city };
}

async function lookUp(em: EntityManager, zip: string) {
  const db = em.getKysely<CaseloadTables>();
  return db
    .selectFrom('hub.zip_code')
    .select(['zip', 'city', 'county', 'state'])
    .where('zip', '=', zip)
    .executeTakeFirst();
}

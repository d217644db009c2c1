import { cityCentre, placeOf } from '../../places.js';
import { fiveDigits } from '../clean/words.js';
import { stateCode } from '../../states.js';
import type { Complain, Value } from '../rows.js';

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

/** What stands for a street that is not told. */
const untold =
  /^(?:this )?(?:(?:street )?(?:address|location|site)(?: is)?:? )?(?:kept )?(?:confidential|undisclosed|not disclosed|withheld|unpublished|unlisted|secret)(?: (?:street )?(?:address|location|site|place))?\.?$/i;

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A number of a street or room before the name of a city that its state has: "90 Pace", "Unit 9 Destin". */
function cutIn(words: string, state: string): { rest: string; city: string } | undefined {
  const [, rest, city] = /^((?:(?:unit|suite|ste|apt|#)\.? ?)?#?\d+[a-z]?)[,\s]+(\p{L}.+)$/iu.exec(words) ?? [];
  return rest && city && cityCentre(city, state) && !cityCentre(words, state) ? { rest, city } : undefined;
}

/** A street without the city, state and ZIP code that its row has in cells of their own: "40 Elm St, Hilo, HI 96720". */
function withoutTail(street: string, values: Record<string, Value>): string {
  const [city, state, zip] = [text(values.city), text(values.state_province), fiveDigits(text(values.postal_code))];
  if (!city || !state || !zip) return street;
  const tail = new RegExp(
    `^(.*\\d.*?[a-z.)])[,\\s]+${escaped(city)}[,\\s]+${escaped(state)}[,\\s]+${zip}(?:-\\d{4})?$`,
    'i',
  );
  return tail.exec(street)?.[1] ?? street;
}

/** Whether an address that came in is one whose street its source does not tell; others say where they are. */
export const isUntold = (values: Record<string, Value>): boolean =>
  !values.address_1 && !values.city && !values.postal_code;

/**
 * Fills what the ZIP code proves (city, state, country) and says what is missing. False when there is no address in the
 * row at all.
 */
export function finishAddress(values: Record<string, Value>, complain: Complain): boolean {
  const zip = placeOf(fiveDigits(text(values.postal_code)) ?? '');
  const state = stateCode(text(values.state_province));
  const place = zip && (!state || zip.state === state) ? zip : undefined; // A ZIP code of another state proves nothing.
  if (!values.address_1 && !values.address_2 && !values.city && !values.postal_code) return false;
  if (place && !values.city) {
    values.city = place.city;
    values.address_1 = text(values.address_1).replace(new RegExp(`[,\\s]*${place.city}$`), '') || null;
    complain(
      'WARNING',
      'REPAIRED',
      'city',
      `The city was empty; ${place.city} was filled in from the ZIP code ${place.zip}.`,
    );
  }
  const street = text(values.address_1);
  // A street cut in two at "Highway" or before "Unit": what stands before the name of the city belongs to it.
  const cut = state && street ? cutIn(text(values.city), state) : undefined;
  if (cut) {
    const message = `"${text(values.city)}" is ${cut.city}; ${cut.rest} went to the street.`;
    complain('WARNING', 'REPAIRED', 'city', message);
    values.city = cut.city;
    values.address_1 = `${street} ${cut.rest}`;
  }
  const bare = withoutTail(text(values.address_1), values);
  if (bare !== text(values.address_1)) {
    const message = `"${text(values.address_1)}" repeats its city, state and ZIP code; ${bare} was kept.`;
    complain('WARNING', 'REPAIRED', 'address_1', message);
    values.address_1 = bare;
  }
  if (untold.test(street)) {
    for (const name of ['address_1', 'address_2', 'region', 'city', 'postal_code']) values[name] = '';
    values.state_province ??= place?.state ?? '';
    values.country ??= 'US';
    const message =
      'It says that the street is not told, so its place is kept secret: no city or ZIP code came in either.';
    complain('WARNING', 'CONFIDENTIAL_PLACE', 'address_1', message);
    return true;
  }
  const city = text(values.city);
  if (place && city !== place.city && city === city.toUpperCase() && city.toLowerCase() === place.city.toLowerCase()) {
    values.city = place.city;
    complain('WARNING', 'REPAIRED', 'city', `"${city}" was written ${place.city}, as its ZIP code has it.`);
  }
  if (place && !values.state_province) values.state_province = place.state;
  if (zip && !place) {
    const message = `The ZIP code ${zip.zip} lies in ${zip.state}, not in ${text(values.state_province)}; check which is right.`;
    complain('WARNING', 'PLACE_MISMATCH', 'state_province', message);
  }
  if (!values.country && (zip || state)) values.country = 'US';
  const missing = (['address_1', 'city', 'state_province', 'postal_code'] as const).filter((name) => !values[name]);
  if (missing.length > 0) {
    complain(
      'WARNING',
      'EMPTY_REQUIRED',
      missing[0],
      `An address needs ${missing.join(', ')}; fill in what is missing.`,
    );
  }
  for (const name of missing) values[name] = '';
  values.country ??= 'US';
  return true;
}

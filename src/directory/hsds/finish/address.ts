import { placeOf } from '../../places.js';
import { fiveDigits } from '../clean/words.js';
import { stateCode } from '../../states.js';
import type { Complain, Value } from '../rows.js';

const text = (value: Value | undefined): string => (typeof value === 'string' ? value : '');

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

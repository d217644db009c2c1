import { cityCentre, placeOf, type Point } from '../places.js';
import { fiveDigits, readCountry, readState, readZip } from './clean/words.js';
import { stateCode } from '../states.js';
import { clean } from './clean/text.js';
import { idOf, IdMap } from './ids.js';
import type { Lookup } from './mapping.js';
import type { RawRow } from './rows.js';

/** Above all ZIP codes. */
const CITIES = 100_000;

/**
 * What must be known of a package before its rows are read: where each location's address lies, points that many share,
 * texts that belong to another row, and tables to look things up in. Ids, ZIP codes and such texts only.
 */
export class Surroundings {
  readonly #source: string;
  /** By location the number of its ZIP code, or from {@link CITIES} on that of its city. */
  readonly #near = new IdMap();
  readonly #cities: string[] = [];
  readonly #cityNumbers = new Map<string, number>();
  readonly #points = new IdMap();
  readonly #merged = new Map<string, Record<string, string>>();
  #inUs = 0;
  #abroad = 0;
  readonly #lookups = new Map<string, Map<string, string>>();

  constructor(source: string) {
    this.#source = source;
  }

  /** Whether every address whose state or country is known lies in the US. */
  get onlyUs(): boolean {
    return this.#inUs > 0 && this.#abroad === 0;
  }

  see(raw: RawRow): void {
    if (raw.entity === 'address') this.#seeAddress(raw);
    else if (raw.entity === 'location') {
      const point = pointOf(raw);
      if (point) this.#points.set(point, this.#points.get(point) + 1);
    }
  }

  #seeAddress({ values }: RawRow): void {
    const location = values.location_id;
    if (!location) return;
    const zip = fiveDigits(readZip(clean(values.postal_code) ?? ''));
    const city = clean(values.city);
    const state = clean(values.state_province);
    const country = readCountry(clean(values.country) ?? '');
    if (country ? country === 'US' : state && stateCode(state)) this.#inUs += 1;
    else if (country) this.#abroad += 1;
    const place = zip ? placeOf(zip) : undefined;
    if (zip && place && (!state || !stateCode(state) || stateCode(state) === place.state)) {
      this.#near.set(idOf(this.#source, 'location', location), Number(zip));
    } else if (city && state) {
      const id = idOf(this.#source, 'location', location);
      if (this.#near.get(id) === 0) this.#near.set(id, this.#cityNumber(`${city},${readState(state)}`));
    }
  }

  #cityNumber(city: string): number {
    const known = this.#cityNumbers.get(city);
    if (known !== undefined) return known;
    const number = CITIES + this.#cities.push(city) - 1;
    this.#cityNumbers.set(city, number);
    return number;
  }

  /** The middle of the ZIP code, or else the city, of a location's address. */
  near(locationId: string): Point | undefined {
    const number = this.#near.get(locationId);
    if (number === 0) return undefined;
    if (number < CITIES) return placeOf(String(number).padStart(5, '0'));
    const where = this.#cities[number - CITIES] ?? '';
    const comma = where.lastIndexOf(',');
    return cityCentre(where.slice(0, comma), where.slice(comma + 1));
  }

  /** How many locations stand at exactly this row's point. */
  sharers(raw: RawRow): number {
    const point = pointOf(raw);
    return point === undefined ? 0 : this.#points.get(point);
  }

  /** Texts for a row that stand in another table, such as eligibility in HSDS 1.1; several are put together. */
  merge(raw: RawRow): boolean {
    if (!raw.key) return false;
    const id = idOf(this.#source, raw.entity, raw.key);
    const merged = this.#merged.get(id) ?? {};
    for (const [column, text] of Object.entries(raw.values)) {
      if (text) merged[column] = merged[column] ? `${merged[column]}; ${text}` : text;
    }
    this.#merged.set(id, merged);
    return true;
  }

  merged(id: string): Record<string, string> | undefined {
    return this.#merged.size > 0 ? this.#merged.get(id) : undefined;
  }

  learn(lookup: Lookup, key: string, value: string): void {
    const name = lookupName(lookup);
    const table = this.#lookups.get(name) ?? new Map<string, string>();
    if (!table.has(key)) table.set(key, value);
    this.#lookups.set(name, table);
  }

  lookUp(lookup: Lookup, key: string): string | undefined {
    return this.#lookups.get(lookupName(lookup))?.get(key);
  }
}

function lookupName({ lookup, match, get }: Lookup): string {
  return `${lookup}.${match}.${get}`;
}

/** A point in the form of an id. */
function pointOf({ values }: RawRow): string | undefined {
  const latitude = Number(values.latitude);
  const longitude = Number(values.longitude);
  return values.latitude && values.longitude && (latitude || longitude)
    ? idOf('point', 'location', `${latitude},${longitude}`)
    : undefined;
}

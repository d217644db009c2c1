import { cityCentre, placeOf, type Point } from '../places.js';
import { fiveDigits, readCountry, readState, readZip } from './clean/words.js';
import { stateCode } from '../states.js';
import { clean } from './clean/text.js';
import { idOf } from './ids.js';
import type { Lookup } from './mapping.js';
import type { RawRow } from './rows.js';

const pointLimit = 300_000; // Points counted at most; beyond it a geocoder's default is no longer recognised.

/**
 * What must be known of a package before its rows are read: where each location's address lies, points that many share,
 * texts that belong to another row, and tables to look things up in. Ids, ZIP codes and such texts only.
 */
export class Surroundings {
  readonly #source: string;
  readonly #near = new Map<string, string>();
  readonly #points = new Map<string, number>();
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
      if (point && (this.#points.has(point) || this.#points.size < pointLimit)) {
        this.#points.set(point, (this.#points.get(point) ?? 0) + 1);
      }
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
      this.#near.set(idOf(this.#source, 'location', location), zip);
    } else if (city && state) {
      const id = idOf(this.#source, 'location', location);
      if (!this.#near.has(id)) this.#near.set(id, `${city},${readState(state)}`);
    }
  }

  /** The middle of the ZIP code, or else the city, of a location's address. */
  near(locationId: string): Point | undefined {
    const where = this.#near.get(locationId);
    if (!where) return undefined;
    const comma = where.lastIndexOf(',');
    return comma < 0 ? placeOf(where) : cityCentre(where.slice(0, comma), where.slice(comma + 1));
  }

  /** How many locations stand at exactly this row's point. */
  sharers(raw: RawRow): number {
    const point = pointOf(raw);
    return (point && this.#points.get(point)) || 0;
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

function pointOf({ values }: RawRow): string | undefined {
  const latitude = Number(values.latitude);
  const longitude = Number(values.longitude);
  return values.latitude && values.longitude && (latitude || longitude) ? `${latitude},${longitude}` : undefined;
}

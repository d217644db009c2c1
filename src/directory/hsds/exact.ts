import { validate } from 'uuid';
import { readFree } from './clean/ages.js';
import { readArea } from './clean/areas.js';
import { revealedBy } from './clean/confidential.js';
import { isShortNumber, readPhones } from './clean/phone.js';
import { hubColumnOf, isList } from './export/hub-columns.js';
import { type Column, columnsOf, derivedColumns, type EntityName, isEntity } from './model.js';
import type { RawRow, Value } from './rows.js';

const words: Readonly<Record<string, readonly string[]>> = {
  status: ['active', 'inactive', 'defunct', 'temporarily closed'],
  location_type: ['physical', 'postal', 'virtual'],
  freq: ['WEEKLY', 'MONTHLY'],
  weekday: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'],
};

/** What stands in a column that the database wants filled, where an export of another hub leaves it empty. */
const defaults: Readonly<Partial<Record<EntityName, Readonly<Record<string, string>>>>> = {
  organization: { description: '' },
  program: { description: '' },
  taxonomy: { description: '' },
  taxonomy_term: { description: '' },
  service: { status: 'active' },
  location: { location_type: 'physical' },
  address: {
    address_1: '',
    city: '',
    state_province: '',
    postal_code: '',
    country: 'US',
    address_type: 'physical',
  },
  metadata: { previous_value: '', replacement_value: '' },
};

const largest: Readonly<Record<string, number>> = { latitude: 90, longitude: 180 };
const inInteger = (number: number) => Number.isInteger(number) && Math.abs(number) < 2 ** 31;

function isDay(text: string): boolean {
  const [, day] = /^(\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
  const date = day ? new Date(`${day}T00:00:00Z`) : undefined;
  return (
    date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && day !== '0000-01-01'
  );
}

function isMoment(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}

/** What a value must be to stand in its column just as it is; undefined when it may. */
function fault({ name, kind }: Column, text: string): string | undefined {
  if (text.includes('\0') || !text.isWellFormed()) return `${name} holds characters that cannot be kept`;
  switch (kind) {
    case 'uri':
      return /^\s*(javascript|data|vbscript):/i.test(text) ? `${name} is no web address` : undefined;
    case 'number':
    case 'integer': {
      const number = Number(text);
      const sound = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) && Number.isFinite(number);
      if (!sound || (kind === 'integer' && !inInteger(number))) return `${name} is no number`;
      if (Math.abs(number) > (largest[name] ?? Infinity)) return `${name} is not on earth`;
      return (name === 'interval' && number < 1) || (/^m..imum_age$/.test(name) && number < 0)
        ? `${name} is too small`
        : undefined;
    }
    case 'date':
      return isDay(text) ? undefined : `${name} is no date such as 2026-01-31`;
    case 'datetime':
      return isMoment(text) ? undefined : `${name} is no moment such as 2026-01-31T09:00:00Z`;
    case 'entity':
      return isEntity(text) ? undefined : `${name} names no table of HSDS`;
    case 'any':
      return validate(text) ? undefined : `${name} is no UUID`;
    default: {
      const known = words[kind];
      return known && !known.includes(text) ? `${name} is none of ${known.join(', ')}` : undefined;
    }
  }
}

/**
 * The values of a row of a hub's own export, just as they stand there; what the hub works out beside HSDS is worked out
 * anew. A text is why the row cannot come in.
 */
export function exactValues(raw: RawRow): Record<string, Value> | string {
  const { entity } = raw;
  const values: Record<string, Value> = {};
  for (const column of columnsOf(entity)) {
    if (isEntity(column.kind)) continue;
    const text = raw.values[column.name] ?? defaults[entity]?.[column.name];
    if (text === undefined && column.required) return `${column.name} is empty.`;
    const wrong = text === undefined ? undefined : fault(column, text);
    if (wrong) return `${wrong}.`;
    values[column.name] = text ?? null;
  }
  const { name } = values;
  if (
    (entity === 'service' || entity === 'organization') &&
    typeof name === 'string' &&
    (name === '' || [...name].length > 500)
  ) {
    return 'name has not between 1 and 500 characters.';
  }
  derive(entity, values);
  Object.assign(values, besides(raw));
  return values;
}

function derive(entity: EntityName, values: Record<string, Value>): void {
  const text = (value: Value | undefined) => (typeof value === 'string' ? value : null);
  if (entity === 'phone') {
    const [phone] = readPhones(text(values.number) ?? '');
    values.e164 = phone?.e164 ?? (phone && isShortNumber(phone.number) ? phone.number : null);
  } else if (entity === 'service') {
    values.categories = null;
    values.is_free = readFree(text(values.fees_description) ?? '') ?? null;
    values.sensitivity = revealedBy(text(values.name), text(values.description));
  } else if (entity === 'service_area') values.covers = readArea(text(values.name) ?? '');
  else if (entity === 'metadata') values.at = momentOf(values.last_action_date);
}

/** What a backup says of the columns that the hub else works out. */
function besides({ entity, beside }: RawRow): Record<string, Value> {
  const said = beside ? hubValues(entity, beside) : undefined;
  const names = (derivedColumns[entity] ?? []).filter(
    (name) => said && Object.hasOwn(said, name) && name !== 'time_zone',
  );
  return Object.fromEntries(names.map((name) => [name, (said?.[name] ?? null) as Value]));
}

/** The moment that a line of history is sorted by: HSDS gives a day. */
export function momentOf(day: Value | undefined): string | null {
  return typeof day === 'string' ? `${day}T00:00:00Z` : null;
}

/** What a backup says of a row beside HSDS, under the hub's names; undefined when it says nothing. */
export function hubValues(
  entity: EntityName,
  written: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(written)) {
    const name = hubColumnOf(entity, column);
    if (!name || value === undefined) continue;
    const packed = typeof value === 'string' && (isList(entity, name) || name === 'eligibility_rules');
    values[name] = packed ? (JSON.parse(value) as unknown) : value;
  }
  return Object.keys(values).length > 0 ? values : undefined;
}

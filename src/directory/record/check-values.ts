import { refuse } from '../../platform/graphql/refusal.js';
import { emailOf, requiredText, textOf, urlOf } from '../curation/check-input.js';
import { phoneOf } from '../curation/write-parts.js';
import { readArea } from '../hsds/clean/areas.js';
import type { Column } from '../hsds/model.js';
import { stateCode } from '../states.js';
import { camel, type RecordKind, type RecordName } from './record-kinds.js';
import type { RecordValues } from './record.inputs.js';

type Cell = string | number | string[] | null;
/** A row as the table has it, by column. */
export type Cells = Record<string, Cell>;

const LINE = 500;
const patterns: Readonly<Record<string, RegExp>> = {
  time: /^([01]\d|2[0-3]):[0-5]\d$/,
  byday: /^([+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU))(,[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU))*$/,
  weekday: /^(MO|TU|WE|TH|FR|SA|SU)$/,
  freq: /^(WEEKLY|MONTHLY)$/,
  location_type: /^(physical|postal|virtual)$/,
  phone_type: /^(voice|text|fax|cell|video|pager|textphone)$/,
  extent_type: /^(geojson|topojson|kml|text)$/,
  country: /^[A-Z]{2}$/,
  currency: /^[A-Z]{3}$/i,
};

/** What PostgreSQL would refuse, and what nobody can mean. */
const BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  latitude: [-90, 90],
  longitude: [-180, 180],
  timezone: [-14, 14],
  interval: [1, 1000],
  count: [1, 10_000],
  year_incorporated: [1000, 2200],
};

function numberOf(value: number, name: string, field: string): number {
  const [least, most] = BOUNDS[name] ?? [0, 1_000_000_000];
  if (!(value >= least && value <= most)) refuse('BAD_NUMBER', 'This number is not possible here.', field);
  return value;
}

function cellOf({ name, kind }: Column, value: unknown): Cell {
  const field = camel(name);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number') return numberOf(value, name, field);
  if (typeof value !== 'string') return null;
  if (kind === 'uri') return urlOf(value, field);
  if (kind === 'email') return emailOf(value, field);
  const text = textOf(value, field, kind === 'line' ? LINE : name === 'extent' ? 200_000 : undefined);
  if (text === null) return null;
  if (kind === 'state') {
    return stateCode(text) ?? refuse('BAD_STATE', 'This is no state of the United States.', field);
  }
  if (kind === 'zip' && !/^\d{5}(-\d{4})?$/.test(text)) refuse('BAD_ZIP', 'A ZIP code has five digits.', field);
  if (patterns[kind]?.test(text) === false) refuse('BAD_VALUE', 'This value is not possible here.', field);
  return kind === 'currency' ? text.toUpperCase() : text;
}

/** Columns that are never null: an empty text stands for nothing in some. */
const EMPTY = new Set(['program.description', 'organization.description', 'taxonomy.description', 'taxonomy_term.description']); // prettier-ignore
const DEFAULTS: Readonly<Record<string, Cell>> = {
  'location.location_type': 'physical',
  'address.country': 'US',
  'address.address_type': 'physical',
};
const NEEDED = new Set(['address.address_1', 'address.city', 'address.state_province', 'address.postal_code']);

/** What is said of a row's columns, checked. A new row has what it needs; a changed one only what was sent. */
export function checkedCells(entity: RecordName, kind: RecordKind, values: RecordValues, isNew: boolean): Cells {
  const cells: Cells = {};
  for (const column of kind.columns) {
    const { name } = column;
    const field = camel(name);
    const at = `${entity}.${name}`;
    if (values[field] === undefined && !isNew) continue;
    const fallback = DEFAULTS[at] ?? (EMPTY.has(at) ? '' : null);
    const cell = cellOf(column, values[field]) ?? fallback;
    if (cell === null && (column.required || NEEDED.has(at))) requiredText(null, field, LINE);
    cells[name] = cell;
  }
  return { ...cells, ...derived(entity, cells) };
}

const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** What the hub keeps beside HSDS. */
function derived(entity: RecordName, cells: Cells): Cells {
  if (entity === 'phone' && typeof cells['number'] === 'string') {
    const { number, extension, callable } = phoneOf(cells['number'], 'number');
    const kept = cells['extension'];
    const found = extension !== null && (kept === undefined || kept === null);
    return { number, e164: callable, ...(found && { extension }) };
  }
  if (entity === 'service_area' && cells['name'] !== undefined) {
    return { covers: typeof cells['name'] === 'string' ? readArea(cells['name']) : [] };
  }
  if (entity === 'language' && typeof cells['code'] === 'string' && !cells['name']) {
    const code = cells['code'].toLowerCase();
    const name = /^[a-z]{2,3}(-[a-z0-9]+)?$/.test(code) ? english.of(code) : undefined;
    if (name === undefined) refuse('BAD_LANGUAGE', 'A language is given as an ISO 639 code such as es.', 'code');
    return { code, name: name ?? null };
  }
  return {};
}

import * as fc from 'fast-check';
import type { Client } from 'pg';
import { columnsOf, type EntityName, entityNames } from '../src/directory/hsds/model.js';

/** Rows of every table of HSDS, by table, as the database takes them. */
export type Network = Partial<Record<EntityName, Record<string, unknown>[]>>;

const odd = [
  '',
  ' ',
  ' leading and trailing ',
  '"',
  '""',
  'say "hi"',
  "it's; --",
  'a,b;c\td',
  'line\nline',
  'line\r\nline\r',
  '\\N',
  '\\.',
  '\\n',
  '=1+1',
  '-',
  'N/A',
  'null',
  '0',
  '<b>Bread &amp; butter</b>',
  '&lt;script&gt;',
  'Ñandú – “¿qué?”',
  'مركز الخدمات',
  '\u200e\u200b\ufeff',
  'e\u0301 é',
  '👩‍👩‍👧‍👦 𝒽',
  '\u0001\u001f\u007f\u2028',
  '{"a": [1]}',
];

/** Text that PostgreSQL can hold: no NUL, no half of a pair. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...odd) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }).map((made) => made.replaceAll('\0', '')) },
);
const name = text.map((made) => (made === '' ? 'Nameless' : made));
const two = (number: number) => String(number).padStart(2, '0');
const day = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const moment = fc
  .tuple(day, fc.nat(23), fc.nat(59), fc.nat(999_999))
  .map(
    ([date, hour, minute, micro]) =>
      `${date}T${two(hour)}:${two(minute)}:${two(minute)}.${String(micro).padStart(6, '0')}Z`,
  );
const time = fc.oneof(
  fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${two(hour)}:${two(minute)}`),
  fc.constantFrom('09:00-05:00', '17:30:00+01:00', '23:59Z', '24:00', 'noon'),
);
const number = fc
  .tuple(fc.nat(999_999_999), fc.nat(4))
  .map(([digits, places]) => (digits / 10 ** places).toFixed(places));
const square = [[[-76.9, 39.1], [-76.8, 39.1], [-76.8, 39.2], [-76.9, 39.1]]]; // prettier-ignore
const extent = fc.constantFrom(
  JSON.stringify({ type: 'Polygon', coordinates: square }),
  JSON.stringify(
    { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { 'na"me': 'a\nb' }, geometry: null }] },
    null,
    2,
  ),
  '<kml>&amp;</kml>',
);

/** What a column of a kind may hold. */
function valueOf(entity: EntityName, column: { name: string; kind: string }): fc.Arbitrary<unknown> {
  if (column.name === 'name' || column.name === 'unit') return name;
  if (column.name === 'extent') return extent;
  if (column.name === 'latitude') return fc.double({ min: -90, max: 90, noNaN: true });
  if (column.name === 'longitude') return fc.double({ min: -180, max: 180, noNaN: true });
  if (column.name === 'extension') return fc.constantFrom('12', '012', 'x 3', '0');
  switch (column.kind) {
    case 'uri':
      return fc.constantFrom('https://example.org/a?b="c"&d=e,f', 'http://exämple.org/ü', 'example.org', '/relative');
    case 'number':
      return number;
    case 'integer':
      return fc.integer({ min: 1, max: 2_000_000_000 });
    case 'date':
      return day;
    case 'datetime':
      return moment;
    case 'time':
      return time;
    case 'byday':
      return fc.constantFrom('MO,TU', '-1FR', '2MO,4MO', 'SU');
    case 'weekday':
      return fc.constantFrom('MO', 'SU');
    case 'freq':
      return fc.constantFrom('WEEKLY', 'MONTHLY');
    case 'status':
      return fc.constantFrom('active', 'inactive', 'defunct', 'temporarily closed');
    case 'location_type':
      return fc.constantFrom('physical', 'postal', 'virtual');
    case 'phone_type':
      return fc.constantFrom('voice', 'fax', 'Hot "line"');
    default:
      return text;
  }
}

/** Columns that the database wants filled though HSDS does not, or not in every form. */
const filled: Readonly<Partial<Record<EntityName, readonly string[]>>> = {
  organization: ['description'],
  program: ['description'],
  taxonomy: ['description'],
  taxonomy_term: ['description'],
  service: ['status', 'last_modified'],
  location: ['location_type'],
  address: ['address_1', 'city', 'state_province', 'postal_code', 'country', 'address_type'],
  metadata: ['previous_value', 'replacement_value'],
};

const withAttributes = entityNames.filter(
  (entity) => !['attribute', 'taxonomy', 'taxonomy_term', 'metadata'].includes(entity),
);
const withHistory = entityNames.filter((entity) => entity !== 'metadata');
const isEntity = (kind: string): kind is EntityName => (entityNames as string[]).includes(kind);

interface Draw {
  <T>(arbitrary: fc.Arbitrary<T>): T;
}

function link(draw: Draw, made: Network, kind: EntityName): string | null {
  const rows = made[kind] ?? [];
  return rows.length > 0 ? String(rows[draw(fc.nat(rows.length - 1))]?.['id']) : null;
}

function oneRow(draw: Draw, made: Network, entity: EntityName, onlyOpen: boolean): Record<string, unknown> | undefined {
  const row: Record<string, unknown> = { id: draw(fc.uuid()) };
  const links = columnsOf(entity).filter(({ kind }) => isEntity(kind));
  for (const { name: column, kind, required } of links) {
    const target = isEntity(kind) && (required || draw(fc.boolean())) ? link(draw, made, kind) : null;
    if (required && target === null) return undefined;
    row[column] = target;
  }
  for (const column of columnsOf(entity)) {
    if (isEntity(column.kind) || column.kind === 'any' || column.kind === 'entity') continue;
    const must = column.required || filled[entity]?.includes(column.name) === true;
    row[column.name] = must || draw(fc.boolean()) ? draw(valueOf(entity, column)) : null;
  }
  if (entity === 'location' && (row['latitude'] === null || row['longitude'] === null)) {
    row['latitude'] = row['longitude'] = null;
  }
  if (entity === 'service' && onlyOpen) row['status'] = 'active';
  const [id, of, owners] =
    entity === 'attribute'
      ? (['link_id', 'link_entity', withAttributes] as const)
      : (['resource_id', 'resource_type', withHistory] as const);
  if (entity === 'attribute' || entity === 'metadata') {
    const owner = owners[draw(fc.nat(owners.length - 1))];
    const gone = !onlyOpen && draw(fc.nat(9)) === 0;
    const target = owner && !gone ? link(draw, made, owner) : draw(fc.uuid());
    if (!owner || target === null) return undefined;
    Object.assign(row, { [id]: target, [of]: owner });
  }
  return row;
}

/** A random directory: every table, odd values everywhere. `onlyOpen`: nothing that the public may not see. */
export function network(onlyOpen: boolean): fc.Arbitrary<Network> {
  return fc.gen().map((draw) => {
    const made: Network = {};
    const pick: Draw = (arbitrary) => draw(() => arbitrary);
    for (const entity of entityNames) {
      const rows: Record<string, unknown>[] = [];
      const pairs = new Set<string>();
      for (let n = pick(fc.nat(entity === 'organization' || entity === 'service' ? 3 : 4)) + 1; n > 0; n -= 1) {
        const row = oneRow(pick, made, entity, onlyOpen);
        const pair = `${String(row?.['service_id'])} ${String(row?.['location_id'])}`;
        if (!row || (entity === 'service_at_location' && pairs.has(pair))) continue;
        pairs.add(pair);
        rows.push(row);
        made[entity] = rows; // A row may link to one before it in its own table.
      }
    }
    return made;
  });
}

const hubs: Readonly<Record<string, () => Record<string, unknown>>> = {
  organization: () => ({ referral_email: 'a@example.org', time_zone: 'America/Chicago' }),
  service: () => ({
    categories: ['food-insecurity', 'a "b", c'],
    eligibility_rules: [{ kind: 'AGE', minimum: 18 }],
    takes_referrals: true,
    capacity_status: 'WAITLIST',
    capacity_updated_at: '2026-01-02T03:04:05.678901Z',
    sensitivity: 'SUBSTANCE_USE',
    next_verification_on: '2026-12-31',
  }),
};

/** Puts a network into an empty directory, as the owner of the schema. `withHub`: with what the hub keeps beside HSDS. */
export async function plant(owner: Client, made: Network, withHub: boolean): Promise<void> {
  for (const entity of entityNames) {
    const rows = (made[entity] ?? []).map((row) => ({ ...row, ...(withHub && hubs[entity]?.()) }));
    if (rows.length === 0) continue;
    const names = Object.keys(rows[0] ?? {}).map((column) => `"${column}"`);
    await owner.query(
      `insert into hub.${entity} (${names.join(', ')}) select ${names.join(', ')} from jsonb_populate_recordset(null::hub.${entity}, $1)`,
      [JSON.stringify(rows)],
    );
  }
}

/** Takes everything out of the directory. */
export async function clearDirectory(owner: Client): Promise<void> {
  // Deleting a few rows takes a hundredth of the time of truncating a hundred tables.
  const tables = ['field_owner', 'import_problem', 'import_run', ...entityNames.toReversed(), 'import_source'];
  await owner.query(tables.map((table) => `delete from hub.${table}`).join('; '));
}

import { entityOfFile } from './export/description.js';
import { contentKey } from './ids.js';
import { columnsOf, type EntityName, hasColumn, isEntity } from './model.js';
import type { Place, RawRow } from './rows.js';

// Names of HSDS 3.x properties that hold rows of another table.
const arrays: Readonly<Record<string, EntityName>> = {
  services: 'service',
  locations: 'location',
  programs: 'program',
  organizations: 'organization',
  organization_identifiers: 'organization_identifier',
  service_at_locations: 'service_at_location',
  phones: 'phone',
  contacts: 'contact',
  schedules: 'schedule',
  service_areas: 'service_area',
  addresses: 'address',
  languages: 'language',
  accessibility: 'accessibility',
  funding: 'funding',
  cost_options: 'cost_option',
  required_documents: 'required_document',
  capacities: 'service_capacity',
  additional_urls: 'url',
  additional_websites: 'url',
  attributes: 'attribute',
  metadata: 'metadata',
};
const objects: Readonly<Record<string, EntityName>> = {
  organization: 'organization',
  program: 'program',
  service: 'service',
  location: 'location',
  unit: 'unit',
  taxonomy_term: 'taxonomy_term',
  taxonomy_detail: 'taxonomy',
};

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an HSDS object is, by the file's name or by its properties. */
export function rootEntity(fileName: string, value: Json): EntityName | undefined {
  if ('$schema' in value || ('properties' in value && 'type' in value)) return undefined; // A schema describes data.
  const stem = fileName
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/\..*$/, '')
    .replace(/_(list|full)$/, '');
  const file = entityOfFile(stem);
  if (file) return file;
  const named = (Object.keys(arrays).includes(stem) ? arrays[stem] : undefined) ?? (isEntity(stem) ? stem : undefined);
  if (named) return named;
  const has = (...names: string[]) => names.some((name) => name in value);
  if (has('location', 'location_id') && has('service', 'service_id')) return 'service_at_location';
  if (
    has('service_at_locations', 'application_process', 'eligibility_description', 'fees_description', 'assured_date')
  ) {
    return 'service';
  }
  if (has('organization', 'organization_id') && has('name') && has('status', 'phones', 'schedules', 'service_areas')) {
    return 'service';
  }
  if (has('organization_identifiers', 'legal_status', 'year_incorporated', 'website', 'services', 'programs')) {
    return 'organization';
  }
  if (has('location_type', 'latitude', 'addresses')) return 'location';
  if (has('taxonomy_id', 'parent_id', 'taxonomy_detail') && has('name')) return 'taxonomy_term';
  return undefined;
}

/**
 * An HSDS 3.x object and all that stands inside it as rows, each after the rows it refers to. `metadata` of a row, and
 * links given by nesting, come out as in the tabular form.
 */
export function flatten(entity: EntityName, value: Json, place: Place): RawRow[] {
  const rows: RawRow[] = [];
  add(entity, value, {}, rows, place, false, scalar);
  return rows;
}

/** The same of a hub's own export: texts stay as they are, empty ones too, and with them what a backup says beside HSDS. */
export function flattenExact(entity: EntityName, value: Json, place: Place, restore: boolean): RawRow[] {
  const rows: RawRow[] = [];
  add(entity, value, {}, rows, place, false, restore ? restoredScalar : exactScalar);
  return rows;
}

function add(
  entity: EntityName,
  value: Json,
  links: Record<string, string>,
  rows: RawRow[],
  place: Place,
  shared: boolean,
  read: (value: unknown) => string | undefined,
): string {
  const values: Record<string, string | undefined> = {};
  for (const { name } of columnsOf(entity)) {
    const text = read(value[name]);
    if (text !== undefined) values[name] = text;
  }
  Object.assign(values, links); // Where it stands says more than what it says.
  // What it refers to comes first: its organization, program, location, unit, term.
  const children: [EntityName, Json, string][] = [];
  const parts = Object.entries(value).sort(([a], [b]) => Number(b === 'organization') - Number(a === 'organization'));
  for (const [name, part] of parts) {
    const single = Object.hasOwn(objects, name) ? objects[name] : undefined;
    const many = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
    if (single && isObject(part)) {
      const column = name === 'taxonomy_detail' ? 'taxonomy_id' : `${single}_id`;
      const inherited: Record<string, string> =
        single === 'program' && values.organization_id ? { organization_id: values.organization_id } : {};
      const key = add(single, part, inherited, rows, place, true, read);
      if (hasColumn(entity, column)) values[column] ??= key;
    } else if (many && Array.isArray(part)) {
      for (const item of part) if (isObject(item)) children.push([many, item, name]);
    }
  }
  const key = scalar(value.id) ?? contentKey([entity, ...Object.values(values)]);
  const exact = read !== scalar && { exact: true, ...(read === restoredScalar && { beside: value }) };
  rows.push({ entity, key, values, ...place, ...(shared && { shared: true }), ...exact });
  for (const [child, item] of children) add(child, item, linkTo(entity, key, child), rows, place, true, read);
  return key;
}

function linkTo(parent: EntityName, key: string, child: EntityName): Record<string, string> {
  if (child === 'attribute') return { link_id: key, link_entity: parent };
  if (child === 'metadata') return { resource_id: key, resource_type: parent };
  const column = `${parent}_id`;
  return hasColumn(child, column) ? { [column]: key } : {};
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

const restoredScalar = (value: unknown): string | undefined => exactScalar(value);

function exactScalar(value: unknown): string | undefined {
  return typeof value === 'string' ? value : scalar(value);
}

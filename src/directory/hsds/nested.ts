import { entityOfFile } from './export/description.js';
import { contentKey } from './ids.js';
import { columnsOf, type EntityName, hasColumn, isEntity } from './model.js';
import { oldArrays, renewed } from './old-names.js';
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

/** A schema describes data and is none. */
export const isSchema = (value: Json): boolean => '$schema' in value || ('properties' in value && 'type' in value);

/** What an HSDS object is, by the file's name or by its properties. */
export function rootEntity(fileName: string, value: Json): EntityName | undefined {
  if (isSchema(value)) return undefined;
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
  if (has('location_type', 'addresses', 'physical_addresses')) return 'location';
  if (has('latitude') && Object.keys(value).every((name) => isOf('location', name))) return 'location';
  if (has('taxonomy_id', 'parent_id', 'taxonomy_detail') && has('name')) return 'taxonomy_term';
  return undefined;
}

/** Whether a property is one that this kind of object has. */
const isOf = (entity: EntityName, name: string): boolean =>
  name === 'id' ||
  hasColumn(entity, name) ||
  [arrays, objects, oldArrays].some((names) => Object.hasOwn(names, name)) ||
  name.endsWith('_id');

/**
 * An HSDS 3.x object and all that stands inside it as rows, each after the rows it refers to. `metadata` of a row, and
 * links given by nesting, come out as in the tabular form. Names of earlier versions are understood; `unknown` is told of
 * what has no place.
 */
export function flatten(
  entity: EntityName,
  value: Json,
  place: Place,
  unknown: (name: string) => void = () => {},
): RawRow[] {
  const rows: RawRow[] = [];
  const read: Reader = { scalar, renewed: (kind, part) => looked(kind, renewed(kind, part), unknown) };
  add(entity, value, {}, rows, place, false, read);
  return rows;
}

/** Tells of properties that say something and have no place. */
function looked(entity: EntityName, value: Json, unknown: (name: string) => void): Json {
  for (const [name, part] of Object.entries(value)) {
    const empty = part === null || part === undefined || part === '' || (Array.isArray(part) && part.length === 0);
    if (!empty && !isOf(entity, name)) unknown(`${entity}.${name}`);
  }
  return value;
}

interface Reader {
  scalar(value: unknown): string | undefined;
  renewed(entity: EntityName, value: Json): Json;
  /** A hub's own export: with what it says beside HSDS, or without. */
  exact?: 'with' | 'without';
}

const asItStands = (_: EntityName, value: Json): Json => value;

/** The same of a hub's own export: texts stay as they are, empty ones too, and with them what a backup says beside HSDS. */
export function flattenExact(entity: EntityName, value: Json, place: Place, restore: boolean): RawRow[] {
  const rows: RawRow[] = [];
  const exact = restore ? 'with' : 'without';
  add(entity, value, {}, rows, place, false, { scalar: exactScalar, renewed: asItStands, exact });
  return rows;
}

function add(
  entity: EntityName,
  given: Json,
  links: Record<string, string>,
  rows: RawRow[],
  place: Place,
  shared: boolean,
  read: Reader,
): string {
  const value = read.renewed(entity, given);
  const values: Record<string, string | undefined> = {};
  for (const { name } of columnsOf(entity)) {
    const text = read.scalar(value[name]);
    if (text !== undefined) values[name] = text;
  }
  Object.assign(values, links); // Where it stands says more than what it says.
  // What it refers to comes first: its organization, program, location, unit, term.
  const children: [EntityName, Json][] = [];
  const parts = Object.entries(value).sort(([a], [b]) => Number(b === 'organization') - Number(a === 'organization'));
  for (const [name, part] of parts) {
    const single = Object.hasOwn(objects, name) ? objects[name] : undefined;
    const many = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
    const old = !read.exact && Object.hasOwn(oldArrays, name) ? oldArrays[name] : undefined;
    if (single && isObject(part)) {
      const column = name === 'taxonomy_detail' ? 'taxonomy_id' : `${single}_id`;
      const inherited: Record<string, string> =
        single === 'program' && values.organization_id ? { organization_id: values.organization_id } : {};
      const key = add(single, part, inherited, rows, place, true, read);
      if (hasColumn(entity, column)) values[column] ??= key;
    } else if (many && Array.isArray(part)) {
      for (const item of part) if (isObject(item)) children.push([many, item]);
    } else if (old && Array.isArray(part)) {
      for (const item of part) if (isObject(item)) children.push([old.entity, { ...item, ...old.with }]);
    }
  }
  const key = scalar(value.id) ?? contentKey([entity, ...Object.values(values)]);
  const exact = read.exact && { exact: true, ...(read.exact === 'with' && { beside: value }) };
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

function exactScalar(value: unknown): string | undefined {
  return typeof value === 'string' ? value : scalar(value);
}

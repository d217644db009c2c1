import {
  always,
  columnsOf,
  type Column,
  type EntityName,
  entityNames,
  partLists,
  partObjects,
} from '../../directory/hsds/serialize/index.js';

type Json = Record<string, unknown>;

const ENUMS: Readonly<Record<string, readonly string[]>> = {
  status: ['active', 'inactive', 'defunct', 'temporarily closed'],
  location_type: ['physical', 'postal', 'virtual'],
  weekday: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'],
  freq: ['WEEKLY', 'MONTHLY'],
};
const FORMATS: Readonly<Record<string, string>> = { uri: 'uri', email: 'email', date: 'date', datetime: 'date-time' };

/** A column of the hub's tables as a JSON schema. */
function property(entity: EntityName, { name, kind }: Column): Json {
  const numeric = kind === 'number' || kind === 'integer' || (entity === 'phone' && name === 'extension');
  if (numeric) return { type: 'number' };
  if (kind === 'any' || entityNames.some((one) => one === kind)) return { type: 'string', format: 'uuid' };
  const values = ENUMS[kind];
  if (values) return { type: 'string', enum: values };
  return { type: 'string', ...(FORMATS[kind] !== undefined && { format: FORMATS[kind] }) };
}

const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** Columns of a row that are never empty, and so always there. */
function required(entity: EntityName): string[] {
  const links = new Set(['any', ...entityNames] as string[]);
  const own = columnsOf(entity).filter(
    ({ name, kind, required: filled }) => (filled && !links.has(kind)) || always.has(`${entity}.${name}`),
  );
  const objects = entity === 'service_capacity' ? ['unit'] : [];
  const known = { service: ['status'], location: ['location_type'], address: ['address_1', 'city', 'state_province', 'postal_code', 'country', 'address_type'] }; // prettier-ignore
  return [
    ...new Set(['id', ...own.map(({ name }) => name), ...(known[entity as keyof typeof known] ?? []), ...objects]),
  ];
}

function whole(entity: EntityName): Json {
  const columns = columnsOf(entity).map((column) => [column.name, property(entity, column)]);
  const objects = partObjects(entity).map((part) => [part.name, reference(part.entity)]);
  const lists = partLists(entity).map((part) => [part.name, { type: 'array', items: reference(part.entity) }]);
  const properties = Object.fromEntries([
    ['id', { type: 'string', format: 'uuid' }],
    ...columns,
    ...objects,
    ...lists,
  ]) as Json;
  return { type: 'object', properties, required: required(entity) };
}

/** An entry of a list: its columns and the objects beside it. */
function item(entity: EntityName): Json {
  const { properties, ...rest } = whole(entity) as { properties: Json };
  const lists = new Set(partLists(entity).map(({ name }) => name));
  return { ...rest, properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !lists.has(name))) };
}

const integer = { type: 'integer' };
const yesNo = { type: 'boolean' };

/** Every object that answers are made of. */
export function openApiSchemas(): Json {
  const entities = entityNames.filter((entity) => entity !== 'meta_table_description');
  return {
    ...Object.fromEntries(entities.map((entity) => [entity, whole(entity)])),
    ...Object.fromEntries(
      (['service', 'organization', 'service_at_location'] as const).map((entity) => [`${entity}_item`, item(entity)]),
    ),
    Page: {
      type: 'object',
      properties: {
        total_items: { ...integer, description: 'Entries of the whole list.' },
        total_pages: integer,
        page_number: { ...integer, description: 'From 1.' },
        size: { ...integer, description: 'Entries of this page.' },
        first_page: yesNo,
        last_page: yesNo,
        empty: { ...yesNo, description: 'Nothing is on this page.' },
      },
      required: ['total_items', 'total_pages', 'page_number', 'size', 'first_page', 'last_page', 'empty'],
    },
    Problem: {
      type: 'object',
      properties: {
        error: {
          type: 'object',
          properties: {
            code: { type: 'string' },
            message: { type: 'string', description: 'What to change.' },
            parameter: { type: 'string', description: 'The parameter that it is about.' },
          },
          required: ['code', 'message'],
        },
      },
      required: ['error'],
    },
  };
}

import { type EntityName, entityNames, hasColumn } from '../model.js';

/** Rows of another table that stand inside a row: a list of those that link to it, or the one that it links to. */
export interface Part {
  /** The property's name in HSDS JSON. */
  name: string;
  entity: EntityName;
  /** The linking column: of the part for a list, of the row itself for one object. */
  column: string;
}

// `property:entity`; the entity is left out where it has the property's name.
const lists: Readonly<Partial<Record<EntityName, string>>> = {
  organization:
    'additional_websites:url funding contacts:contact phones:phone locations:location programs:program organization_identifiers:organization_identifier services:service',
  service:
    'additional_urls:url phones:phone schedules:schedule service_areas:service_area service_at_locations:service_at_location languages:language funding cost_options:cost_option required_documents:required_document contacts:contact capacities:service_capacity',
  service_at_location: 'service_areas:service_area contacts:contact phones:phone schedules:schedule',
  location: 'languages:language addresses:address contacts:contact accessibility phones:phone schedules:schedule',
  contact: 'phones:phone',
  phone: 'languages:language',
};

// `property:entity:column`.
const objects: Readonly<Partial<Record<EntityName, string>>> = {
  service: 'organization:organization:organization_id program:program:program_id',
  service_at_location: 'location:location:location_id service:service:service_id',
  service_capacity: 'unit:unit:unit_id',
  attribute: 'taxonomy_term:taxonomy_term:taxonomy_term_id',
  taxonomy_term: 'taxonomy_detail:taxonomy:taxonomy_id',
};

/** Tables whose rows carry no attributes in HSDS. */
const plain: ReadonlySet<EntityName> = new Set<EntityName>(['attribute', 'taxonomy', 'taxonomy_term', 'metadata']);

const words = (text: string | undefined): string[] => text?.split(' ') ?? [];

function listsIn(entity: EntityName): Part[] {
  const own = words(lists[entity]).map((spec): Part => {
    const [name = '', part = name] = spec.split(':');
    return { name, entity: part as EntityName, column: `${entity}_id` };
  });
  if (!plain.has(entity)) own.push({ name: 'attributes', entity: 'attribute', column: 'link_id' });
  if (entity !== 'metadata') own.push({ name: 'metadata', entity: 'metadata', column: 'resource_id' });
  return own;
}

function objectsIn(entity: EntityName): Part[] {
  return words(objects[entity]).map((spec) => {
    const [name = '', part = name, column = ''] = spec.split(':');
    return { name, entity: part as EntityName, column };
  });
}

const listsOf = new Map(entityNames.map((entity) => [entity, listsIn(entity)]));
const objectsOf = new Map(entityNames.map((entity) => [entity, objectsIn(entity)]));

/** The lists inside a row of an entity, in the order of HSDS. */
export const partLists = (entity: EntityName): readonly Part[] => listsOf.get(entity) ?? [];
/** The single objects inside a row of an entity. */
export const partObjects = (entity: EntityName): readonly Part[] => objectsOf.get(entity) ?? [];

/** The columns by which rows of an entity hang on rows of others, such as `service_id` of a phone. */
export function linksOf(entity: EntityName): { column: string; parent: EntityName }[] {
  return entityNames.flatMap((parent) => {
    const column = `${parent}_id`;
    const listed = partLists(parent).some((part) => part.entity === entity && part.column === column);
    return listed && hasColumn(entity, column) ? [{ column, parent }] : [];
  });
}

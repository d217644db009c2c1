import { columnsOf, type EntityName, isEntity } from '../model.js';

/** The files of a tabular package, as HSDS names them. */
const files: Readonly<Record<EntityName, string>> = {
  taxonomy: 'taxonomies',
  taxonomy_term: 'taxonomy_terms',
  unit: 'units',
  organization: 'organizations',
  organization_identifier: 'organization_identifiers',
  program: 'programs',
  location: 'locations',
  service: 'services',
  service_at_location: 'service_at_location',
  contact: 'contacts',
  phone: 'phones',
  address: 'addresses',
  schedule: 'schedules',
  service_area: 'service_areas',
  cost_option: 'cost_options',
  required_document: 'required_documents',
  funding: 'funding',
  language: 'languages',
  accessibility: 'accessibility',
  service_capacity: 'service_capacity',
  url: 'url',
  meta_table_description: 'meta_table_descriptions',
  attribute: 'attributes',
  metadata: 'metadata',
};

export function fileOf(entity: EntityName, ending: string): string {
  return `${files[entity]}.${ending}`;
}

const entities = new Map(Object.entries(files).map(([entity, file]) => [file, entity as EntityName]));

/** What the rows of a file are, by its name without ending. */
export function entityOfFile(stem: string): EntityName | undefined {
  return entities.get(stem);
}

interface FieldType {
  type: string;
  format?: string;
}

const types: Readonly<Record<string, FieldType>> = {
  uri: { type: 'string', format: 'uri' },
  email: { type: 'string', format: 'email' },
  number: { type: 'number' },
  integer: { type: 'number' },
  date: { type: 'date' },
  datetime: { type: 'datetime' },
  time: { type: 'time' },
  any: { type: 'string', format: 'uuid' },
};

const uuid: FieldType = { type: 'string', format: 'uuid' };

function typeOf(kind: string): FieldType {
  return isEntity(kind) ? uuid : (types[kind] ?? { type: 'string' });
}

/** A file of a package as its datapackage.json describes it. */
export interface Resource {
  entity: EntityName;
  path: string;
  /** Columns beside HSDS's own. */
  more: readonly string[];
}

function tableResource({ entity, path, more }: Resource, present: ReadonlySet<EntityName>) {
  const fields = columnsOf(entity).map(({ name, kind, required }) => ({
    name,
    ...typeOf(kind),
    constraints: { required },
  }));
  const links = columnsOf(entity).flatMap(({ name, kind }) =>
    isEntity(kind) && present.has(kind)
      ? [{ fields: name, reference: { resource: kind === entity ? '' : kind, fields: 'id' } }]
      : [],
  );
  return {
    name: entity,
    path,
    profile: 'tabular-data-resource',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    // PostgreSQL's CSV: a cell without anything is null, "" in quotes is an empty text.
    dialect: { delimiter: ',', quoteChar: '"', doubleQuote: true, lineTerminator: '\n', header: true },
    schema: {
      fields: [
        { name: 'id', ...uuid, constraints: { required: true, unique: true } },
        ...fields,
        ...more.map((name) => ({ name, type: 'string', constraints: { required: false } })),
      ],
      primaryKey: 'id',
      ...(links.length > 0 && { foreignKeys: links }),
    },
  };
}

/** The name of the sign that values are written as they are, so that reading them changes nothing. */
export const exactSign = 'hub_exact';

/** datapackage.json of an export. It holds no date: the same directory gives the same file. */
export function describe(resources: readonly Resource[], form: 'tabular' | 'json' | 'ndjson'): string {
  const present = new Set(resources.map(({ entity }) => entity));
  const listed = resources.map((resource) => {
    if (form === 'tabular') return tableResource(resource, present);
    const mediatype = form === 'json' ? 'application/json' : 'application/x-ndjson';
    return { name: resource.entity, path: resource.path, format: form, mediatype, encoding: 'utf-8' };
  });
  const head = {
    name: 'community-referral-hub',
    title: 'Human services directory (HSDS 3.1.3)',
    description:
      'Organizations, the services they provide and where these are given, after the Human Services Data Specification 3.1.3 of Open Referral.',
    profile: form === 'tabular' ? 'tabular-data-package' : 'data-package',
    version: '3.1.3',
    homepage: 'https://docs.openreferral.org',
    [exactSign]: true,
  };
  return `${JSON.stringify({ ...head, resources: listed }, null, 2)}\n`;
}

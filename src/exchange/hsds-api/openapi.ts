import { openApiSchemas } from './openapi-schemas.js';
import {
  entryParameters,
  type Kind,
  listNames,
  lists,
  type ListName,
  type ParameterName,
  parameters,
} from './parameters.js';

type Json = Record<string, unknown>;

const TYPES: Readonly<Record<Kind, Json>> = {
  text: { type: 'string', maxLength: 200 },
  whole: { type: 'integer', minimum: 1 },
  flag: { type: 'boolean', default: false },
  id: { type: 'string', format: 'uuid' },
  instant: { type: 'string', format: 'date-time' },
  format: { type: 'string', enum: ['json', 'ndjson'], default: 'json' },
  zip: { type: 'string', pattern: '^\\d{5}(-?\\d{4})?$' },
  metres: { type: 'number', exclusiveMinimum: 0, maximum: 10_000_000 },
  years: { type: 'number', minimum: 0, maximum: 150 },
};
/** What an entry is called on its own, and how it stands in a list. */
const SCHEMAS: Readonly<Record<ListName, { one: string; item: string }>> = {
  services: { one: 'service', item: 'service_item' },
  organizations: { one: 'organization', item: 'organization_item' },
  service_at_locations: { one: 'service_at_location', item: 'service_at_location_item' },
  taxonomies: { one: 'taxonomy', item: 'taxonomy' },
  taxonomy_terms: { one: 'taxonomy_term', item: 'taxonomy_term' },
};
const reference = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: Json): Json => ({ 'application/json': { schema } });
const problem = (description: string): Json => ({ description, content: json(reference('Problem')) });

function saidOf(name: ParameterName): string {
  const parameter: { says: string; own?: boolean } = parameters[name];
  return parameter.own ? `${parameter.says} (Not of HSDS: the hub’s own.)` : parameter.says;
}

function inQuery(names: readonly ParameterName[]): Json[] {
  return names.map((name) => ({
    name,
    in: 'query',
    required: false,
    description: saidOf(name),
    schema: TYPES[parameters[name].kind],
  }));
}

function inBody(names: readonly ParameterName[]): Json {
  const properties = Object.fromEntries(
    names.map((name) => [name, { ...TYPES[parameters[name].kind], description: saidOf(name) }]),
  );
  const schema = { type: 'object', properties, additionalProperties: false };
  return { required: false, content: { ...json(schema), 'application/x-www-form-urlencoded': { schema } } };
}

const camel = (name: string): string => name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());

function listPath(list: ListName): Json {
  const { one, item } = SCHEMAS[list];
  const nested: readonly string[] = lists[list].filter((name) => name === 'full');
  const items = nested.length > 0 ? { anyOf: [reference(item), reference(one)] } : reference(item);
  const page = { allOf: [reference('Page')], type: 'object', properties: { contents: { type: 'array', items } }, required: ['contents'] }; // prettier-ignore
  const responses = {
    200: {
      description: `A page of ${list}, or all of them as NDJSON.`,
      content: { ...json(page), 'application/x-ndjson': { schema: { type: 'string' } } },
    },
    304: { description: 'Nothing changed since the answer whose ETag was sent.' },
    400: problem('A parameter is unknown or wrong.'),
    429: problem('Too many requests or streams; Retry-After says how long to wait.'),
  };
  const summary = `Lists ${list}.`;
  return {
    get: { summary, operationId: `list${camel(list)}`, parameters: inQuery(lists[list]), responses },
    post: {
      summary,
      description:
        'The same as GET, with the parameters in the body: what is searched for stays out of addresses and logs.',
      operationId: `query${camel(list)}`,
      requestBody: inBody(lists[list]),
      responses,
    },
  };
}

function entryPath(list: ListName): Json {
  const { one } = SCHEMAS[list];
  const responses = {
    200: { description: `The ${one} with all that is nested in it.`, content: json(reference(one)) },
    304: { description: 'It did not change.' },
    308: problem('It was found to be the same as another one: see Location.'),
    404: problem('There is none, or it is not offered at the moment.'),
    410: problem('It has left the directory for good.'),
  };
  return {
    parameters: [{ name: 'id', in: 'path', required: true, schema: TYPES.id }],
    get: {
      summary: `Reads one ${one}.`,
      operationId: `get${camel(one)}`,
      parameters: inQuery(entryParameters[list]),
      responses,
    },
  };
}

const made = new Map<string, Json>();

/** The OpenAPI 3.1 document of this API, from the tables and parameters that it is made of. */
export function openApi(url: string, version: string): Json {
  const known = made.get(url);
  if (known) return known;
  const meta = {
    type: 'object',
    properties: {
      version: { type: 'string' },
      profile: { type: 'string', format: 'uri' },
      openapi_url: { type: 'string', format: 'uri' },
    },
    required: ['version', 'profile', 'openapi_url'],
  };
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Community Referral Hub: HSDS API',
      version,
      summary: 'The public directory of services, by the Human Services Data Specification.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url }],
    paths: {
      '/': {
        get: {
          summary: 'Which version and profile of HSDS this is.',
          operationId: 'getApi',
          responses: { 200: { description: 'About this API.', content: json(meta) } },
        },
      },
      ...Object.fromEntries(
        listNames.flatMap((list) => [
          [`/${list}`, listPath(list)],
          [`/${list}/{id}`, entryPath(list)],
        ]),
      ),
    },
    components: { schemas: openApiSchemas() },
  };
  // One for each address the hub is known by, and no more than a few.
  if (made.size < 20) made.set(url, document);
  return document;
}

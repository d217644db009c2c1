import { isObjectType, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { argumentMakers } from './arguments.js';
import { isRuled, validateArgument } from './validation.js';

type Metadata = ReturnType<typeof getMetadataStorage>;
type Resolver = Record<string, (...params: unknown[]) => unknown>;

/**
 * Called before a schema is built: what only reads a property is left to graphql-js, and field resolvers get their parent
 * as it is. type-graphql would put a function around the one and copy each plain row of a list into a new entity for the
 * other, once for every field: half of the CPU time of an inbox.
 */
export function leaveFieldsAlone({ fields, params, middlewares }: Metadata = getMetadataStorage()): void {
  if (middlewares.length > 0) throw new Error('type-graphql’s middlewares would be passed over: use a guard');
  for (const field of fields) if (field.name === field.schemaName) field.simple ??= true;
  for (const param of params) if (param.kind === 'root') param.getType = undefined;
}

type Given = [root: unknown, args: Values, context: unknown, info: unknown];
type Values = Readonly<Record<string, unknown>>;
/** What a method is called with in one of its places. */
type Place = (...given: Given) => unknown;
type Described = Pick<Metadata['queries'][number], 'target' | 'methodName' | 'schemaName' | 'params' | 'middlewares'>;

/**
 * Called when the schema is built: resolvers that take arguments, their parent, the context and the info are called with
 * them. type-graphql would sort, map and search its parameters each time, which takes longer than most of them do.
 */
export function callFieldsDirectly(schema: GraphQLSchema, resolvers: readonly unknown[]): void {
  const metadata = getMetadataStorage();
  const { fieldResolvers, queries, mutations, objectTypes } = metadata;
  const makers = argumentMakers(metadata);
  const instances = new Map<unknown, Resolver>();

  function callDirectly(type: GraphQLNamedType | null | undefined, described: Described): void {
    const { target, methodName, schemaName, params = [], middlewares = [] } = described;
    const field = isObjectType(type) ? type.getFields()[schemaName] : undefined;
    const places = params.toSorted((a, b) => a.index - b.index).map((param) => placeOf(param, makers));
    if (middlewares.length > 0 || !resolvers.includes(target) || !field || !areKnown(places)) return;
    const instance = instances.get(target) ?? new (target as new () => Resolver)();
    instances.set(target, instance);
    const method = instance[methodName];
    if (!method) throw new Error(`${String(type?.name)}.${schemaName} has no method ${methodName}`);
    const taken = params.flatMap(({ kind, index }) => (kind === 'arg' || kind === 'args' ? [index] : []));
    field.resolve = (...given: Given) => {
      const values = places.map((place) => place(...given));
      const ruled = taken.map((at) => values[at]).filter(isRuled);
      if (ruled.length === 0) return method.apply(instance, values);
      return Promise.all(ruled.map(validateArgument)).then(() => method.apply(instance, values));
    };
  }

  for (const one of fieldResolvers) {
    const name = objectTypes.find((type) => type.target === one.getObjectType?.())?.name;
    if (one.kind === 'external' && name !== undefined) callDirectly(schema.getType(name), one);
  }
  for (const one of queries) callDirectly(schema.getQueryType(), one);
  for (const one of mutations) callDirectly(schema.getMutationType(), one);
}

const areKnown = (places: (Place | undefined)[]): places is Place[] => !places.includes(undefined);

function placeOf(param: Metadata['params'][number], makers: ReturnType<typeof argumentMakers>): Place | undefined {
  if (param.kind === 'info') return (_root, _args, _context, info) => info;
  if (param.kind === 'arg') {
    const make = makers.input(param.getType());
    return (_root, args) => make(args[param.name]);
  }
  if (param.kind === 'args') {
    const make = makers.args(param.getType());
    return (_root, args) => make(args);
  }
  if ((param.kind !== 'root' && param.kind !== 'context') || param.propertyName !== undefined) return undefined;
  return param.kind === 'root' ? (root) => root : (_root, _args, context) => context;
}
